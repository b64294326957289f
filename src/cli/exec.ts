import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Config } from '../config/config.ts'
import { flag } from '../config/option.ts'
import { settingNames } from '../config/settings.ts'
import { environmentFor } from '../intercept/environment.ts'
import { RETIRED_HOST } from '../intercept/hosts.ts'
import { IsolationError, isolationFolder, isolationPrefix, prepareInside } from '../intercept/isolation.ts'
import { describeLeaks } from '../intercept/leaks.ts'
import { openNameServer } from '../intercept/name-server.ts'
import { ANSWER_RETIRED, ASK_PROXY } from '../intercept/outside.ts'
import { readPass } from '../intercept/target.ts'
import { extendUserAuthorities } from '../intercept/user-authorities.ts'
import { openLocalAuthority, type RunningServer, startServer } from '../server.ts'
import { traffic } from './check/traffic.ts'
import { NOT_STARTED, runChild } from './child.ts'
import { defineCommand, type Io, UsageError } from './command.ts'
import { printable } from './printable.ts'

/** Set by the outer process for the one it starts in the new namespaces: `uid:gid:folder`. The command does not get it. */
const INSIDE = 'KAKAOPAY_MOCK_INSIDE'

const flags = {
  isolate: flag(
    false,
    'Linux: also give the command a network where only the mock exists, on port 443. Reaches clients that read no variable, and nothing can leave. Local servers outside, such as a database, cannot be reached then, except by Unix sockets.',
  ),
  checkTraffic: flag(
    false,
    'Check what the command sent; the exit code of `check traffic` follows where the command’s own is 0.',
  ),
  preload: flag(true, 'Preload kakaopay-mock/register by NODE_OPTIONS; --no-preload leaves that variable alone.'),
  audit: flag(true, 'Print the audit at the end; --no-audit prints none.'),
}

interface Flags {
  readonly isolate: boolean
  readonly checkTraffic: boolean
  readonly preload: boolean
  readonly audit: boolean
}

export const exec = defineCommand({
  name: 'exec',
  usage: ['[flags] -- COMMAND [ARGUMENTS]'],
  about: `Starts a mock on free ports, sets the variables by which Node, Python, PHP, Java, Go, Ruby, curl and others reach it, and runs the
command. Calls to https://open-api.kakaopay.com arrive at the mock, calls to other hosts through the proxy are refused. At the end it prints, to
stderr, the audit and what tried to leave.

The command's KAKAOPAY_MOCK_URL names the mock: \`kakaopay-mock pay\`, \`audit\` and \`health\` inside it ask that one. Files of authorities that
NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE, SSL_CERT_FILE or CURL_CA_BUNDLE name are kept: the command gets copies that trust the mock too.

A program that starts its children with a filtered environment (tox, sudo, Bazel) cuts them off from the mock: make it pass on HTTP_PROXY,
HTTPS_PROXY, NO_PROXY, KAKAOPAY_MOCK_URL and the variable of the runtime that \`kakaopay-mock ca\` prints, or use --isolate.`,
  flags,
  settings: settingNames,
  exits: {
    0: 'the command’s own',
    126: 'it may not be run',
    127: 'it was not found',
    128: 'and N more: signal N ended it',
  },
  examples: `
  kakaopay-mock exec -- npm test
  kakaopay-mock exec --payer approve --pass registry.example -- ./gradlew test
  kakaopay-mock exec --isolate -- python3 shop.py`,
  outlivesReaders: true,
  async act({ config, origin, flags, rest, command = [] }, io) {
    if (command.length === 0)
      throw new UsageError('exec needs a command behind --, such as: kakaopay-mock exec -- npm test')
    if (rest.length > 0) throw new UsageError(`put the command behind --, not "${rest[0]}"`)
    const inside = io.env[INSIDE]
    if (flags.isolate && inside === undefined) return isolated(config, io)
    const port = origin.port === 'default' ? 0 : config.port
    const https = inside === undefined ? config.https : 443
    const proxy = config.proxy === 'off' ? 0 : config.proxy
    return withMock({ ...config, port, https, proxy }, flags, command, inside, io)
  },
})

/** Starts this program once more, in namespaces of its own. Checks first that the system allows it. */
const isolated = async (config: Config, io: Io): Promise<number> => {
  const prefix = asUsage(() => isolationPrefix(process.platform, process.getuid?.() ?? -1))
  // Made before the namespaces are entered, so that the files belong to the user.
  await openLocalAuthority(config.caDir)
  const program = [process.execPath, ...process.execArgv, ...process.argv.slice(1)]
  const folder = isolationFolder()
  const inside = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}:${folder.dir}`
  return runChild([...prefix, ...program], { ...io.env, [INSIDE]: inside }, io).finally(folder.remove)
}

const asUsage = <T>(doing: () => T): T => {
  try {
    return doing()
  } catch (error) {
    if (error instanceof IsolationError) throw new UsageError(error.message)
    throw error
  }
}

const withMock = async (
  config: Config,
  flags: Flags,
  command: readonly string[],
  inside: string | undefined,
  io: Io,
): Promise<number> => {
  const say = (text: string) => void io.stderr.write(`kakaopay-mock: ${text}\n`)
  let calls = 0
  const server = await startServer(config, {
    onCall: () => void calls++,
    onError: (error) => say(error.stack ?? error.message),
    onLiveKey: () => say('WARNING: a live secret key (PRD…) was sent to a mock; use a test key'),
  })
  try {
    const { paths, url: mockUrl, proxy: proxyUrl = mockUrl } = server
    if (!paths) throw new Error('the proxy was not started')
    const own = extendUserAuthorities(io.env, readFileSync(paths.ca, 'utf8'))
    if (inside !== undefined) await prepareNamespace(server, inside)
    const preload = flags.preload ? { preloadUrl: preloadUrl() } : {}
    const { [INSIDE]: _, ...inherited } = io.env
    const token = config.controlToken === '' ? {} : { KAKAOPAY_MOCK_CONTROL_TOKEN: config.controlToken }
    const environment = {
      ...environmentFor({ paths, mockUrl, proxyUrl, ...preload }, inherited),
      ...own.variables,
      ...(flags.preload ? { [ASK_PROXY]: proxyUrl } : {}),
      ...(flags.preload && !passesRetired(config) ? { [ANSWER_RETIRED]: '1' } : {}),
      ...token,
    }
    const code = await runChild([...asUser(inside), ...command], environment, io).finally(own.remove)
    if (calls === 0 && config.journal && !NOT_STARTED.has(code))
      say(
        `no call to KakaoPay reached the mock${inside === undefined ? '; try --isolate, which reaches clients that read no variable' : ''}`,
      )
    return await report(code, server, flags, inside !== undefined, io)
  } finally {
    await server.close()
  }
}

const passesRetired = ({ pass }: Config): boolean =>
  pass.map(readPass).some((host) => host === RETIRED_HOST || host === `${RETIRED_HOST}:443`)

/** Inside the new namespaces: files and names lead to the mock, and a look-up of any other name is noted as an attempt to leave. */
const prepareNamespace = async ({ paths, leaks }: RunningServer, inside: string) => {
  if (paths) asUsage(() => prepareInside(paths, inside.split(':').slice(2).join(':')))
  await openNameServer((name) => leaks?.note('look-up of', name))
}

/** Runs the command as the user who started it, not as the root of the user namespace: some programs refuse to run as root. */
const asUser = (inside: string | undefined): readonly string[] => {
  const [uid, gid] = (inside ?? '0:0').split(':')
  return uid === '0' ? [] : ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--']
}

/** As the package exports it, so that it is found from wherever this file was bundled to. */
const preloadUrl = (): string =>
  pathToFileURL(createRequire(fileURLToPath(import.meta.url)).resolve('kakaopay-mock/register')).href

const report = async (
  code: number,
  { mock, leaks, url }: RunningServer,
  flags: Flags,
  isIsolated: boolean,
  io: Io,
): Promise<number> => {
  if (flags.audit) {
    const audit = await mock.request('/_mock/audit?as=text', {
      headers: { 'x-kakaopay-mock-token': mock.config.controlToken },
    })
    if (audit.ok) io.stderr.write(printable(`\n${(await audit.text()).trim()}\n`))
  }
  const leaked = leaks ? describeLeaks(leaks, isIsolated) : ''
  if (leaked) io.stderr.write(`\n${leaked}`)
  if (!flags.checkTraffic) return code
  // The report goes to stderr, since stdout belongs to the command.
  const checked = await traffic.run([url], { ...io, stdout: io.stderr })
  return code === 0 ? checked : code
}
