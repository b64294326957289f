import { type Fixture, needsOf } from '../../kit/fixture.ts'
import { excuse, strayEntries } from '../../kit/known-failures.ts'
import { loadFixtures } from '../../kit/load.ts'
import { createRecorder, recordingDifferences } from '../../kit/record.ts'
import { terminalReport } from '../../kit/report/index.ts'
import { exitCode, type Run } from '../../kit/result.ts'
import { runFixture } from '../../kit/run.ts'
import { checkServer, forServers } from '../../kit/server.ts'
import type { Target } from '../../kit/target.ts'
import { type Command, type Io, UsageError } from '../command.ts'
import { knownFailuresOf, recordingsOf, reportFiles, writeRecording, writeReports } from './files.ts'
import { chosen, parse, selectionFlags, selectionHelp } from './flags.ts'
import { mockTarget, targetOf, Unreachable } from './target.ts'

const flags = {
  ...selectionFlags,
  url: { type: 'string' },
  'key-env': { type: 'string' },
  payer: { type: 'string' },
  browser: { type: 'string' },
  shop: { type: 'string' },
  'allow-live-key': { type: 'boolean' },
  bail: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  verbose: { type: 'boolean' },
  report: { type: 'string', multiple: true },
  'known-failures': { type: 'string' },
  record: { type: 'string' },
  diff: { type: 'boolean' },
} as const

export const server: Command = {
  name: 'server',
  summary: 'Hold a server to the fixtures',
  help: `Usage: kakaopay-mock check server [flags]

Runs every flow of the fixtures against a server and says which promises hold. Without --url it is this mock, in this process. What cannot
be evaluated (settings, a clock or a payer that the server does not have) is reported as such, never as passed.

  --url URL             The server
  --key-env NAME        Variable that holds your secret key. Default: a key for each flow, where the server takes any
  --allow-live-key      Go on with a live key (PRD…)
  --payer HOW           control: this mock's control API (default where there is one); browser: its page, by playwright-core;
                        person: prints the link and waits for the address that the browser was sent to
  --browser PATH        Chromium for --payer browser [/usr/bin/chromium, or KAKAOPAY_MOCK_BROWSER]
  --shop URL            Where redirect URLs lead; the real service wants a registered domain [https://shop.example]
${selectionHelp}
  --bail                Stop at the first failure
  --dry-run             Say what would be run; send nothing
  --verbose             Every flow with its time
  --report FORM=FILE,…  Also write junit, ctrf, markdown or html
  --known-failures FILE JSON list of {"id", "reason", "date", "expires"}: run, and must fail
  --record DIR          Keep the sanitised answers with their date
  --diff                Show where this mock answers otherwise than what --record DIR holds

Exit codes: 0 all hold, 1 a promise is broken, 2 wrong usage, 3 the target cannot be reached, 4 the kit itself failed or could evaluate nothing.

Examples:
  kakaopay-mock check server
  kakaopay-mock check server --url http://127.0.0.1:8585 --report junit=kakaopay.xml,html=kakaopay.html
  kakaopay-mock check server --url https://open-api.kakaopay.com --key-env KAKAOPAY_DEV_KEY --payer person --only ready,approve/answer.money --record recorded
  kakaopay-mock check server --record recorded --diff
`,
  async run(args, io) {
    const { values, positionals } = parse(args, flags)
    if (positionals.length > 0) throw new UsageError(`check server takes no argument "${positionals[0]}"; see --help`)
    if (values.diff && values.record === undefined) throw new UsageError('--diff compares with --record DIR')
    if (values.record !== undefined && values.url === undefined && !values.diff)
      throw new UsageError('--record keeps what a server at --url answers')
    if (values.diff && values.url === undefined) return diff(values.record ?? '', io)
    const all = forServers(loadFixtures())
    const fixtures = chosen(all, values)
    const files = reportFiles(values.report)
    const known = knownFailuresOf(values['known-failures'])
    let target: Target
    try {
      target = await targetOf(values, io)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      io.stderr.write(`kakaopay-mock: ${error.message}\n`)
      return 3
    }
    if (values['dry-run']) return dryRun(fixtures, target, io)
    try {
      const run = await runAll(fixtures, target, values)
      const judged = { ...run, results: excuse(run.results, known, new Date().toISOString().slice(0, 10)) }
      writeReports(files, judged)
      io.stdout.write(terminalReport(judged, { color: isColored(io), verbose: values.verbose ?? false }))
      const stray = strayEntries(known, new Set(all.map((f) => f.id)))
      for (const id of stray)
        io.stdout.write(`${id} is listed as a known failure, but there is no such fixture: remove the entry\n`)
      const differs = values.diff && values.record !== undefined ? await diff(values.record, io) : 0
      return exitCode(judged.results) || (stray.length > 0 ? 1 : differs)
    } finally {
      await target.payer?.close?.()
    }
  },
}

const isColored = ({ stdout, env }: Io) => stdout.isTTY === true && !env['NO_COLOR']

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

const dryRun = (fixtures: readonly Fixture[], { offers, label }: Target, { stdout }: Io): number => {
  const lacking = (fixture: Fixture) => [...needsOf(fixture)].filter((need) => !offers.has(need))
  for (const fixture of fixtures) {
    const missing = lacking(fixture)
    stdout.write(
      `${missing.length === 0 ? 'run' : `not evaluated (${missing.join(', ')})`}  ${fixture.id}  ${fixture.title}\n`,
    )
  }
  const able = fixtures.filter((fixture) => lacking(fixture).length === 0).length
  stdout.write(`${able} of ${fixtures.length} flows would be run against ${label}; nothing was sent\n`)
  return 0
}

/** Plays each recorded flow against this mock, with the real hosts' URLs as the real service answers them. Resolves to the exit code. */
const diff = async (folder: string, { stdout }: Io): Promise<0 | 1> => {
  const fixtures = new Map(loadFixtures().map((f) => [f.id, f]))
  const target = mockTarget({ redirects: 'real' })
  let differing = 0
  const recordings = recordingsOf(folder)
  for (const recording of recordings) {
    const fixture = fixtures.get(recording.id)
    if (!fixture) continue
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
