import { answersMutants } from './behaviour-answers.ts'
import { approveMutants } from './behaviour-approve.ts'
import { cancelMutants } from './behaviour-cancel.ts'
import type { GeneratedMutant } from './generated.ts'

/** Servers whose histories are wrong: each does one thing that a careless implementation would. */
export const behaviourMutants = (): readonly GeneratedMutant[] => [
  ...approveMutants,
  ...cancelMutants,
  ...answersMutants,
]
