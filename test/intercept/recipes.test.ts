import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAuthority } from '../../src/intercept/authority.ts'
import { type Access, environmentFor } from '../../src/intercept/environment.ts'
import { needs, type Tool } from '../needs.ts'
import { bare, finish, type Namespace, openNamespace, program, root } from './namespace.ts'

const examples = 'examples/intercept'
const table = join(root, examples, 'README.md')
const PROXY_PORT = 8586

/** A client as its author wrote it, with the host in its code, and how it is run. */
interface Recipe {
  readonly name: string
  readonly file: string
  readonly run: readonly string[]
  readonly tool?: Tool
  /** Access that cannot bring it to the mock, and must be seen to fail. */
  readonly not?: readonly Way[]
  /** Only Node can be given a preload. */
  readonly isNode?: true
}

const ways = ['hosts entry + CA', 'proxy + CA', 'node --import', 'exec', 'exec --isolate'] as const
type Way = (typeof ways)[number]

const built = join(tmpdir(), `recipes-${process.pid}`)
const node = (file: string) => ({ file, run: [process.execPath, `${examples}/${file}`], isNode: true as const })
/** Debian's own, which has what Debian's packages install. */
const python = (file: string) => ({ file, run: ['/usr/bin/python3', `${examples}/${file}`], tool: 'python' as const })
const java = (name: string) => ({
  file: `${name}.java`,
  run: ['java', '-cp', built, name, `${examples}/ready.json`],
  tool: 'java' as const,
})
/** Node 24 follows proxy variables where NODE_USE_ENV_PROXY is set; Node 20 has no such thing. */
const fetchFollowsProxies = Number(process.versions.node.split('.')[0]) >= 24

const recipes: readonly Recipe[] = [
  { name: 'Node fetch', ...node('node-fetch.js'), not: fetchFollowsProxies ? [] : ['proxy + CA'] },
  { name: 'axios 1.6', ...node('axios-old.js') },
  { name: 'axios 1.21', ...node('axios-new.js') },
  { name: 'Python requests', ...python('python_requests.py') },
  { name: 'Python httpx', ...python('python_httpx.py') },
  { name: 'PHP curl', file: 'php_curl.php', run: ['php', `${examples}/php_curl.php`], tool: 'php' },
  {
    name: 'PHP streams',
    file: 'php_streams.php',
    run: ['php', `${examples}/php_streams.php`],
    tool: 'php',
    not: ['proxy + CA', 'exec'],
  },
  {
    name: 'Go net/http',
    file: 'go_client.go',
    run: [join(built, 'go_client'), `${examples}/ready.json`],
    tool: 'go',
  },
  {
    name: 'Go, a Transport without Proxy',
    file: 'go_transport.go',
    run: [join(built, 'go_transport'), `${examples}/ready.json`],
    tool: 'go',
    not: ['proxy + CA', 'exec'],
  },
  { name: 'Java HttpClient', ...java('JavaHttpClient') },
  { name: 'Java HttpURLConnection', ...java('JavaHttpURLConnection') },
  { name: 'Ruby Net::HTTP', file: 'ruby_net_http.rb', run: ['ruby', `${examples}/ruby_net_http.rb`], tool: 'ruby' },
  { name: 'curl', file: 'curl.sh', run: ['sh', `${examples}/curl.sh`], tool: 'curl' },
]

const READY = /"tid":"T[0-9a-f]{19}"/
const works = ({ tool }: Recipe) => needs('unshare', ...(tool ? [tool] : []))

describe.skipIf(!needs('unshare'))('a client with the host hard-coded, unchanged, reaches the mock', () => {
  const seen = new Map<string, boolean>()
  const caDir = join(built, 'ca')
  let byHosts: Namespace
  let byProxy: Namespace
  let trust: Access

  beforeAll(async () => {
    mkdirSync(built, { recursive: true })
    trust = { paths: (await openAuthority({ dir: caDir })).paths }
    const go = ['go_client', 'go_transport'].map((name) => [
      'go',
      'build',
      '-o',
      join(built, name),
      `${examples}/${name}.go`,
    ])
    const javac = ['javac', '-d', built, `${examples}/JavaHttpClient.java`, `${examples}/JavaHttpURLConnection.java`]
    for (const [name = '', ...args] of [...(needs('go') ? go : []), ...(needs('java') ? [javac] : [])]) {
      const { status, stderr } = spawnSync(name, args, { cwd: root, encoding: 'utf8' })
      if (status !== 0) throw new Error(stderr)
    }
    ;[byHosts, byProxy] = await Promise.all([
      openNamespace(['--ca-dir', caDir, '--https', '443'], { hosts: true }),
      openNamespace(['--ca-dir', caDir, '--proxy', String(PROXY_PORT)]),
    ])
  }, 120_000)
  afterAll(() => {
    byHosts?.close()
    byProxy?.close()
    rmSync(built, { recursive: true, force: true })
  })

  const environment = (more: Partial<Access> = {}) =>
    environmentFor({ ...trust, ...more }, bare()) as Record<string, string>
  const exec = (...flags: string[]) => [
    process.execPath,
    program,
    'exec',
    '--ca-dir',
    caDir,
    '--no-audit',
    ...flags,
    '--',
  ]
  const by: Record<Way, (run: readonly string[]) => ReturnType<typeof finish>> = {
    'hosts entry + CA': (run) => finish([...byHosts.enter, ...run], environment()),
    'proxy + CA': (run) =>
      finish([...byProxy.enter, ...run], environment({ proxyUrl: `http://127.0.0.1:${PROXY_PORT}` })),
    'node --import': ([node = '', ...rest]) =>
      finish([...byProxy.enter, node, '--import', './dist/register.js', ...rest], {
        ...bare(),
        KAKAOPAY_MOCK_URL: 'http://127.0.0.1:8585',
      }),
    // Inside a network of loopback alone, so that a client which misses the mock cannot reach anybody.
    exec: (run) => finish([...byProxy.enter, ...exec(), ...run]),
    'exec --isolate': (run) => finish([...exec('--isolate'), ...run]),
  }

  describe.each(recipes)('$name', (recipe) => {
    const { name, run, isNode, not = [] } = recipe
    const testIt = test.skipIf(!works(recipe))

    testIt.each(ways.filter((way) => isNode || way !== 'node --import'))('by %s', { timeout: 120_000 }, async (way) => {
      const { stdout, stderr } = await by[way](run)
      seen.set(`${name}/${way}`, READY.test(stdout))
      if (not.includes(way)) expect(stdout).not.toMatch(READY)
      else expect(stdout, stderr).toMatch(READY)
    })

    testIt('and without the CA it fails', { timeout: 120_000 }, async () => {
      const { stdout, stderr } = await finish([...byHosts.enter, ...run], bare())
      seen.set(`${name}/without`, READY.test(stdout))
      expect(stdout).not.toMatch(READY)
      expect(stdout + stderr).toMatch(/certificate|SSL|PKIX|TLS/i)
    })
  })

  test.skipIf(!recipes.every(works))(`${relative(root, table)} says what was seen`, () => {
    const words = new Map([
      [true, 'yes'],
      [false, 'no'],
      [undefined, '–'],
    ])
    const mark = (key: string) => words.get(seen.get(key))
    const rows = recipes.map(({ name, file }) => {
      const refused = seen.get(`${name}/without`) ? 'reached' : 'refused'
      return `| ${name}: \`${file}\` | ${ways.map((way) => mark(`${name}/${way}`)).join(' | ')} | ${refused} |`
    })
    const text = [
      '<!-- Written by test/intercept/recipes.test.ts from what it saw (KAKAOPAY_MOCK_WRITE=1 writes it anew). -->',
      '',
      `| client | ${ways.join(' | ')} | hosts entry without the CA |`,
      `|---|${ways.map(() => '---|').join('')}---|`,
      ...rows,
      '',
    ].join('\n')
    if (process.env['KAKAOPAY_MOCK_WRITE'] === '1') writeFileSync(table, text)
    if (!fetchFollowsProxies) expect(readFileSync(table, 'utf8')).toBe(text)
  })
})
