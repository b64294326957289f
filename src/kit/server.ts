import type { Fixture } from './fixture.ts'
import { notEvaluated, STOPPED } from './flow.ts'
import { counts, type Level, type Result } from './result.ts'
import { runFixture } from './run.ts'
import type { OnResponse } from './server-flow.ts'
import type { Target } from './target.ts'

export interface RunOptions {
  /** Stop at the first flow that fails; those after it are not evaluated. */
  readonly bail?: boolean
  /** Which failures stop a run with `bail`. Default: all. */
  readonly failOn?: Level
  readonly onResponse?: (fixture: Fixture) => OnResponse
  /** Called with each result as it comes. */
  readonly onResult?: (result: Result, fixture: Fixture) => void
}

/** The flows that are about a server. */
export const forServers = (fixtures: readonly Fixture[]): readonly Fixture[] =>
  fixtures.filter((fixture) => fixture.for !== 'client')

/**
 * Runs flows against a server, several at a time, each with a key and so a namespace of its own. Results come in the flows' order. Rejects
 * with KeyRefused where the server accepts no key.
 */
export const checkServer = async (
  fixtures: readonly Fixture[],
  target: Target,
  { bail = false, failOn = 'should', onResponse, onResult = () => {} }: RunOptions = {},
): Promise<readonly Result[]> => {
  const results: Result[] = []
  let next = 0
  let stopped = false
  const worker = async () => {
    while (next < fixtures.length) {
      const at = next++
      const fixture = fixtures[at] as Fixture
      const result = stopped
        ? notEvaluated(fixture, STOPPED)
        : await runFixture(fixture, target, onResponse?.(fixture)).catch((error: unknown) => {
            next = fixtures.length
            throw error
          })
      stopped ||= bail && (counts(result, failOn) || result.outcome === 'harness error')
      results[at] = result
      onResult(result, fixture)
      // A server in this process answers without I/O: without a pause the timers of slow answers would wait for the whole run.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  await Promise.all(Array.from({ length: target.parallel }, worker))
  return results
}
