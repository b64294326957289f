import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterAll, describe, expect, test } from 'vitest'
import { startMock } from '../../src/index.ts'
import { needs } from '../needs.ts'
import { clean, program, run, runHere, serve } from './kakaopay-mock.ts'

const folder = mkdtempSync(join(tmpdir(), 'commands-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// Each starts processes, which take seconds on a machine that is busy.
const slowly = { timeout: 60_000 }

describe.skipIf(!needs('time'))('serve', slowly, () => {
  test('prints every address, the dashboard, a curl line and how to stop it', async () => {
    const served = await serve(['--https', '0', '--proxy', '0', '--ca-dir', folder])
    await expect.poll(() => served.output.stdout).toContain('Ctrl-C to stop')
    expect(served.output.stdout).toMatch(
      /^KakaoPay API {2}http:\/\/127\.0\.0\.1:\d+\nHTTPS {9}https:\/\/127\.0\.0\.1:\d+\nProxy {9}http:\/\/127\.0\.0\.1:\d+\nDashboard {5}http:\/\/127\.0\.0\.1:\d+\/_mock\/\n\nTry it:\n {2}curl -s http/,
    )
    await served.stop()
  })

  test('--log silent prints the addresses as one JSON line', async () => {
    const served = await serve(['--log', 'silent', '--https', '0', '--proxy', '0', '--ca-dir', folder])
    expect(served.output.stdout.split('\n')).toHaveLength(2)
    const { url, https, proxy } = JSON.parse(served.output.stdout) as Record<string, string>
    expect(url).toBe(served.url)
    expect(new URL(https ?? '').protocol).toBe('https:')
    expect(new URL(proxy ?? '').port).not.toBe(new URL(url ?? '').port)
    await served.stop()
  })

  test('SIGTERM ends it within the grace time, whatever is open on its HTTPS port and its proxy', async () => {
    const served = await serve(['--log', 'silent', '--https', '0', '--proxy', '0', '--ca-dir', folder])
    const { https, proxy } = JSON.parse(served.output.stdout) as Record<string, string>
    const plain = (url = '') => connect(Number(new URL(url).port), '127.0.0.1')
    const secure = (text: string) => {
      const socket = connectTls({
        port: Number(new URL(https ?? '').port),
        host: '127.0.0.1',
        rejectUnauthorized: false,
      })
      socket.write(text)
      return socket
    }
    const head = 'HTTP/1.1\r\nHost: 127.0.0.1\r\n'
    const open = [
      plain(https),
      plain(proxy),
      secure(`GET /_mock/health ${head}\r\n`),
      secure(`GET /_mock/events ${head}\r\n`),
      secure(`POST /online/v1/payment/ready ${head}Content-Length: 10\r\n\r\n{"ci`),
    ]
    const closed = open.map((socket) => new Promise((done) => socket.on('error', () => {}).once('close', done)))
    for (const socket of open) socket.resume()
    await Promise.all(open.slice(2, 4).map((socket) => once(socket, 'data')))
    const { code, ms } = await served.stop()
    expect(code).toBe(0)
    expect(ms).toBeLessThan(4000)
    await Promise.all(closed)
  })

  test('the curl line is quoted for a shell where the address is IPv6', async () => {
    const served = await serve(['--host', '::1'])
    expect(served.output.stdout).toMatch(/curl -s 'http:\/\/\[::1\]:\d+\/online\/v1\/payment\/ready' -H/)
    expect((await run(['health', '--host', '::1', '--port', new URL(served.url).port])).code).toBe(0)
    await served.stop()
  })

  test('warns in one line where it listens beyond loopback without a control token, and not with one', async () => {
    const warning = /"event":"WARNING: listens beyond loopback without a control token: .*--control-token TEXT/
    const open = await serve(['--host', '0.0.0.0'])
    await open.stop()
    expect(open.output.stderr).toMatch(warning)
    for (const args of [['--host', '0.0.0.0', '--control-token', 'sesame'], ['--host', '127.0.0.2'], []]) {
      const served = await serve(args)
      await served.stop()
      expect(served.output.stderr).not.toMatch(warning)
    }
  })

  test('--open opens the dashboard in the browser, and says its URL where there is none', async () => {
    const opened = join(folder, 'opened')
    const browser = join(folder, 'browser')
    writeFileSync(browser, `#!/bin/sh\necho "$1" >'${opened}'\n`, { mode: 0o755 })
    const served = await serve(['--open'], { BROWSER: browser })
    await expect.poll(() => spawnSync('cat', [opened], { encoding: 'utf8' }).stdout).toBe(`${served.url}/_mock/\n`)
    await served.stop()
    const without = await serve(['--open'], { BROWSER: '/no/such/browser' })
    const line = `kakaopay-mock: no browser could be started; open ${without.url}/_mock/\n`
    await expect.poll(() => without.output.stderr).toContain(line)
    await without.stop()
  })
})

describe('wait', () => {
  test('waits until a mock serves and prints its address', async () => {
    const { port } = await freePort()
    const waiting = runHere(['wait', '--port', String(port)])
    const served = await startMock({ port })
    expect(await waiting).toEqual({ code: 0, stdout: `${served.url}\n`, stderr: '' })
    await served.close()
  })

  test('ends with code 3 when the time is over, and with 2 for what is no time', async () => {
    const { port } = await freePort()
    expect(await runHere(['wait', `http://127.0.0.1:${port}`, '--timeout', '300ms'])).toEqual({
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(
        /^kakaopay-mock: http:\/\/127\.0\.0\.1:\d+ does not answer: .* \(waited 0\.3 s\)\n$/,
      ),
    })
    expect((await runHere(['wait', '--timeout', 'soon'])).code).toBe(2)
  })
})

const freePort = async () => {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return { port }
}

describe('the mock that a command asks', () => {
  test('is the URL, then --host and --port, then KAKAOPAY_MOCK_URL, then the configured port', async () => {
    const named = await startMock({ seed: 'named' })
    const other = await startMock()
    const port = new URL(other.url).port
    const asked = async (args: string[], env: Record<string, string>) =>
      (await runHere(['wait', ...args], env)).stdout.trim()
    const env = { KAKAOPAY_MOCK_URL: named.url, KAKAOPAY_MOCK_PORT: port }
    expect(await asked([], env)).toBe(named.url)
    expect(await asked(['--port', port], env)).toBe(other.url)
    expect(await asked(['--url', other.url], env)).toBe(other.url)
    expect(await asked([other.url], env)).toBe(other.url)
    expect(await asked([], { KAKAOPAY_MOCK_PORT: port })).toBe(other.url)
    await named.close()
    await other.close()
  })

  test('that is none says so with its name and code 3', async () => {
    const shop = createServer((_req, res) => res.end('<html>'))
    await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
    expect(await runHere(['pay', 'T0', '--url', url])).toEqual({
      code: 3,
      stdout: '',
      stderr: `kakaopay-mock: ${url} is no mock: it answered HTTP 200 without JSON\n`,
    })
    shop.close()
  })
})

describe.skipIf(!needs('time'))('ca', slowly, () => {
  test.skipIf(process.platform === 'win32')('makes its folder 0700 whatever the umask', () => {
    const dir = join(folder, 'parent', 'ca')
    const line = `umask 0; exec '${process.execPath}' '${program}' ca --json --ca-dir '${dir}'`
    const { status, stdout } = spawnSync('sh', ['-c', line], { env: clean, encoding: 'utf8' })
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ dir })
    expect(statSync(dir).mode & 0o777).toBe(0o700)
  })

  test('prints lines that a shell reads back, whatever the folder is called', () => {
    const dir = join(folder, "it's a $HOME")
    const env = { ...clean, NODE: process.execPath, PROGRAM: program, DIR: dir }
    spawnSync('sh', ['-c', '"$NODE" "$PROGRAM" ca --proxy 8586 --ca-dir "$DIR" >"$DIR.txt"'], { env })
    const exports = readFileSync(`${dir}.txt`, 'utf8')
      .split('\n')
      .filter((text) => text.startsWith('export '))
    const { stdout } = spawnSync('sh', ['-c', `${exports.join('\n')}\nprintf %s "$SSL_CERT_FILE"`], {
      env,
      encoding: 'utf8',
    })
    expect(stdout).toBe(join(dir, 'bundle.pem'))
  })
})

test.skipIf(!needs('time'))(
  'the log is coloured by FORCE_COLOR, without a terminal too, and never by NO_COLOR',
  slowly,
  async () => {
    for (const [env, colored] of [
      [{}, false],
      [{ FORCE_COLOR: '1' }, true],
      [{ FORCE_COLOR: '0' }, false],
      [{ NO_COLOR: '1' }, false],
    ] as const) {
      const served = await serve(['--log', 'text'], env)
      await served.stop()
      expect(served.output.stderr.includes('\u001b[2m')).toBe(colored)
    }
  },
)

describe('check traffic', () => {
  test('of a command that sends nothing is code 4 and says so', async () => {
    const { code, stderr } = await runHere(['check', 'traffic', '--', 'true'])
    expect([code, stderr]).toEqual([4, 'kakaopay-mock: nothing was sent to the mock, so nothing was checked\n'])
    expect((await runHere(['check', 'traffic', '--', 'false'])).code).toBe(1)
  })
})

test('a wrong JSON value says what is wrong with it', async () => {
  const cids = await runHere(['serve', '--cids', '[{"cid":"C1",}]'])
  expect(cids.code).toBe(2)
  expect(cids.stderr).toMatch(/^kakaopay-mock: --cids must be a JSON array of objects; .*JSON.*, not "…"\n$/)
  const faults = await runHere(['serve', '--faults', '[{"do":{"fault":"commit-then-drp"}}]'])
  expect(faults.stderr).toMatch(/did you mean commit-then-drop\?/)
})
