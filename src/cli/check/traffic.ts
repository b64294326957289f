import type { IncomingMessage } from 'node:http'
import type { Config } from '../../config/config.ts'
import { choice, flag, list, optional } from '../../config/option.ts'
import { settingNames } from '../../config/settings.ts'
import { driverEnvironment } from '../../kit/client/driver.ts'
import type { Exchange } from '../../kit/client/exchange.ts'
import { openRecordingProxy } from '../../kit/client/recording-proxy.ts'
import { clientRules } from '../../kit/client/rules.ts'
import type { Secret } from '../../kit/client/secrets.ts'
import { HarnessError } from '../../kit/errors.ts'
import type { Result } from '../../kit/result.ts'
import { testKey } from '../../kit/target.ts'
import { readJournal } from '../../kit/traffic/journal.ts'
import { judgeTraffic, type Traffic, type TrafficCheck, trafficChecks } from '../../kit/traffic/judge.ts'
import { createMock } from '../../mock.ts'
import { NOT_STARTED, runChild } from '../child.ts'
import { defineCommand, type Io, UsageError } from '../command.ts'
import { UNDECIDED, UNREACHABLE } from '../exit-codes.ts'
import { MOCK_URL } from '../running-mock.ts'
import { outcomeFlags, prepareOutcome } from './finish.ts'

const flags = {
  ...outcomeFlags,
  only: list('NAME,…', `Only these: ${trafficChecks.map(({ id }) => id.replace('traffic/', '')).join(', ')}.`),
  level: optional(choice(['must', 'should'], 'Only rules of this level.')),
  dryRun: flag(false, 'Print what would be checked; start nothing.'),
}

/** Settings that make no sense here: the mock listens on a free port, and the command gets its address. */
const listening: readonly string[] = ['port', 'host', 'https', 'proxy', 'pass', 'caDir', 'publicUrl', 'log', 'logCalls']

/** The time-out that the program gets in its environment, in ms: longer than the 11 s of KakaoPay's guideline. */
const TIMEOUT_MS = 12_000
/** Time for a running mock to answer with its journal, in ms. */
const JOURNAL_TIMEOUT_MS = 10_000

const COMMAND: Pick<Result, 'id' | 'title' | 'level' | 'evidence' | 'source' | 'rules'> = {
  id: 'traffic/command',
  title: 'The command itself ends with exit code 0.',
  level: 'must',
  evidence: 'inferred',
  source: 'ours',
  rules: [],
}

export const traffic = defineCommand({
  name: 'check traffic',
  usage: ['[flags] -- COMMAND [ARGUMENTS]', '[flags] URL'],
  about: `Runs any program, such as a test suite, against a mock of its own and checks every call that it made by the rules of \`check client\`; no
driver is needed. With the URL of a running mock, checks what its journal holds: keys are masked there, so that where else a key was sent
cannot be checked. What the program reports to its own users cannot be seen from outside and is not checked.

The command gets KAKAOPAY_BASE_URL and KAKAOPAY_MOCK_URL (the mock), KAKAOPAY_SECRET_KEY, KAKAOPAY_CID and KAKAOPAY_TIMEOUT_MS. A client whose
base URL cannot be set is run by \`kakaopay-mock exec --check-traffic\` instead.`,
  flags,
  settings: settingNames.filter((name) => !listening.includes(name)),
  exits: {
    0: 'all hold',
    1: 'a rule is violated or the command failed',
    3: 'the command or the URL cannot be reached',
    4: 'nothing was sent',
  },
  examples: `
  kakaopay-mock check traffic -- npm test
  kakaopay-mock check traffic --payer approve --only once,lookup -- pytest
  kakaopay-mock check traffic http://127.0.0.1:8585`,
  async act({ config, flags: values, rest, command = [] }, io) {
    const checks = chosenChecks(values.only, values.level)
    const outcome = prepareOutcome(values, [...trafficChecks.map(({ id }) => id), COMMAND.id], io)
    if (values.dryRun) {
      for (const { id, rule } of checks) io.stdout.write(`check  ${id}  ${clientRules[rule].sentence}\n`)
      return 0
    }
    const started = Date.now()
    const began = performance.now()
    const done = (target: string, results: readonly Result[]) =>
      outcome({ target, started, ms: performance.now() - began, results })
    const [url = command.length === 0 ? io.env[MOCK_URL] : undefined, ...more] = rest
    if (more.length > 0 || (url === undefined) === (command.length === 0))
      throw new UsageError('check traffic needs either a command behind -- or the URL of a mock that runs')
    if (url !== undefined) {
      const exchanges = await journalOf(url, io)
      return exchanges ? done(url, judgeTraffic({ exchanges, secrets: [], url }, checks)) : UNREACHABLE
    }
    const { code, ...seen } = await runAgainstMock(command, config, started, io)
    if (NOT_STARTED.has(code)) return UNREACHABLE
    const exit = done(command.join(' '), [...judgeTraffic(seen, checks), commandResult(code)])
    if (seen.exchanges.length > 0) return exit
    io.stderr.write('kakaopay-mock: nothing was sent to the mock, so nothing was checked\n')
    return exit || UNDECIDED
  },
})

const chosenChecks = (only: readonly string[], level: string | undefined): readonly TrafficCheck[] => {
  const names = only.map((name) => (name.includes('/') ? name : `traffic/${name}`))
  const unknown = names.find((name) => !trafficChecks.some(({ id }) => id === name))
  if (unknown !== undefined)
    throw new UsageError(`--only ${unknown}: no such rule; see kakaopay-mock check traffic --help`)
  const found = trafficChecks.filter(
    ({ id, rule }) =>
      (names.length === 0 || names.includes(id)) && (level === undefined || clientRules[rule].level === level),
  )
  if (found.length === 0) throw new UsageError('no rule is chosen by these flags')
  return found
}

/** Undefined, after a line that says why, where nothing answers. */
const journalOf = async (url: string, io: Io): Promise<readonly Exchange[] | undefined> => {
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw new UsageError(`"${url}" is not an http or https URL`)
  try {
    return await readJournal(url, (request) => fetch(request, { signal: AbortSignal.timeout(JOURNAL_TIMEOUT_MS) }))
  } catch (error) {
    const { message, cause } = error as Error
    const why = error instanceof HarnessError || !(cause instanceof Error) ? message : cause.message || message
    io.stderr.write(`kakaopay-mock: ${url}: ${why}\n`)
    return undefined
  }
}

/** The payer's page and the control API: not the merchant's calls. */
const isOurs = ({ method, url = '', headers }: IncomingMessage): boolean =>
  /^\/(_mock|mockup|bridge)(\/|$)/.test(url) ||
  (method === 'GET' && !url.startsWith('/online/') && headers.authorization === undefined)

const runAgainstMock = async (
  command: readonly string[],
  config: Config,
  started: number,
  io: Io,
): Promise<Traffic & { readonly code: number }> => {
  const mock = createMock(config)
  const proxy = await openRecordingProxy(mock.fetch, isOurs)
  try {
    mock.reachedAt(proxy.url)
    const key = testKey(String(started), 'traffic', 'merchant')
    const environment = {
      ...driverEnvironment({ baseUrl: proxy.url, key, timeoutMs: TIMEOUT_MS }),
      KAKAOPAY_MOCK_URL: proxy.url,
    }
    const code = await runChild(command, { ...io.env, ...environment }, io)
    const { length: kept } = proxy.exchanges
    if (proxy.unrecorded() > 0)
      io.stderr.write(
        `kakaopay-mock: judged by its first ${kept} calls; ${proxy.unrecorded()} more are not looked at\n`,
      )
    return { exchanges: proxy.exchanges, secrets: secretsOf(proxy.exchanges, key), url: proxy.url, code }
  } finally {
    await proxy.close()
  }
}

/** The key that the program was given, and every other key that it sent. */
const secretsOf = (exchanges: readonly Exchange[], given: string): readonly Secret[] => {
  const sent = exchanges.flatMap(({ headers }) =>
    headers.flatMap(([name, value]) => {
      const [, key] = /^(?:DEV_)?SECRET_KEY (\S{8,})$/.exec(name.toLowerCase() === 'authorization' ? value : '') ?? []
      return key === undefined ? [] : [key]
    }),
  )
  return [...new Set([given, ...sent])].map((value, i) => ({
    value,
    name: i === 0 ? 'secret key' : `secret key ${i + 1}`,
  }))
}

const commandResult = (code: number): Result => ({
  ...COMMAND,
  ms: 0,
  ...(code === 0 ? { outcome: 'passed' } : { outcome: 'failed', reason: `it ended with exit code ${code}` }),
})
