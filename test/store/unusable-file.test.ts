import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { needs } from '../needs.ts'
import { hasSqlite } from './drivers.ts'

const cli = resolve(import.meta.dirname, '../../dist/cli.js')
const folder = () => mkdtempSync(join(tmpdir(), 'kakaopay-mock-mount-'))

/** Runs a script of sh in a mount namespace of its own, where $SERVE starts the built server on a free port. */
const inside = (script: string) => {
  const serve = `${process.execPath} --disable-warning=ExperimentalWarning ${cli} serve --port 0 --log silent`
  const { status, stdout, stderr } = spawnSync('unshare', ['--mount', 'sh', '-c', script], {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, SERVE: serve },
  })
  return { status, stdout, stderr }
}

/** Prepares payments until one is not answered with 200, and prints that answer and whether the first payment is still there. */
const fill = `
const { spawn } = require('node:child_process')
const [command, ...args] = process.env.SERVE.split(' ')
const server = spawn(command, [...args, '--store', 'sqlite:' + process.argv[1]], { stdio: ['ignore', 'pipe', 'inherit'] })
server.stdout.once('data', async (text) => {
  const { url } = JSON.parse(String(text))
  const post = async (path, body) => {
    const headers = { authorization: 'SECRET_KEY DEV_KEY', 'content-type': 'application/json' }
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: response.status, body: await response.json() }
  }
  const page = 'http://localhost:3000/'
  const order = { cid: 'TC0ONETIME', partner_order_id: 'o', partner_user_id: 'u', item_name: 'x'.repeat(90), quantity: 1,
    total_amount: 2200, tax_free_amount: 0, approval_url: page, cancel_url: page, fail_url: page }
  const tids = []
  let answer
  for (let n = 0; n < 20000; n++) {
    answer = await post('/online/v1/payment/ready', order)
    if (answer.status !== 200) break
    tids.push(answer.body.tid)
  }
  const found = await post('/online/v1/payment/order', { cid: order.cid, tid: tids[0] })
  const { payments } = await (await fetch(url + '/_mock/health')).json()
  server.kill('SIGKILL')
  console.log(JSON.stringify({ status: answer.status, code: answer.body.error_code, kept: payments === tids.length, found: found.body.status ?? found.body }))
})`

describe.skipIf(!hasSqlite || !needs('unshare', 'time'))('a SQLite file on a file system', { timeout: 90_000 }, () => {
  test('that is read-only is refused at start', () => {
    const place = folder()
    const made = `mount -t tmpfs none ${place} && ($SERVE --store sqlite:${place}/state.db & sleep 3; kill $!; wait $!)`
    const { status, stderr } = inside(
      `${made}; mount -o remount,ro ${place} && $SERVE --store sqlite:${place}/state.db`,
    )
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/--store: cannot use the SQLite file \S+state\.db: it is read-only/),
    })
  })

  test('that is full is refused at start', () => {
    const place = folder()
    const script = `mount -t tmpfs -o size=64k none ${place}; head -c 65536 /dev/zero >${place}/filler 2>/dev/null; $SERVE --store sqlite:${place}/state.db`
    const { status, stderr } = inside(script)
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(
        /--store: cannot use the SQLite file \S+state\.db: the disk (is full|reports an error)/,
      ),
    })
  })

  test('that becomes full answers −500 later, with nothing of the call kept, and still reads', () => {
    const place = folder()
    const { stdout, stderr } = inside(
      `mount -t tmpfs -o size=2m none ${place}; ${process.execPath} -e "$FILL" ${place}/state.db`.replace(
        '"$FILL"',
        `'${fill.replaceAll("'", `'"'"'`)}'`,
      ),
    )
    expect({ stderr, ...JSON.parse(stdout || '{}') }).toEqual({
      stderr: '',
      status: 500,
      code: -500,
      kept: true,
      found: 'READY',
    })
  })
})
