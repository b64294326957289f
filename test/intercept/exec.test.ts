import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAuthority } from '../../src/intercept/authority.ts'
import { needs } from '../needs.ts'
import { listening } from './listening.ts'
import { bare, finish, program, root } from './namespace.ts'

let dir: string
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'exec-'))
  await openAuthority({ dir: join(dir, 'ca') })
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const node = process.execPath
const words = (...flags: string[]) => [node, program, 'exec', '--ca-dir', join(dir, 'ca'), ...flags]
const exec = (flags: readonly string[], command: readonly string[], env: Record<string, string> = {}) =>
  finish([...words(...flags), '--', ...command], { ...bare(), ...env })
const script = (code: string) => [node, '--input-type=module', '-e', code]
const CALL = `const ready = await fetch('https://open-api.kakaopay.com/online/v1/payment/ready', { method: 'POST',
  headers: { Authorization: 'SECRET_KEY DEV_EXEC', 'Content-Type': 'application/json' }, body: JSON.stringify({ cid: 'TC0ONETIME',
  partner_order_id: 'order-1', partner_user_id: 'user-1', item_name: 'x', quantity: 1, total_amount: 1100, tax_free_amount: 0,
  approval_url: 'https://a.example/', cancel_url: 'https://a.example/', fail_url: 'https://a.example/' }) });
  console.log(ready.status, Object.keys(await ready.json())[0])`

const NOTHING =
  'kakaopay-mock: no call to KakaoPay reached the mock; try --isolate, which reaches clients that read no variable\n'

/** Each starts two processes: all of them together take longer than `npm test` may. */
const slow = test.skipIf(!needs('time'))

describe('kakaopay-mock exec', () => {
  test('runs a command whose calls reach the mock, and prints the audit to stderr', async () => {
    const { code, stdout, stderr } = await exec([], script(CALL))
    expect([code, stdout]).toEqual([0, '200 tid\n'])
    expect(stderr).toContain('1 payment, 0 unsettled')
    expect(stderr).toContain('order-1')
  })

  slow(
    'judges the traffic on request: what a broken rule costs is the exit code, unless the command failed itself',
    async () => {
      const twice = `${CALL}; const { tid } = await (await fetch('https://open-api.kakaopay.com/online/v1/payment/order', { method: 'POST', body: 'cid=x' })).json()`
      const clean = await exec(['--check-traffic', '--no-audit'], script(CALL))
      expect([clean.code, clean.stdout]).toEqual([0, '200 tid\n'])
      expect(clean.stderr).not.toBe('')
      const broken = await exec(['--check-traffic', '--no-audit'], script(twice))
      expect([broken.code, broken.stdout]).toEqual([1, '200 tid\n'])
      expect((await exec(['--check-traffic', '--no-audit'], script(`${twice}; process.exit(6)`))).code).toBe(6)
    },
  )

  slow('takes the flags of serve', async () => {
    const { stdout } = await exec(['--keys', 'DEV_OTHER', '--no-audit'], script(CALL))
    expect(stdout).toBe('401 error_code\n')
  })

  test('refuses what would leave, says so at the end, and stays silent otherwise', async () => {
    const through = `import { request } from 'node:http'; const { hostname: host, port } = new URL(process.env.HTTP_PROXY)
      for (const path of ['http://bank.example/secret', 'http://bank.example/', 'http://127.0.0.1:1/'])
        await new Promise((done) => request({ host, port, path }, (res) => done(console.log(res.resume().statusCode))).end())`
    expect(await exec(['--no-audit'], script(through))).toEqual({
      code: 0,
      stdout: '403\n403\n403\n',
      stderr: `${NOTHING}
3 attempts to reach another host, refused:
  GET http://bank.example:80 (2 times)
  GET http://127.0.0.1:1
  --pass HOST lets one through.
`,
    })
    expect(await exec(['--no-audit'], ['true'])).toEqual({ code: 0, stdout: '', stderr: NOTHING })
    expect((await exec(['--no-audit'], script(CALL))).stderr).toBe('')
  })

  slow('refuses and reports what Node’s fetch and https send to others', async () => {
    const calls = `import https from 'node:https'
      console.log(await fetch('https://other.example/secret').catch(() => 'refused'))
      https.get('https://second.example/').on('error', () => console.log('refused'))`
    const { stdout, stderr } = await exec(['--no-audit'], script(calls))
    expect(stdout).toBe('refused\nrefused\n')
    expect(stderr).toContain(`
2 attempts to reach another host, refused:
  CONNECT other.example:443
  CONNECT second.example:443
`)
  })

  slow(
    'answers a direct fetch to the retired host, and reports what it asks beside payments as what tried to leave',
    async () => {
      const calls = `const pay = await fetch('https://kapi.kakao.com/v1/payment/ready', { method: 'POST', body: 'cid=TC0ONETIME' })
      console.log(pay.status, (await pay.json()).msg.slice(0, 24))
      console.log((await (await fetch('https://kapi.kakao.com/v2/user/me')).json()).code)`
      const { stdout, stderr } = await exec(['--no-audit'], script(calls))
      expect(stdout).toBe('403 kapi.kakao.com is retire\n-3\n')
      expect(stderr).toContain('1 attempt to reach another host, refused:\n  GET https://kapi.kakao.com\n')
    },
  )

  slow('names its mock to the commands inside it', async () => {
    const inside = `'${node}' '${program}'`
    const commands = `${inside} health && ${inside} wait && ${inside} audit --json && ${inside} pay T0; exit $?`
    const { code, stdout, stderr } = await exec(['--no-audit', '--control-token', 'sesame'], ['sh', '-c', commands])
    const [health = '', url = '', audit = ''] = stdout.split('\n')
    expect(JSON.parse(health)).toMatchObject({ status: 'ok' })
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(JSON.parse(audit)).toMatchObject({ payments: 0 })
    expect(stderr).toContain(`kakaopay-mock: ${url}: there is no payment T0`)
    expect(code).toBe(1)
  })

  slow('keeps the authorities that the user’s variables name, and adds its own to copies of them', async () => {
    const own = join(dir, 'own.pem')
    writeFileSync(own, rootCertificates[0] ?? '')
    const names = ['NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE']
    const print = `const { readFileSync } = require('node:fs')
      console.log(JSON.stringify(${JSON.stringify(names)}.map((name) => readFileSync(process.env[name], 'utf8'))))`
    const env = Object.fromEntries(names.map((name) => [name, own]))
    const { stdout } = await exec(['--no-audit'], [node, '-e', print], env)
    const ca = readFileSync(join(dir, 'ca', 'ca.pem'), 'utf8')
    expect(JSON.parse(stdout)).toEqual(names.map(() => `${rootCertificates[0]}\n${ca}`))
    expect(readFileSync(own, 'utf8')).toBe(rootCertificates[0])
  })

  slow.each([
    [[], 'answered here'],
    [['--pass', 'other.example'], 'answered here'],
    [['--pass', 'kapi.kakao.com'], 'left alone'],
    [['--pass', 'kapi.kakao.com:443'], 'left alone'],
  ])('with %j a direct fetch to kapi.kakao.com is %s', async (flags, said) => {
    const asks = "console.log(process.env.KAKAOPAY_MOCK_ANSWER_RETIRED ? 'answered here' : 'left alone')"
    expect((await exec(['--no-audit', ...flags], script(asks))).stdout).toBe(`${said}\n`)
  })

  slow('lets through what --pass names', async () => {
    const outside = createServer((_req, res) => res.end('outside'))
    const port = await listening(outside)
    const through = `import { request } from 'node:http'; const { hostname: host, port } = new URL(process.env.HTTP_PROXY)
      request({ host, port, path: 'http://127.0.0.1:${port}/' }, (res) => res.pipe(process.stdout)).end()`
    const { stdout, stderr } = await exec(['--no-audit', '--pass', '127.0.0.1'], script(through))
    expect([stdout, stderr]).toEqual(['outside', NOTHING])
    outside.close()
  })

  slow('a host that --pass names fails by its own error, not as one that is refused', async () => {
    const calls = `await fetch('https://other.invalid/').catch(({ cause }) => console.log(cause.code))`
    const { stdout, stderr } = await exec(['--no-audit', '--pass', 'other.invalid'], script(calls))
    expect([stdout, stderr]).toEqual([expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)\n$/), NOTHING])
  })

  slow('redirect URLs of the real hosts lead to the page, and pay takes them', async () => {
    const follow = `${CALL.replace('await ready.json()', '(globalThis.body = await ready.json())')}
      const { next_redirect_pc_url: url } = globalThis.body
      console.log(new URL(url).host, (await fetch(url)).status)
      const { execFileSync } = await import('node:child_process')
      console.log(execFileSync(process.execPath, ['${program}', 'pay', url], { encoding: 'utf8' }))`
    const { stdout } = await exec(['--no-audit', '--redirects', 'real'], script(follow))
    expect(stdout).toMatch(
      /^200 tid\nonline-payment\.kakaopay\.com 200\nhttps:\/\/a\.example\/\?pg_token=([0-9a-f]{20})\n\1\n/,
    )
  })

  test.each([
    ['its exit code', ['sh', '-c', 'exit 7'], 7],
    ['the signal that ended it', ['sh', '-c', 'kill -KILL $$'], 137],
    ['that it was not found', ['no-such-command-here'], 127],
  ])('passes on %s', async (_, command, code) => {
    expect((await exec(['--no-audit'], command)).code).toBe(code)
  })

  slow('passes on that it may not be run', async () => {
    const file = join(dir, 'not-a-program')
    writeFileSync(file, '')
    chmodSync(file, 0o600)
    const { code, stderr } = await exec(['--no-audit'], [file])
    expect(code).toBe(126)
    expect(stderr).toContain(`kakaopay-mock: cannot run ${file}: `)
  })

  slow.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2'] as const)('passes %s on and still reports', async (signal) => {
    const catching = `process.on('${signal}', () => { console.log('${signal}'); process.exit(5) }); setInterval(() => {}, 1000); console.log('up')`
    const child = spawn(words()[0] ?? '', [...words().slice(1), '--', node, '-e', catching], { cwd: root, env: bare() })
    let stdout = ''
    let stderr = ''
    child.stderr.on('data', (chunk) => (stderr += chunk))
    child.stdout.on('data', (chunk) => {
      stdout += chunk
      if (stdout === 'up\n') child.kill(signal)
    })
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect([code, stdout]).toEqual([5, `up\n${signal}\n`])
    expect(stderr).toContain('0 payments')
  })

  slow('keeps what the user has set for the runtimes, and replaces what would lead around the mock', async () => {
    const print =
      "const e = process.env; console.log([e.NODE_OPTIONS, e.NO_PROXY, e.SHOP, e.KAKAOPAY_MOCK_INSIDE].join('|'))"
    const env = { NODE_OPTIONS: '--no-warnings', NO_PROXY: '.kakaopay.com', SHOP: 'kept' }
    const { stdout } = await exec(['--no-audit'], [node, '-e', print], env)
    expect(stdout).toMatch(/^--no-warnings --import=file:\/\/\S+\/register\.js\|localhost,127\.0\.0\.1,::1\|kept\|\n$/)
    expect((await exec(['--no-audit', '--no-preload'], [node, '-e', print], env)).stdout).toMatch(/^--no-warnings\|/)
  })

  slow.each([
    [[], 'kakaopay-mock: exec needs a command behind --, such as: kakaopay-mock exec -- npm test\n'],
    [['--'], 'kakaopay-mock: exec needs a command behind --, such as: kakaopay-mock exec -- npm test\n'],
    [['npm', '--', 'test'], 'kakaopay-mock: put the command behind --, not "npm"\n'],
    [['--nonsense', '--', 'true'], 'kakaopay-mock: unknown flag --nonsense; see --help\n'],
    [
      ['--pass', 'https://a.example', '--', 'true'],
      'kakaopay-mock: --pass must be a host or host:port, such as registry.example or 10.0.0.5:5432, without a scheme, path or wildcard\n',
    ],
    [
      ['--ca-dir', '/dev/null', '--', 'true'],
      expect.stringMatching(
        /^kakaopay-mock: cannot keep the local certificate authority in \/dev\/null: .*--ca-dir DIR/,
      ),
    ],
  ])('%j is a clear line and exit code 2', async (args, stderr) => {
    expect(
      await finish([node, program, 'exec', ...args], { ...bare(), KAKAOPAY_MOCK_CA_DIR: join(dir, 'ca') }),
    ).toEqual({ code: 2, stdout: '', stderr })
  })
})

describe.skipIf(!needs('unshare'))('kakaopay-mock exec --isolate', () => {
  const isolated = (command: readonly string[]) => exec(['--isolate', '--no-audit'], command)
  const HEALTH = 'https://open-api.kakaopay.com/_mock/health'

  test.skipIf(!needs('curl', 'python', 'openssl'))(
    'reaches clients that read no variable at all',
    { timeout: 90_000 },
    async () => {
      for (const client of [
        ['curl', '-sS', '--noproxy', '*', HEALTH],
        ['env', '-i', 'curl', '-sS', HEALTH],
        [
          'env',
          '-i',
          '/usr/bin/python3',
          '-c',
          `import urllib.request as u; print(u.urlopen('${HEALTH}').read().decode())`,
        ],
        [
          'env',
          '-i',
          'openssl',
          's_client',
          '-brief',
          '-verify_return_error',
          '-no-CAfile',
          '-no-CApath',
          '-no-CAstore',
          '-connect',
          'open-api.kakaopay.com:443',
        ],
        [
          'env',
          '-i',
          'openssl',
          's_client',
          '-brief',
          '-verify_return_error',
          '-CApath',
          '/etc/ssl/certs',
          '-no-CAfile',
          '-connect',
          'open-api.kakaopay.com:443',
        ],
      ]) {
        const { stdout, stderr } = await isolated(client)
        if (client.includes('-no-CAstore'))
          expect(stdout + stderr, 'the control').toMatch(/verify failed|unable to get/)
        else expect(stdout + stderr, client.join(' ')).toMatch(/"status":"ok"|Verification: OK/)
      }
    },
  )

  test.skipIf(!needs('curl'))('lets nothing leave: no name, no address, no route', { timeout: 60_000 }, async () => {
    const names = await isolated(['curl', '-sS', '--noproxy', '*', 'https://other.example/'])
    expect([names.code, names.stderr]).toEqual([6, expect.stringContaining('Could not resolve host')])
    const socket = "require('net').connect(5432, '203.0.113.1').on('error', (e) => console.log(e.code))"
    expect((await isolated([node, '-e', socket])).stdout).toBe('ENETUNREACH\n')
  })

  test('reports what fetch tried to reach as what tried to leave', { timeout: 60_000 }, async () => {
    const fetches = "fetch('https://other.example/').catch(() => fetch('https://second.example/')).catch(() => {})"
    const { code, stderr } = await isolated([node, '-e', fetches])
    expect([code, stderr]).toEqual([
      0,
      `kakaopay-mock: no call to KakaoPay reached the mock

2 attempts to reach another host, refused:
  CONNECT other.example:443
  CONNECT second.example:443
  Under --isolate nothing can leave.
`,
    ])
  })

  test('changes nothing outside, passes the exit code on and leaves no file behind', { timeout: 60_000 }, async () => {
    const before = await finish([
      'sh',
      '-c',
      'cat /etc/hosts /proc/self/mounts; ls /etc/ssl/certs | wc -l; ls -d /tmp/kakaopay-mock-isolated-* 2>/dev/null',
    ])
    const { code, stdout } = await isolated(['sh', '-c', 'grep -c kakaopay /etc/hosts; exit 9'])
    expect([code, stdout]).toEqual([9, '1\n'])
    expect(
      await finish([
        'sh',
        '-c',
        'cat /etc/hosts /proc/self/mounts; ls /etc/ssl/certs | wc -l; ls -d /tmp/kakaopay-mock-isolated-* 2>/dev/null',
      ]),
    ).toEqual(before)
  })
})
