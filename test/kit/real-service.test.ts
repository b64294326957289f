import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { UsageError } from '../../src/cli/command.ts'
import { dispatch } from '../../src/cli/dispatch.ts'
import { loadFixtures } from '../../src/kit/load.ts'
import { checkServer } from '../../src/kit/server.ts'
import type { Fetch } from '../../src/kit/session.ts'
import { overHttp } from '../../src/kit/target.ts'
import { createMock } from '../../src/mock.ts'
import { falsify } from './mutants/disguise.ts'

/** What protects the real service and its quota, at a server that stands in for it. */

const servers: Server[] = []
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

/** A server at a port, and when each of its requests came, in ms, with its path and key. */
const serving = async (serve: Fetch) => {
  const requests: { at: number; path: string; key: string | undefined }[] = []
  const server = createServer(async (incoming, outgoing) => {
    requests.push({ at: performance.now(), path: incoming.url ?? '', key: incoming.headers.authorization })
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const { method = 'GET', url = '/' } = incoming
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)])
    const body = method === 'GET' ? {} : { body: Buffer.concat(chunks) }
    const answer = await serve(new Request(`http://127.0.0.1:8585${url}`, { method, headers, ...body }))
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
  }).listen(0, '127.0.0.1')
  servers.push(server)
  await new Promise((resolve) => server.once('listening', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

const run = async (args: readonly string[], env: Record<string, string> = {}) => {
  let stdout = ''
  const io = { stdout: { write: (text: string) => (stdout += text) }, stderr: { write: () => {} }, env }
  const code = await dispatch(['check', 'server', ...args], io)
  return { code, stdout }
}

const folder = () => mkdtempSync(join(tmpdir(), 'kakaopay-record-'))
const flows = (...ids: string[]) => loadFixtures().filter(({ id }) => ids.includes(id))

test('--pace N sends at most N requests a second, over all flows', async () => {
  const { url, requests } = await serving(createMock().fetch)
  const target = overHttp({ url, key: 'DEV1', payer: undefined, controlled: false, run: '1', pace: 40 })
  const began = performance.now()
  await checkServer(flows('ready/answer.tid-form', 'cid/any', 'ready/answer.order-id-again', 'wire/json.cut'), target)
  expect(requests.length).toBeGreaterThanOrEqual(5)
  // Timers may fire a millisecond early. From before the first request, which may take longer to arrive than the others.
  expect((requests.at(-1)?.at ?? 0) - began).toBeGreaterThanOrEqual((requests.length - 1) * 25 - 5)
})

describe('--dry-run', () => {
  test('sends nothing at all, not even a look at which server it is, and counts the calls', async () => {
    const { url, requests } = await serving(createMock().fetch)
    const { code, stdout } = await run(['--url', url, '--dry-run', '--only', 'approve/answer.money', '--pace', '3'])
    expect({ code, requests }).toEqual({ code: 0, requests: [] })
    expect(stdout).toMatch(
      /1 of 1 flows would be run against .*: 2 calls and looks at the payments, 3 a second; nothing was sent\n$/,
    )
  })

  test('against the real service: two calls a second unless said otherwise, and the files’ flows alone', async () => {
    const { stdout } = await run(
      ['--url', 'https://open-api.kakaopay.com', '--key-env', 'MINE', '--payer', 'person', '--dry-run'],
      { MINE: 'DEVMINE' },
    )
    expect(stdout).toMatch(
      /flows would be run against https:\/\/open-api\.kakaopay\.com: \d+ calls, 2 a second; nothing was sent\n$/,
    )
    expect(stdout).not.toMatch(/^run {2}(field|call|model)\//m)
  })
})

test('a server that answers −401 to every key is asked a handful of calls, and the run says how to name a key', async () => {
  const body = JSON.stringify({ error_code: -401, error_message: 'unauthorized' })
  const refuses = await serving(async (request) =>
    request.url.endsWith('/_mock/health')
      ? new Response('{}', { status: 404 })
      : new Response(body, { status: 401, headers: { 'content-type': 'application/json;charset=UTF-8' } }),
  )
  const error = await run(['--url', refuses.url]).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(UsageError)
  expect((error as Error).message).toBe(
    `${refuses.url} refuses the kit's key with −401: name your own key by --key-env`,
  )
  expect(refuses.requests.length).toBeLessThan(60)
  const named = await run(['--url', refuses.url, '--key-env', 'MINE'], { MINE: 'DEVMINE' }).catch((e: unknown) => e)
  expect((named as Error).message).toBe(`${refuses.url} refuses the key in MINE with −401: name another by --key-env`)
})

test('neither key is shown: the script names their variables', async () => {
  const wrong = await serving(
    falsify(({ status, body }) => (status === 400 ? { body: { ...body, error_code: -1 } } : {}))({}),
  )
  const args = ['--url', wrong.url, '--key-env', 'MINE', '--other-key-env', 'THEIRS', '--only', 'order/tid.other-key']
  const { stdout } = await run(args, { MINE: 'DEVMINE', THEIRS: 'DEVTHEIRS' })
  expect(stdout).toContain('KEY="$MINE"\n')
  expect(stdout).toContain('OTHER_KEY="$THEIRS"\n')
  expect(stdout).not.toMatch(/DEVMINE|DEVTHEIRS/)
})

describe('--record', () => {
  test('goes on after a difference, and --resume sends only what is not recorded yet', async () => {
    const { url, requests } = await serving(
      falsify(({ call, body }) => (call === 'ready' ? { body: { ...body, created_at: 'x' } } : {}))({}),
    )
    const records = folder()
    const args = ['--url', url, '--only', 'approve/answer.money,cancel/full,cid/any', '--record', records]
    expect((await run(args)).code).toBe(1)
    const names = ['approve__answer.money.json', 'cancel__full.json', 'cid__any.json']
    expect(readdirSync(records).sort()).toEqual(names)
    const read = (name: string) =>
      JSON.parse(readFileSync(join(records, name), 'utf8')) as { calls: { call: string }[] }
    expect(read('cancel__full.json').calls.map(({ call }) => call)).toContain('cancel')
    rmSync(join(records, 'cancel__full.json'))
    const before = statSync(join(records, 'cid__any.json')).mtimeMs
    requests.splice(0)
    await run([...args, '--resume'])
    expect(readdirSync(records).sort()).toEqual(names)
    expect(statSync(join(records, 'cid__any.json')).mtimeMs).toBe(before)
    expect(requests.filter(({ path }) => path.endsWith('/ready'))).toHaveLength(1)
  })

  test('of a server with five differences --diff reports these five, each once, and nothing else', async () => {
    const { url } = await serving(
      falsify(({ call, status, body }) => {
        if (call === 'approve' && status === 200) return { body: { ...body, card_hash: 'x' } }
        if (call === 'cancel' && status === 200) return { body: { ...body, quantity: String(body['quantity']) } }
        if (call === 'order' && status === 200) {
          const { item_name: _, ...rest } = body
          return { body: rest }
        }
        if (body['error_code'] === -784) return { body: { ...body, error_code: -781 } }
        if (status === 401) return { headers: { 'www-authenticate': 'SECRET_KEY' } }
        return {}
      })({}),
    )
    const records = folder()
    const only = 'approve/answer.*,cancel/full*,cancel/part*,cancel/state.*,order/*,wire/authorization.*,ready/answer.*'
    await run(['--url', url, '--only', only, '--record', records])
    const { code, stdout } = await run(['--record', records, '--diff'])
    expect({ code, told: stdout.split('\n').filter((line) => !line.startsWith('  in ')) }).toEqual({
      code: 1,
      told: [
        ...['(approve) body.card_hash', '  recorded "x"', '  mock     absent'],
        ...['(cancel) body.quantity', '  recorded "1"', '  mock     1'],
        ...['(cancel) body.error_code', '  recorded -781', '  mock     -784'],
        ...['(order) body.item_name', '  recorded absent', '  mock     "초코파이"'],
        ...['(ready) header www-authenticate', '  recorded "SECRET_KEY"', '  mock     absent'],
        expect.stringMatching(/^\d+ of \d+ recorded flows are answered differently by this mock$/),
        '',
      ],
    })
  })
})
