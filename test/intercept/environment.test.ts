import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Authority, defaultAuthorityDir, pathsIn } from '../../src/intercept/authority.ts'
import { environmentFor, hostsLine, runtimes } from '../../src/intercept/environment.ts'
import { isInsideAddress } from '../../src/intercept/hosts.ts'
import {
  hostsFromFilesFirst,
  IsolationError,
  isolatedHosts,
  isolationPrefix,
  type Run,
} from '../../src/intercept/isolation.ts'
import { subjectHash } from '../../src/intercept/subject-hash.ts'
import { readPass } from '../../src/intercept/target.ts'
import { needs } from '../needs.ts'
import { temporaryAuthority } from './listening.ts'
import { finish, program } from './namespace.ts'

let authority: Authority
let remove: () => void
beforeAll(async () => {
  ;({ authority, remove } = await temporaryAuthority())
})
afterAll(() => remove())

describe('the variables', () => {
  const access = {
    paths: pathsIn('/ca'),
    proxyUrl: 'http://127.0.0.1:8586',
    mockUrl: 'http://127.0.0.1:8585',
    preloadUrl: 'file:///a%20b/register.js',
  }
  const trust =
    '-Djavax.net.ssl.trustStore=/ca/truststore.p12 -Djavax.net.ssl.trustStorePassword=changeit -Djavax.net.ssl.trustStoreType=PKCS12'

  test('are these, for a mock with a proxy', () => {
    const proxy = 'http://127.0.0.1:8586'
    const local = 'localhost,127.0.0.1,::1'
    expect(environmentFor(access)).toEqual({
      HTTP_PROXY: proxy,
      http_proxy: proxy,
      HTTPS_PROXY: proxy,
      https_proxy: proxy,
      ALL_PROXY: proxy,
      all_proxy: proxy,
      NO_PROXY: local,
      no_proxy: local,
      NODE_EXTRA_CA_CERTS: '/ca/ca.pem',
      NODE_USE_ENV_PROXY: '1',
      NODE_OPTIONS: '--import=file:///a%20b/register.js',
      KAKAOPAY_MOCK_URL: 'http://127.0.0.1:8585',
      REQUESTS_CA_BUNDLE: '/ca/bundle.pem',
      SSL_CERT_FILE: '/ca/bundle.pem',
      CURL_CA_BUNDLE: '/ca/bundle.pem',
      PHP_INI_SCAN_DIR: ':/ca/php',
      DENO_CERT: '/ca/ca.pem',
      JAVA_TOOL_OPTIONS: `${trust} -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=8586 -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=8586 -Dhttp.nonProxyHosts=localhost|127.*|[::1]`,
    })
  })

  test('are for trust alone without one', () => {
    const { JAVA_TOOL_OPTIONS, ...rest } = environmentFor({ paths: access.paths })
    expect(JAVA_TOOL_OPTIONS).toBe(trust)
    expect(Object.keys(rest).filter((name) => /proxy|NODE_OPTIONS|MOCK_URL/i.test(name))).toEqual([])
  })

  test('come behind what was there in lists, and in its place elsewhere', () => {
    const before = {
      NODE_OPTIONS: '--a',
      JAVA_TOOL_OPTIONS: '-Xmx1g',
      PHP_INI_SCAN_DIR: '/etc/php',
      NO_PROXY: '*',
      PATH: '/bin',
    }
    expect(environmentFor(access, before)).toMatchObject({
      NODE_OPTIONS: '--a --import=file:///a%20b/register.js',
      JAVA_TOOL_OPTIONS: expect.stringMatching(/^-Xmx1g -Djavax/),
      PHP_INI_SCAN_DIR: '/etc/php:/ca/php',
      NO_PROXY: 'localhost,127.0.0.1,::1',
      PATH: '/bin',
    })
  })

  test('are quoted for the JVM where a path has a space', () => {
    const { JAVA_TOOL_OPTIONS } = environmentFor({ paths: pathsIn('/my ca') })
    expect(JAVA_TOOL_OPTIONS).toMatch(/^"-Djavax\.net\.ssl\.trustStore=\/my ca\/truststore\.p12" -D/)
  })
})

describe('kakaopay-mock ca', () => {
  const run = (...args: string[]) => finish([process.execPath, program, 'ca', '--ca-dir', authority.paths.dir, ...args])

  test('prints paths, a line to set for each variable, and how to remove the trust', async () => {
    const { code, stdout, stderr } = await run('--proxy', '8586')
    expect([code, stderr]).toEqual([0, ''])
    for (const path of [authority.paths.ca, authority.paths.bundle, authority.paths.trustStore])
      expect(stdout).toContain(`  ${path}\n`)
    const { paths } = authority
    for (const { variables } of runtimes({ paths, proxyUrl: 'http://127.0.0.1:8586' }))
      for (const name of Object.keys(variables)) expect(stdout).toContain(`\nexport ${name}=`)
    expect(stdout).toContain(
      `To remove the trust again: unset the variables, take the line out of /etc/hosts, and\n  rm -r ${paths.dir}\n`,
    )
  })

  test('prints lines that a shell reads back', async () => {
    const { stdout } = await run('--proxy', '8586')
    const lines = stdout.split('\n').filter((line) => line.startsWith('export '))
    const { stdout: read } = spawnSync('sh', ['-c', `${lines.join('\n')}\nprintf %s "$JAVA_TOOL_OPTIONS"`], {
      encoding: 'utf8',
      env: {},
    })
    const { paths } = authority
    expect(read).toBe(environmentFor({ paths, proxyUrl: 'http://127.0.0.1:8586' })['JAVA_TOOL_OPTIONS'])
  })

  test('as JSON holds the same', async () => {
    const { paths, endsAt } = authority
    expect(JSON.parse((await run('--json')).stdout)).toEqual({
      ...paths,
      ends: new Date(endsAt).toISOString(),
      runtimes: runtimes({ paths }),
    })
  })

  test('keeps its folder where KAKAOPAY_MOCK_CA_DIR says', () => {
    expect(defaultAuthorityDir({ KAKAOPAY_MOCK_CA_DIR: '/elsewhere' })).toBe('/elsewhere')
    expect(defaultAuthorityDir({})).toMatch(/\/\.kakaopay-mock$/)
  })
})

describe('isolation', () => {
  const answering =
    (answers: Record<string, Partial<ReturnType<Run>>>): Run =>
    (command) => ({ status: 0, stderr: '', missing: false, ...answers[command] })

  test('is for root without a user namespace, for others with one', () => {
    expect(isolationPrefix('linux', 0, answering({}))).toEqual(['unshare', '--net', '--mount', '--'])
    expect(isolationPrefix('linux', 1000, answering({}))).toEqual([
      'unshare',
      '--net',
      '--mount',
      '--user',
      '--map-root-user',
      '--',
    ])
  })

  test.each<[string, string, number, Parameters<typeof answering>[0], RegExp]>([
    [
      'on another system',
      'darwin',
      0,
      {},
      /^--isolate needs Linux’s network namespaces, and this is darwin\. Without --isolate/,
    ],
    ['without unshare', 'linux', 0, { unshare: { missing: true } }, /needs unshare \(Debian package util-linux\)/],
    ['without ip', 'linux', 0, { ip: { missing: true } }, /needs ip \(Debian package iproute2\)/],
    [
      'to root in a container',
      'linux',
      0,
      { unshare: { status: 1, stderr: 'unshare failed: Operation not permitted\n' } },
      /forbidden here \(unshare failed: Operation not permitted\)\. In a container, start it with --cap-add SYS_ADMIN/,
    ],
    [
      'to a user',
      'linux',
      1000,
      { unshare: { status: 1 } },
      /forbidden here \(unshare ended with 1\)\. Run it as root, or allow user namespaces: sysctl/,
    ],
  ])('says what to do where it is not possible %s', (_, platform, uid, answers, message) => {
    expect(() => isolationPrefix(platform, uid, answering(answers))).toThrow(IsolationError)
    expect(() => isolationPrefix(platform, uid, answering(answers))).toThrow(message)
  })

  test('maps KakaoPay’s names to loopback, whatever was there', () => {
    expect(hostsLine()).toBe('127.0.0.1 open-api.kakaopay.com online-payment.kakaopay.com online-pay.kakaopay.com')
    expect(
      isolatedHosts(
        '127.0.0.1\tlocalhost\n10.0.0.1 open-api.kakaopay.com # old\n10.0.0.2 db # open-api.kakaopay.com\n',
      ),
    ).toBe(`127.0.0.1\tlocalhost\n10.0.0.2 db # open-api.kakaopay.com\n${hostsLine()} kapi.kakao.com\n`)
    expect(isolatedHosts('')).toBe(`127.0.0.1 localhost\n${hostsLine()} kapi.kakao.com\n`)
    expect(hostsFromFilesFirst('passwd: files\nhosts: resolve [!UNAVAIL=return] files\n')).toBe(
      'passwd: files\nhosts: files dns\n',
    )
  })

  test.skipIf(!needs('openssl'))('finds the name under which OpenSSL looks the authority up', () => {
    const { stdout } = spawnSync('openssl', ['x509', '-hash', '-noout', '-in', authority.paths.ca], {
      encoding: 'utf8',
    })
    expect(`${subjectHash(readFileSync(authority.paths.ca, 'utf8'))}\n`).toBe(stdout)
  })
})

describe('--pass', () => {
  test.each([
    ['Registry.Example', 'registry.example'],
    ['registry.example.', 'registry.example'],
    ['registry.example:8443', 'registry.example:8443'],
    [' 10.0.0.5 ', '10.0.0.5'],
    ['::1', '::1'],
    ['[::1]', '::1'],
    ['[::1]:80', '[::1]:80'],
  ])('reads %j', (text, read) => {
    expect(readPass(text)).toBe(read)
  })
  test.each(['', 'https://a.example', 'a.example/x', '*.example', 'a b', 'a:0', 'a:99999', 'u@a.example'])(
    'refuses %j',
    (text) => {
      expect(() => readPass(text)).toThrow(/host/)
    },
  )
})

describe('inside addresses', () => {
  test.each([
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
  ])('%s is one', (address) => {
    expect(isInsideAddress(address)).toBe(true)
  })
  test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2001:db8::1', '::ffff:8.8.8.8', 'localhost'])(
    '%s is none',
    (address) => {
      expect(isInsideAddress(address)).toBe(false)
    },
  )
})
