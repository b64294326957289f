import { readFileSync } from 'node:fs'
import { flag, optional, string, type Values } from '../../config/option.ts'
import { Unreachable } from '../../kit/errors.ts'
import { expand } from '../../kit/expand.ts'
import { type Fixture, type FixtureFile, isCall, isPayer } from '../../kit/fixture.ts'
import { DEFAULT_SEED, generatedFixtures } from '../../kit/generate/index.ts'
import { loadFixtures } from '../../kit/load.ts'
import type { Run } from '../../kit/result.ts'
import { KeyRefused, missingFor } from '../../kit/run.ts'
import { checkServer, forServers, type RunOptions } from '../../kit/server.ts'
import type { Target } from '../../kit/target.ts'
import { defineCommand, type Io, UsageError } from '../command.ts'
import { UNREACHABLE } from '../exit-codes.ts'
import { hasRecording } from './files.ts'
import { outcomeFlags, prepareOutcome } from './finish.ts'
import { showProgress } from './progress.ts'
import { compareRecordings, recordingTo } from './record.ts'
import { selected, selectionFlags } from './selection.ts'
import { isReal, targetFlags, targetOf } from './target.ts'

const flags = {
  ...targetFlags,
  ...selectionFlags,
  bail: flag(false, 'Stop at the first failure that --fail-on counts.'),
  dryRun: flag(false, 'Print what would be run; send nothing.'),
  ...outcomeFlags,
  seed: string(DEFAULT_SEED, 'TEXT', 'Seed of the random payments and cancels: the same seed gives the same flows.'),
  record: optional(
    string('', 'DIR', 'Write the sanitised answers of each flow when it ends. A difference does not end a flow.'),
  ),
  flows: optional(string('', 'FILE', 'Run the flows of this file, as serve --record writes it, and no others.')),
  resume: flag(false, 'Leave out the flows that --record DIR already holds.'),
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
    0: 'every requirement of --fail-on holds',
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
    if (values.resume && values.record === undefined) throw new UsageError('--resume goes on with --record DIR')
    const written = values.flows === undefined ? forServers(loadFixtures()) : flowsOf(values.flows)
    const all = values.flows === undefined ? [...written, ...generatedFixtures(values.seed)] : written
    const { record, resume } = values
    // The generated flows would use up the real service's quota: there they are run only where they are named.
    const real = values.url !== undefined && URL.canParse(values.url) && isReal(new URL(values.url))
    const chosen = selected(real && values.only.length === 0 ? written : all, values)
    const fixtures = resume ? chosen.filter(({ id }) => !hasRecording(record ?? '', id)) : chosen
    const compare = () => (record === undefined ? Promise.resolve(0) : compareRecordings(record, chosen, io))
    if (values.diff && values.url === undefined) return compare()
    const ids = all.map(({ id }) => id)
    const finish = prepareOutcome(values, ids, io)
    let target: Target
    try {
      target = await targetOf(values, io, {
        payments: fixtures.flatMap(({ steps }) => steps.filter(isPayer)).length,
        sends: !values.dryRun,
        goOn: record !== undefined,
      })
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      io.stderr.write(`kakaopay-mock: ${error.message}\n`)
      return UNREACHABLE
    }
    try {
      if (values.dryRun) return dryRun(fixtures, target, io)
      const code = finish(await runAll(fixtures, target, values, io))
      const differs = values.diff ? await compare() : 0
      return code || differs
    } catch (error) {
      if (error instanceof KeyRefused) throw new UsageError(error.message)
      throw error
    } finally {
      await target.payer?.close?.()
    }
  },
})

const runAll = async (
  fixtures: readonly Fixture[],
  target: Target,
  { bail, failOn, record, seed }: Values<typeof flags>,
  io: Io,
): Promise<Run> => {
  const started = Date.now()
  const began = performance.now()
  const recording: Pick<RunOptions, 'onResponse' | 'onResult'> = record === undefined ? {} : recordingTo(record, target)
  const progress = showProgress(fixtures.length, io)
  const onResult: RunOptions['onResult'] = (result, fixture) => {
    progress.add(result)
    recording.onResult?.(result, fixture)
  }
  const results = await checkServer(fixtures, target, { bail, failOn, ...recording, onResult }).finally(progress.end)
  const label = fixtures.some(({ id }) => id.startsWith('model/')) ? `${target.label} (seed ${seed})` : target.label
  return { target: label, started, ms: performance.now() - began, results }
}

const dryRun = (fixtures: readonly Fixture[], target: Target, { stdout }: Io): number => {
  const able: Fixture[] = []
  for (const fixture of fixtures) {
    const missing = missingFor(fixture, target)
    if (missing.length === 0) able.push(fixture)
    const fate = missing.length === 0 ? 'run' : `not evaluated (${missing.join('; ')})`
    stdout.write(`${fate}  ${fixture.id}  ${fixture.title}\n`)
  }
  const calls = able.flatMap(({ steps }) => steps.filter(isCall)).reduce((sum, { times = 1 }) => sum + times, 0)
  const looks = target.extraCalls ? ' and looks at the payments' : ''
  const pace = target.pace === undefined ? '' : `, ${target.pace} a second`
  stdout.write(
    `${able.length} of ${fixtures.length} flows would be run against ${target.label}: ${calls} calls${looks}${pace}; nothing was sent\n`,
  )
  return 0
}

/** The flows of a file of the user's own. */
const flowsOf = (file: string): readonly Fixture[] => {
  try {
    return expand(JSON.parse(readFileSync(file, 'utf8')) as FixtureFile, file)
  } catch (error) {
    throw new UsageError(`--flows: ${file} is no file of flows: ${(error as Error).message}`)
  }
}
