import { flag, optional, string } from '../../config/option.ts'
import type { Fixture } from '../../kit/fixture.ts'
import { loadFixtures } from '../../kit/load.ts'
import { Unreachable } from '../../kit/probe.ts'
import { createRecorder, type Recording, recordingDifferences } from '../../kit/record.ts'
import type { Run } from '../../kit/result.ts'
import { lacking, runFixture } from '../../kit/run.ts'
import { checkServer, forServers } from '../../kit/server.ts'
import type { Target } from '../../kit/target.ts'
import { defineCommand, type Io, UsageError } from '../command.ts'
import { UNREACHABLE } from '../exit-codes.ts'
import { recordingsOf, writeRecording } from './files.ts'
import { outcomeFlags, prepareOutcome } from './finish.ts'
import { selected, selectionFlags } from './selection.ts'
import { isReal, mockTarget, targetFlags, targetOf } from './target.ts'

const flags = {
  ...targetFlags,
  ...selectionFlags,
  bail: flag(false, 'Stop at the first failure.'),
  dryRun: flag(false, 'Print what would be run; send nothing.'),
  ...outcomeFlags,
  record: optional(string('', 'DIR', 'Keep the sanitised answers with their date.')),
  diff: flag(false, 'Show where this mock answers otherwise than what --record DIR holds.'),
}

export const server = defineCommand({
  name: 'check server',
  usage: ['[flags]'],
  about: `Runs every fixture against a server and reports which requirements hold. Without --url it is this mock, in this process. What cannot be
evaluated (settings, a clock or a payer that the server does not have) is reported as such, never as passed.`,
  flags,
  settings: [],
  exits: {
    0: 'all hold',
    1: 'a requirement is violated',
    3: 'the server cannot be reached',
    4: 'the kit itself failed or could evaluate nothing',
  },
  examples: `
  kakaopay-mock check server
  kakaopay-mock check server --url http://127.0.0.1:8585 --report junit=kakaopay.xml,html=kakaopay.html
  kakaopay-mock check server --url https://open-api.kakaopay.com --key-env KAKAOPAY_DEV_KEY --payer person --only ready,approve/answer.money --record recorded
  kakaopay-mock check server --record recorded --diff`,
  async act({ flags: values, rest }, io) {
    if (rest.length > 0) throw new UsageError(`check server takes no argument "${rest[0]}"; see --help`)
    if (values.diff && values.record === undefined) throw new UsageError('--diff compares with --record DIR')
    if (values.record !== undefined && values.url === undefined && !values.diff)
      throw new UsageError('--record keeps what a server at --url answers')
    const all = forServers(loadFixtures())
    const fixtures = selected(all, values)
    const compare = () => (values.record === undefined ? Promise.resolve(0) : diff(values.record, fixtures, io))
    if (values.diff && values.url === undefined) return compare()
    const ids = all.map(({ id }) => id)
    const finish = prepareOutcome(values, ids, io)
    let target: Target
    try {
      target = await targetOf(values, io)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      io.stderr.write(`kakaopay-mock: ${error.message}\n`)
      return UNREACHABLE
    }
    try {
      if (values.dryRun) return dryRun(fixtures, target, io)
      const code = finish(await runAll(fixtures, target, values))
      const differs = values.diff ? await compare() : 0
      return code || differs
    } finally {
      await target.payer?.close?.()
    }
  },
})

const runAll = async (
  fixtures: readonly Fixture[],
  target: Target,
  { bail = false, record }: { readonly bail?: boolean | undefined; readonly record?: string | undefined },
): Promise<Run> => {
  const started = Date.now()
  const began = performance.now()
  const recorders = new Map<string, ReturnType<typeof createRecorder>>()
  const results = await checkServer(fixtures, target, {
    bail,
    witness: ({ id }) => {
      const door = target.open(id, {})
      const recorder = createRecorder([door.key, door.otherKey])
      recorders.set(id, recorder)
      return recorder.witness
    },
  })
  if (record !== undefined)
    for (const [id, { calls }] of recorders)
      if (calls.length > 0)
        writeRecording(record, { id, target: target.url, recorded_at: new Date(started).toISOString(), calls })
  return { subject: target.label, started, ms: performance.now() - began, results }
}

/** A recording as if its server had been at `url`: where a server is reached is no difference in what it answers. */
const moved = (recording: Recording, url: string): Recording => ({
  ...recording,
  calls: JSON.parse(JSON.stringify(recording.calls).replaceAll(new URL(recording.target).origin, url)),
})

const dryRun = (fixtures: readonly Fixture[], target: Target, { stdout }: Io): number => {
  let able = 0
  for (const fixture of fixtures) {
    const missing = lacking(fixture, target)
    if (missing.length === 0) able++
    const fate = missing.length === 0 ? 'run' : `not evaluated (${missing.join('; ')})`
    stdout.write(`${fate}  ${fixture.id}  ${fixture.title}\n`)
  }
  stdout.write(`${able} of ${fixtures.length} flows would be run against ${target.label}; nothing was sent\n`)
  return 0
}

/** Plays each recorded flow against this mock, with redirect URLs as the recorded server has them. Resolves to the exit code. */
const diff = async (folder: string, fixtures: readonly Fixture[], { stdout }: Io): Promise<0 | 1> => {
  const byId = new Map(fixtures.map((f) => [f.id, f]))
  const real = mockTarget({ redirects: 'real' })
  const local = mockTarget()
  const recordings = recordingsOf(folder).filter(({ id }) => byId.has(id))
  let differing = 0
  for (const kept of recordings) {
    const target = isReal(new URL(kept.target)) ? real : local
    const recording = target === local ? moved(kept, local.url) : kept
    const fixture = byId.get(recording.id) as Fixture
    const { witness, calls } = createRecorder([])
    await runFixture(fixture, target, witness)
    const differences = recordingDifferences(recording, calls)
    if (differences.length === 0) continue
    differing++
    stdout.write(`${recording.id}, recorded ${recording.recorded_at} from ${recording.target}\n`)
    for (const { at, expected, actual } of differences)
      stdout.write(`  ${at}\n    recorded ${expected}\n    mock     ${actual}\n`)
  }
  stdout.write(`${differing} of ${recordings.length} recorded flows are answered otherwise by this mock\n`)
  return differing === 0 ? 0 : 1
}
