import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { order } from '../merchant.ts'
import { needs } from '../needs.ts'

const program = resolve(import.meta.dirname, '../../dist/cli.js')
const SERVER = `kpm-server-${process.pid}`
const CLIENT = `kpm-client-${process.pid}`
const METADATA = '169.254.169.254'
const ip = (...args: string[]) => execFileSync('ip', args, { stdio: 'pipe' })
const inside = (namespace: string, ...command: string[]) => ['netns', 'exec', namespace, ...command]

/** Two hosts with a wire between them, as two containers of one network have. */
const openNetwork = () => {
  for (const name of [SERVER, CLIENT]) ip('netns', 'add', name)
  ip('link', 'add', 'kpm0', 'netns', SERVER, 'type', 'veth', 'peer', 'name', 'kpm1', 'netns', CLIENT)
  for (const [name, link, address] of [
    [SERVER, 'kpm0', '10.77.0.1/24'],
    [CLIENT, 'kpm1', '10.77.0.2/24'],
  ] as const) {
    ip('-n', name, 'addr', 'add', address, 'dev', link)
    ip('-n', name, 'link', 'set', link, 'up')
    ip('-n', name, 'link', 'set', 'lo', 'up')
  }
  ip('-n', SERVER, 'addr', 'add', `${METADATA}/32`, 'dev', 'lo')
  // `ip netns exec` mounts it over /etc/hosts.
  mkdirSync(`/etc/netns/${SERVER}`, { recursive: true })
  writeFileSync(`/etc/netns/${SERVER}/hosts`, `127.0.0.1 localhost\n${METADATA} innocent.example\n`)
}

/** Starts a program in the server's namespace and waits until it prints. */
const start = async (args: readonly string[]) => {
  const child = spawn('ip', inside(SERVER, process.execPath, ...args), { stdio: ['ignore', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (chunk) => (stderr += chunk))
  await once(child.stdout, 'data')
  return { child, stderr: () => stderr }
}

/** What a neighbour in the other namespace gets: a POST of JSON by curl. */
const post = (path: string, body: unknown) =>
  JSON.parse(
    execFileSync(
      'ip',
      inside(
        CLIENT,
        ...['curl', '-s', '-m', '10', `http://10.77.0.1:8585${path}`, '-H', 'Authorization: SECRET_KEY DEV_NEIGHBOUR'],
        ...['-H', 'Content-Type: application/json', '-d', JSON.stringify(body)],
      ),
      { encoding: 'utf8' },
    ),
  )

describe.runIf(needs('unshare', 'curl'))('a neighbour on the network of a mock that listens on every interface', () => {
  const children: { kill(): unknown }[] = []
  let warning = () => ''

  beforeAll(async () => {
    openNetwork()
    const secret = `require('http').createServer((q, r) => r.end('credentials')).listen(80, '${METADATA}', () => console.log('up'))`
    const moved = `require('http').createServer((q, r) => r.writeHead(302, { location: 'http://${METADATA}/' }).end()).listen(8080, () => console.log('up'))`
    for (const script of [secret, moved]) children.push((await start(['-e', script])).child)
    const served = await start([program, 'serve', '--host', '0.0.0.0', '--port', '8585'])
    children.push(served.child)
    warning = served.stderr
  }, 20_000)
  afterAll(() => {
    for (const child of children) child.kill()
    for (const name of [SERVER, CLIENT]) ip('netns', 'delete', name)
    rmSync(`/etc/netns/${SERVER}`, { recursive: true })
  })

  test('may use the control API, as a CI job does', () => {
    const { tid } = post('/online/v1/payment/ready', order)
    expect(post(`/_mock/payments/${tid}/payer`, { action: 'open' })).toEqual({
      redirect_url: null,
      status: 'OPEN_PAYMENT',
    })
  })

  test.each([
    ['the address', METADATA],
    ['a name that resolves to it', 'innocent.example'],
  ])('reads nothing through it that only the mock’s host can reach, by %s', (_, host) => {
    const url = `http://${host}/latest/meta-data/`
    const { tid } = post('/online/v1/payment/ready', { ...order, cancel_url: url })
    const { merchant } = post(`/_mock/payments/${tid}/payer`, { action: 'cancel', follow: true })
    const error = `not followed: ${host} is a link-local or metadata address. --follow-hosts ${host} opens it`
    expect(merchant).toEqual({ hops: [{ url, status: null, error }], body: '' })
  })

  test('is not led there by a merchant’s redirect either', () => {
    const url = `http://10.77.0.1:8080/moved`
    const { tid } = post('/online/v1/payment/ready', { ...order, cancel_url: url })
    const { merchant } = post(`/_mock/payments/${tid}/payer`, { action: 'cancel', follow: true })
    const error = `not followed: http://${METADATA} is no origin of this payment. --follow-hosts ${METADATA} opens it`
    expect(merchant).toEqual({
      hops: [
        { url, status: 302 },
        { url: `http://${METADATA}/`, status: null, error },
      ],
      body: '',
    })
  })

  test('is what the start warns of, with the setting that closes it, in one line', async () => {
    await expect.poll(warning, { timeout: 10_000 }).toContain('--control-token')
    expect(warning().match(/^.*--control-token.*$/gm)).toHaveLength(1)
  })
})
