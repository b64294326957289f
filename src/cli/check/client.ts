import type { Config } from '../../config/config.ts'
import { CLIENT_TIMEOUT_MS, checkClient, PARALLEL_CLIENTS } from '../../kit/client/check.ts'
import { processDriver, Unreachable } from '../../kit/client/driver.ts'
import { forClients } from '../../kit/client/run.ts'
import { loadFixtures } from '../../kit/load.ts'
import { controlPayer } from '../../kit/payer.ts'
import { createMock } from '../../mock.ts'
import { type Command, UsageError } from '../command.ts'
import { outcomeFlags, outcomeHelp, prepareOutcome } from './finish.ts'
import { chosen, parse, selectionFlags, selectionHelp } from './flags.ts'

const flags = {
  ...selectionFlags,
  ...outcomeFlags,
  bail: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  'timeout-ms': { type: 'string' },
  parallel: { type: 'string' },
} as const

export const client: Command = {
  name: 'client',
  summary: 'Hold your client to the fixtures',
  help: `Usage: kakaopay-mock check client [flags] -- COMMAND [ARGUMENTS]

Starts a mock and COMMAND, a small driver around your client, and plays flows with it: ordinary ones, refusals, lost answers, answers that
come late or with new fields. It compares what arrived with what was asked for, and what the driver tells with what was answered.

The driver reads one JSON object a line on stdin, and answers each with one line on stdout:
  {"id":1,"call":"ready","params":{"cid":"TC0ONETIME",…}}      ready, approve, cancel or order, with KakaoPay's own field names
  {"id":1,"result":{"tid":"T…",…}}                             accepted: the answer's fields
  {"id":1,"refusal":{"error_code":-706,"error_message":"…"}}   refused; with "extras" where the answer has them
  {"id":1,"unknown":{"reason":"…"}}                            no telling whether money moved
  {"id":1,"unsupported":true}                                  it has no such call
Its surroundings: KAKAOPAY_BASE_URL, KAKAOPAY_SECRET_KEY, KAKAOPAY_CID and KAKAOPAY_TIMEOUT_MS, the time-out to use.

${selectionHelp}
  --timeout-ms N        The time-out that the client is told, in ms [${CLIENT_TIMEOUT_MS}]
  --parallel N          Drivers at a time, each with a key of its own [${PARALLEL_CLIENTS}]
  --bail                Stop at the first failure
  --dry-run             Say what would be played; start nothing
${outcomeHelp}

Exit codes: 0 all hold, 1 a promise is broken, 2 wrong usage, 3 COMMAND cannot be started, 4 the kit itself failed or could evaluate nothing.

Examples:
  kakaopay-mock check client -- python3 driver.py
  kakaopay-mock check client --only 'client/lost.*' --verbose -- node driver.mjs
  kakaopay-mock check client --report junit=client.xml -- java Driver.java
`,
  async run(args, io) {
    const split = args.indexOf('--')
    const command = split < 0 ? [] : args.slice(split + 1)
    const { values, positionals } = parse(split < 0 ? args : args.slice(0, split), flags)
    if (positionals.length > 0) throw new UsageError(`put the command behind --, not "${positionals[0]}"`)
    const all = forClients(loadFixtures())
    const fixtures = chosen(all, values)
    const outcome = prepareOutcome(
      values,
      all.map(({ id }) => id),
      io,
    )
    const timeoutMs = count(values['timeout-ms'], '--timeout-ms', 100, 60_000, CLIENT_TIMEOUT_MS)
    const parallel = count(values.parallel, '--parallel', 1, 16, PARALLEL_CLIENTS)
    if (values['dry-run']) {
      for (const { id, title } of fixtures) io.stdout.write(`play  ${id}  ${title}\n`)
      io.stdout.write(`${fixtures.length} flows would be played; nothing was started\n`)
      return 0
    }
    if (command.length === 0)
      throw new UsageError('check client needs a command behind --, such as: check client -- python3 driver.py')
    const started = Date.now()
    const began = performance.now()
    try {
      const results = await checkClient(fixtures, {
        start: processDriver(command),
        serve: (config) => createMock(config as Partial<Config>).fetch,
        payer: controlPayer,
        timeoutMs,
        parallel,
        bail: values.bail ?? false,
        run: String(started),
      })
      return outcome({ subject: command.join(' '), started, ms: performance.now() - began, results })
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      io.stderr.write(`kakaopay-mock: ${error.message}\n`)
      return 3
    }
  },
}

const count = (text: string | undefined, flag: string, min: number, max: number, initial: number): number => {
  if (text === undefined) return initial
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= min && value <= max) return value
  throw new UsageError(`${flag} must be an integer from ${min} to ${max}, not "${text.slice(0, 80)}"`)
}
