import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Config, loadConfig } from '../config/config.ts'
import { createHttpServer } from '../http/server.ts'
import type { AuthorityPaths } from '../intercept/authority.ts'
import { environmentFor } from '../intercept/environment.ts'
import { IsolationError, isolationFolder, isolationPrefix, prepareInside } from '../intercept/isolation.ts'
import { describeLeaks, type LeakLog } from '../intercept/leaks.ts'
import { createMock, type Mock } from '../mock.ts'
import { openLocalAuthority } from './ca.ts'
import { runChild } from './child.ts'
import { type Command, type Io, UsageError } from './command.ts'
import { openDoors } from './doors.ts'
import { listen } from './listen.ts'

/** Set by the outer process for the one it starts in the new namespaces: `uid:gid:folder`. The command does not get it. */
const INSIDE = 'KAKAOPAY_MOCK_INSIDE'

export const exec: Command = {
  name: 'exec',
  summary: 'Run a command whose calls to KakaoPay reach a mock',
  help: `Usage: kakaopay-mock exec [flags] -- COMMAND [ARGUMENTS]

Starts a mock on free ports, sets the variables by which Node, Python, PHP, Java, Go, Ruby, curl and others reach it, and runs the command. Calls to
https://open-api.kakaopay.com arrive at the mock, calls to other hosts through the proxy are refused. At the end it prints, to stderr, the
audit and what tried to leave. The exit code is the command's; 128 + N if signal N ended it; 127 if it was not found.

  --isolate         Linux: also give it a network where only the mock exists, on port 443. Reaches clients that read no variable,
                    and nothing can leave. Local servers outside, a database say, cannot be reached then, except by Unix sockets
  --check-traffic   Judge what the command sent; the exit code of \`check traffic\` follows where the command's own is 0
  --no-preload      Leave NODE_OPTIONS alone
  --no-audit        Print no audit

Every flag of \`kakaopay-mock serve\` is taken too, such as --pass HOST, --payer approve or --strict.

Examples:
  kakaopay-mock exec -- npm test
  kakaopay-mock exec --payer approve --pass registry.example -- ./gradlew test
  kakaopay-mock exec --isolate -- python3 shop.py
`,
  async run(args, io) {
    const split = args.indexOf('--')
    const command = split < 0 ? [] : args.slice(split + 1)
    if (command.length === 0)
      throw new UsageError('exec needs a command behind --, such as: kakaopay-mock exec -- npm test')
    const { own, rest } = takeOwn(args.slice(0, split))
    const loaded = loadConfig({ args: rest, env: io.env })
    if (loaded.rest.length > 0) throw new UsageError(`put the command behind --, not "${loaded.rest[0]}"`)
    const inside = io.env[INSIDE]
    if (own.isolate && inside === undefined) return isolated(args, loaded.config, io)
    const port = loaded.origin.port === 'default' ? 0 : loaded.config.port
    return withMock({ ...loaded.config, port }, own, command, inside, io)
  },
}

interface Own {
  readonly isolate: boolean
  readonly checkTraffic: boolean
  readonly preload: boolean
  readonly audit: boolean
}

const takeOwn = (args: readonly string[]): { own: Own; rest: readonly string[] } => {
  const flags = ['--isolate', '--check-traffic', '--no-preload', '--no-audit']
  return {
    own: {
      isolate: args.includes('--isolate'),
      checkTraffic: args.includes('--check-traffic'),
      preload: !args.includes('--no-preload'),
      audit: !args.includes('--no-audit'),
    },
    rest: args.filter((arg) => !flags.includes(arg)),
  }
}

/** Starts this program once more, in namespaces of its own. What can be said against it is said before. */
const isolated = async (args: readonly string[], config: Config, io: Io): Promise<number> => {
  const prefix = inWords(() => isolationPrefix(process.platform, process.getuid?.() ?? -1))
  // Made out here, by the user, so that no file of the folder belongs to a stranger.
  await openLocalAuthority(config.caDir)
  const program = [process.execPath, ...process.execArgv, process.argv[1] ?? '', 'exec', ...args]
  const folder = isolationFolder()
  const inside = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}:${folder.dir}`
  return runChild([...prefix, ...program], { ...io.env, [INSIDE]: inside }, io).finally(folder.remove)
}

const inWords = <T>(doing: () => T): T => {
  try {
    return doing()
  } catch (error) {
    if (error instanceof IsolationError) throw new UsageError(error.message)
    throw error
  }
}

const withMock = async (
  config: Config,
  own: Own,
  command: readonly string[],
  inside: string | undefined,
  io: Io,
): Promise<number> => {
  const say = (text: string) => void io.stderr.write(`kakaopay-mock: ${text}\n`)
  const mock = createMock(config, {
    onError: (error) => say(error.stack ?? error.message),
    onLiveKey: () => say('WARNING: a live secret key (PRD…) was sent to a mock; use a test key'),
  })
  const doors = await openDoors(
    { ...config, https: inside === undefined ? config.https : 443, proxy: portOr0(config.proxy) },
    mock.listener,
    () => {},
  )
  const server = createHttpServer(doors.listener, config)
  doors.attach(server)
  const { paths, leaks } = doors as { paths: AuthorityPaths; leaks: LeakLog }
  if (inside !== undefined) inWords(() => prepareInside(paths, inside.split(':').slice(2).join(':')))
  try {
    const mockUrl = await listen(server, { host: config.host, port: config.port, flag: '--port' })
    const { proxy = mockUrl } = await doors.listen()
    mock.reachedAt(mockUrl)
    const preload = own.preload ? { preloadUrl: preloadUrl() } : {}
    const { [INSIDE]: _, ...inherited } = io.env
    const environment = environmentFor({ paths, mockUrl, proxyUrl: proxy, ...preload }, inherited)
    const code = await runChild([...asUser(inside), ...command], environment, io)
    return await report(code, mock, mockUrl, leaks, own, io)
  } finally {
    server.closeAllConnections()
    server.close()
    await doors.close()
  }
}

const portOr0 = (port: number | 'off') => (port === 'off' ? 0 : port)

/** A user who became root by the user namespace is turned back: some programs do not run as root, or behave otherwise. */
const asUser = (inside: string | undefined): readonly string[] => {
  const [uid, gid] = (inside ?? '0:0').split(':')
  return uid === '0' ? [] : ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--']
}

/** As the package exports it, so that it is found from wherever this file was bundled to. */
const preloadUrl = (): string =>
  pathToFileURL(createRequire(fileURLToPath(import.meta.url)).resolve('kakaopay-mock/register')).href

const report = async (code: number, mock: Mock, mockUrl: string, leaks: LeakLog, own: Own, io: Io): Promise<number> => {
  if (own.audit) {
    const audit = await mock.request('/_mock/audit?as=text', {
      headers: { 'x-kakaopay-mock-token': mock.config.controlToken },
    })
    if (audit.ok) io.stderr.write(`\n${(await audit.text()).trim()}\n`)
  }
  const leaked = describeLeaks(leaks)
  if (leaked) io.stderr.write(`\n${leaked}`)
  if (!own.checkTraffic) return code
  const { judgeTraffic } = await import('./traffic.ts')
  const judged = await judgeTraffic(mockUrl, io)
  return code === 0 ? judged : code
}
