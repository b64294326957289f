import type { Mutants } from './client.ts'
import { lossMutants } from './losses.ts'
import { parameterMutants } from './parameters.ts'
import { refusalMutants } from './refusals.ts'
import { reportMutants } from './reports.ts'
import { requestMutants } from './requests.ts'
import { retryMutants } from './retries.ts'
import { secretMutants } from './secrets.ts'

/** Wrong clients by name, each with the rule that must find it. */
export const mutants: Mutants = {
  ...requestMutants,
  ...parameterMutants,
  ...reportMutants,
  ...refusalMutants,
  ...lossMutants,
  ...retryMutants,
  ...secretMutants,
}
