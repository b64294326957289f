import type { Fixture } from '../../kit/fixture.ts'
import type { Difference } from '../../kit/match.ts'
import { createRecorder, groupDifferences, type Recording, recordingDifferences } from '../../kit/record.ts'
import { runFixture } from '../../kit/run.ts'
import type { RunOptions } from '../../kit/server.ts'
import type { Target } from '../../kit/target.ts'
import type { Io } from '../command.ts'
import { recordingsOf, writeRecording } from './files.ts'
import { isReal, mockTarget } from './target.ts'

/** Writes each flow's recording when it ends, so that a run that is interrupted can be resumed. */
export const recordingTo = (folder: string, target: Target): Pick<RunOptions, 'onResponse' | 'onResult'> => {
  const recorders = new Map<string, ReturnType<typeof createRecorder>>()
  return {
    onResponse({ id }) {
      const { key, otherKey } = target.open(id, {})
      const recorder = createRecorder([key, otherKey])
      recorders.set(id, recorder)
      return recorder.onResponse
    },
    onResult({ id, outcome }) {
      const { calls = [] } = recorders.get(id) ?? {}
      recorders.delete(id)
      if (calls.length === 0 || outcome === 'harness error') return
      writeRecording(folder, { id, target: target.url, recorded_at: new Date().toISOString(), calls })
    },
  }
}

/** A recording with its server's address replaced by `url`, so that addresses do not count as differences. */
const movedTo = (recording: Recording, url: string): Recording => ({
  ...recording,
  calls: JSON.parse(JSON.stringify(recording.calls).replaceAll(new URL(recording.target).origin, url)),
})

/** Runs each recorded flow against this mock, with redirect URLs as the recorded server has them. Resolves to the exit code. */
export const compareRecordings = async (
  folder: string,
  fixtures: readonly Fixture[],
  { stdout }: Io,
): Promise<0 | 1> => {
  const byId = new Map(fixtures.map((fixture) => [fixture.id, fixture]))
  const real = mockTarget({ redirects: 'real' })
  const local = mockTarget()
  const recordings = recordingsOf(folder).filter(({ id }) => byId.has(id))
  const found = new Map<string, readonly Difference[]>()
  for (const kept of recordings) {
    const target = isReal(new URL(kept.target)) ? real : local
    const recording = target === local ? movedTo(kept, local.url) : kept
    const { onResponse, calls } = createRecorder([])
    await runFixture(byId.get(recording.id) as Fixture, { ...target, extraCalls: false, goOn: true }, onResponse)
    const differences = recordingDifferences(recording, calls)
    if (differences.length > 0) found.set(recording.id, differences)
  }
  for (const { difference, flows } of groupDifferences(found)) {
    const { at, expected, actual } = difference
    stdout.write(`${at}\n  recorded ${expected}\n  mock     ${actual}\n  in ${shownFlows(flows)}\n`)
  }
  stdout.write(`${found.size} of ${recordings.length} recorded flows are answered differently by this mock\n`)
  return found.size === 0 ? 0 : 1
}

/** Flows that a difference is shown with. */
const MAX_FLOWS = 5

const shownFlows = (flows: readonly string[]): string => {
  const more = flows.length - MAX_FLOWS
  return `${flows.slice(0, MAX_FLOWS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
