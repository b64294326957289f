import { constants } from 'node:os'
import type { Config } from '../../config/config.ts'
import { flag, integer } from '../../config/option.ts'
import { CLIENT_TIMEOUT_MS, checkClient, PARALLEL_CLIENTS } from '../../kit/client/check.ts'
import { processDriver, SILENT_MS } from '../../kit/client/driver.ts'
import { forClients } from '../../kit/client/run.ts'
import { Unreachable } from '../../kit/errors.ts'
import { loadFixtures } from '../../kit/load.ts'
import { controlPayer } from '../../kit/payer.ts'
import { createMock } from '../../mock.ts'
import { defineCommand, UsageError } from '../command.ts'
import { UNREACHABLE } from '../exit-codes.ts'
import { printable } from '../printable.ts'
import { outcomeFlags, prepareOutcome } from './finish.ts'
import { showProgress } from './progress.ts'
import { selected, selectionFlags } from './selection.ts'

const flags = {
  ...selectionFlags,
  timeoutMs: integer(CLIENT_TIMEOUT_MS, 100, 60_000, 'The time-out that the client is given, in ms.'),
  parallel: integer(PARALLEL_CLIENTS, 1, 16, 'Drivers at a time, each with a key of its own.'),
  bail: flag(false, 'Stop at the first failure that --fail-on counts.'),
  dryRun: flag(false, 'Print what would be run; start nothing.'),
  ...outcomeFlags,
}

export const client = defineCommand({
  name: 'check client',
  usage: ['[flags] -- COMMAND [ARGUMENTS]'],
  about: `Starts a mock and COMMAND, a small driver around your client, and runs fixtures with it: ordinary ones, refusals, lost answers, answers that
come late or with new fields. It compares what arrived with what was asked for, and what the driver reports with what was answered.

The driver reads one JSON object a line on stdin, and answers each with one line on stdout:
  {"id":1,"call":"ready","params":{"cid":"TC0ONETIME",…}}      any call, with KakaoPay's own field names
  {"id":1,"result":{"tid":"T…",…}}                             accepted: the answer's fields
  {"id":1,"refusal":{"error_code":-706,"error_message":"…"}}   refused; with "extras" where the answer has them
  {"id":1,"unknown":{"reason":"…"}}                            it cannot say whether money moved
  {"id":1,"unsupported":true}                                  it has no such call

Its environment: KAKAOPAY_BASE_URL, KAKAOPAY_SECRET_KEY, KAKAOPAY_CID and KAKAOPAY_TIMEOUT_MS, the time-out to use.`,
  flags,
  settings: [],
  exits: {
    0: 'every requirement of --fail-on holds',
    1: 'a requirement is violated',
    3: 'COMMAND cannot be started',
    4: 'the kit itself failed or could evaluate nothing',
  },
  examples: `
  kakaopay-mock check client -- python3 driver.py
  kakaopay-mock check client --only 'client/lost.*' --verbose -- node driver.mjs
  kakaopay-mock check client --report junit=client.xml -- java Driver.java`,
  async act({ flags: values, rest, command = [] }, io) {
    if (rest.length > 0) throw new UsageError(`put the command behind --, not "${rest[0]}"`)
    const all = forClients(loadFixtures())
    const fixtures = selected(all, values)
    const outcome = prepareOutcome(
      values,
      all.map(({ id }) => id),
      io,
    )
    if (values.dryRun) {
      for (const { id, title } of fixtures) io.stdout.write(`run  ${id}  ${title}\n`)
      io.stdout.write(`${fixtures.length} flows would be run; nothing was started\n`)
      return 0
    }
    if (command.length === 0)
      throw new UsageError('check client needs a command behind --, such as: check client -- python3 driver.py')
    const started = Date.now()
    const began = performance.now()
    const progress = showProgress(fixtures.length, io)
    const stopSignals = endOnSignals()
    try {
      const results = await checkClient(fixtures, {
        start: processDriver(command, (output) => progress.note(silent(output))),
        serve: (config) => createMock(config as Partial<Config>).fetch,
        payer: controlPayer,
        timeoutMs: values.timeoutMs,
        parallel: values.parallel,
        bail: values.bail,
        failOn: values.failOn,
        onResult: progress.add,
        run: String(started),
      })
      progress.end()
      return outcome({ target: command.join(' '), started, ms: performance.now() - began, results })
    } catch (error) {
      progress.end()
      if (!(error instanceof Unreachable)) throw error
      io.stderr.write(`kakaopay-mock: ${error.message}\n`)
      return UNREACHABLE
    } finally {
      stopSignals()
    }
  },
})

const silent = (output: string): string =>
  `the driver wrote no line in ${SILENT_MS / 1000} s; is stdout flushed?${output === '' ? '' : ` Its stderr:\n${printable(output.trimEnd())}`}`

/** The drivers are in process groups of their own: a terminal's Ctrl-C does not reach them. They end with this process. */
const endOnSignals = (): (() => void) => {
  const end = (signal: NodeJS.Signals) => process.exit(128 + constants.signals[signal])
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.once(signal, end)
  return () => {
    for (const signal of signals) process.off(signal, end)
  }
}
