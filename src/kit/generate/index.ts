import type { Fixture } from '../fixture.ts'
import { acceptedCalls, cardCalls, refusedCalls } from './calls.ts'
import { comparedIds } from './compared-ids.ts'
import { acceptedFields, refusedFields } from './fields.ts'
import { historyFlows } from './histories.ts'
import { pageFlows, redirectFlows } from './pages.ts'
import { randomFlows } from './random.ts'

/** The seed of the random flows where none is given. */
export const DEFAULT_SEED = '1'

/** Flows that follow from the contracts: every rule of every field and of every call, refused and accepted; flows of many calls; pages; random payments. */
export const generatedFixtures = (seed: string = DEFAULT_SEED): readonly Fixture[] => [
  ...refusedCalls(),
  ...acceptedCalls(),
  ...cardCalls(),
  ...refusedFields(),
  ...acceptedFields(),
  ...comparedIds(),
  ...historyFlows(),
  ...pageFlows(),
  ...redirectFlows(),
  ...randomFlows(seed),
]
