import type { Fixture } from './fixture.ts'
import type { Result } from './result.ts'
import { type OnResponse, runFixture } from './run.ts'
import type { Target } from './target.ts'

export interface RunOptions {
  /** Stop at the first flow that fails; those after it are not evaluated. */
  readonly bail?: boolean
  readonly witness?: (fixture: Fixture) => OnResponse
  /** Told of each result as it comes. */
  readonly onResult?: (result: Result) => void
}

/** The flows that are about a server. */
export const forServers = (fixtures: readonly Fixture[]): readonly Fixture[] =>
  fixtures.filter((fixture) => fixture.for !== 'client')

/** Runs flows against a server, several at a time, each with a key and so a namespace of its own. Results come in the flows' order. */
export const checkServer = async (
  fixtures: readonly Fixture[],
  target: Target,
  { bail = false, witness, onResult = () => {} }: RunOptions = {},
): Promise<readonly Result[]> => {
  const results: Result[] = []
  let next = 0
  let stopped = false
  const worker = async () => {
    while (next < fixtures.length) {
      const at = next++
      const fixture = fixtures[at] as Fixture
      const result = stopped ? skipped(fixture) : await runFixture(fixture, target, witness?.(fixture))
      stopped ||= bail && (result.outcome === 'failed' || result.outcome === 'harness error')
      results[at] = result
      onResult(result)
    }
  }
  await Promise.all(Array.from({ length: target.parallel }, worker))
  return results
}

const skipped = ({ id, title, level, evidence, source, rules }: Fixture): Result => ({
  id,
  title,
  level,
  evidence,
  source,
  rules,
  outcome: 'not evaluated',
  reason: 'the run was stopped by an earlier failure',
  ms: 0,
})
