import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { needs } from '../needs.ts'
import { run, runHere, serve } from './kakaopay-mock.ts'

test('serve prints its address and is healthy, and the health command says so', async () => {
  const served = await serve()
  const health = await fetch(`${served.url}/_mock/health`)
  expect(health.status).toBe(200)
  const state = await health.text()
  expect(JSON.parse(state)).toMatchObject({ status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
  const asked = await runHere(['health', served.url])
  expect(asked).toEqual({ code: 0, stdout: `${state}\n`, stderr: '' })
  expect((await served.stop()).code).toBe(0)
  const gone = await runHere(['health', served.url])
  expect(gone).toEqual({
    code: 3,
    stdout: '',
    stderr: expect.stringContaining(`kakaopay-mock: ${served.url} does not answer: `),
  })
})

describe.skipIf(!needs('time'))('kakaopay-mock serve', { timeout: 60_000 }, () => {
  test.skipIf(!needs('curl'))('the curl line that it prints works when pasted into a shell', async () => {
    const served = await serve()
    const line = /curl .*/.exec(served.output.stdout)?.[0] ?? ''
    const { stdout } = spawnSync('sh', ['-c', line], { encoding: 'utf8' })
    expect(JSON.parse(stdout)).toMatchObject({ tid: expect.stringMatching(/^T[0-9a-f]{19}$/) })
    const { next_redirect_pc_url } = JSON.parse(stdout) as { next_redirect_pc_url: string }
    expect(next_redirect_pc_url.startsWith(`${served.url}/mockup/bridge/pc/`)).toBe(true)
    expect((await fetch(next_redirect_pc_url)).status).toBe(200)
    await served.stop()
  })

  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s finishes an open request and exits 0 within a second',
    async (signal) => {
      const served = await serve()
      // A kept-alive connection must not hold it up.
      await (await fetch(`${served.url}/_mock/health`)).text()
      const { code, ms } = await served.stop(signal)
      expect(code).toBe(0)
      expect(ms).toBeLessThan(4000)
    },
  )

  test('a port in use is one clear line and exit code 2', async () => {
    const other = createServer()
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { code, stderr } = await run(['serve', '--port', String(port)])
    expect(stderr).toBe(
      `kakaopay-mock: port ${port} on 127.0.0.1 is in use; choose another with --port N, or --port 0 for any free one\n`,
    )
    expect(code).toBe(2)
    other.close()
  })

  test('logs JSON lines where stderr is no terminal, and text on request', async () => {
    const json = await serve()
    await json.stop()
    const [first = ''] = json.output.stderr.split('\n')
    expect(JSON.parse(first)).toEqual({ time: expect.stringMatching(/Z$/), event: 'listening', url: json.url })
    const text = await serve(['--log', 'text'])
    await text.stop()
    expect(text.output.stderr).toMatch(/^\d\d:\d\d:\d\d listening url=http:/)
    const silent = await serve(['--log', 'silent'])
    await silent.stop()
    expect(silent.output).toEqual({ stdout: `{"url":"${silent.url}"}\n`, stderr: '' })
  })

  test('a line for every call, with what refused it; nothing in it moves a terminal’s cursor', async () => {
    const ask = (url: string, path: string, body: object) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization: 'SECRET_KEY DEV_LOGGED_KEY', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).then((answer) => answer.text())
    const served = await serve()
    await ask(served.url, '/online/v1/payment/order', { cid: 'TC0ONETIME', tid: 'T0000000000000000000' })
    await ask(served.url, '/v1/payment/ready', {})
    await served.stop()
    const lines = served.output.stderr.split('\n').filter(Boolean)
    expect(lines.slice(1, 3).map((line) => JSON.parse(line))).toEqual([
      {
        time: expect.any(String),
        event: 'order',
        status: 400,
        ms: expect.any(Number),
        tid: 'T0000000000000000000',
        refused: 'tid-unknown',
        rule: 'tid.known',
      },
      {
        time: expect.any(String),
        event: 'POST /v1/payment/ready',
        status: 404,
        ms: expect.any(Number),
        refused: 'not-found',
        rule: 'wire.path',
      },
    ])
    expect(served.output.stderr).not.toContain('DEV_LOGGED_KEY')
    const text = await serve(['--log', 'text'])
    await ask(text.url, '/online/v1/payment/ready', { partner_order_id: '\u001b[2Jorder' })
    await text.stop()
    expect(text.output.stderr).toMatch(
      / ready status=400 ms=[\d.]+ order_id=\ufffd\[2Jorder refused=field-missing rule=/,
    )
    const without = await serve(['--no-log-calls'])
    await ask(without.url, '/v1/payment/ready', {})
    await without.stop()
    expect(without.output.stderr).not.toContain('ready')
  })

  test('a PRD key is accepted with a loud warning, and is never written out', async () => {
    const served = await serve()
    const key = 'PRD0123456789ABCDEF'
    for (let i = 0; i < 2; i++) {
      const answer = await fetch(`${served.url}/online/v1/payment/ready`, {
        method: 'POST',
        headers: { authorization: `SECRET_KEY ${key}`, 'content-type': 'application/json' },
        body: '{}',
      })
      expect(await answer.json()).toEqual({ error_code: -2, error_message: "cid can't be null." })
    }
    await served.stop()
    const lines = served.output.stderr.split('\n').filter((line) => line.includes('live secret key'))
    expect(lines).toHaveLength(1)
    expect(served.output.stderr + served.output.stdout).not.toContain(key)
  })
})
