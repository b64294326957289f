/** Prints one Markdown table of what was measured: rounds interleaved, medians quoted, every goal beside its number, met or not. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { load, requestBytes } from './load.js'

const quick = process.argv.includes('--quick')
const ROUNDS = quick ? 3 : 9
const ROUND_MS = quick ? 500 : 2000
const MILLION = quick ? 20_000 : 1_000_000

const READY = '/online/v1/payment/ready'
const order = {
  cid: 'TC0ONETIME',
  partner_order_id: 'order-1',
  partner_user_id: 'user-1',
  item_name: '초코파이',
  quantity: 1,
  total_amount: 2200,
  vat_amount: 200,
  tax_free_amount: 0,
  approval_url: 'http://localhost:3000/approve',
  cancel_url: 'http://localhost:3000/cancel',
  fail_url: 'http://localhost:3000/fail',
}
const readyTo = (port) => requestBytes(port, READY, order)

/** The same bytes each time. */
const readyAgain = (port) => {
  const bytes = readyTo(port)
  return () => bytes
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))
/** The servers share one core, the load comes from another; where cores cannot be chosen, they are not. */
const pinned = spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : []
if (pinned.length > 0) spawnSync('taskset', ['-a', '-p', '-c', '1', String(process.pid)])

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

const servers = {
  bare: (port) => ['bench/peers/bare.js', String(port)],
  mock: (port) => ['dist/cli.js', 'serve', '--log', 'silent', '--port', String(port)],
  unjournaled: (port) => ['dist/cli.js', 'serve', '--log', 'silent', '--no-journal', '--port', String(port)],
  prism: (port) => [
    'bench/peers/node_modules/@stoplight/prism-cli/dist/index.js',
    'mock',
    '-m',
    'false',
    '-p',
    String(port),
    'openapi.yaml',
  ],
}

/** Starts a server and asks ready until it answers: `ms` from spawn to the first answer. */
const start = async (name) => {
  const port = await freePort()
  const began = performance.now()
  const [program, ...args] = [...pinned, process.execPath, ...servers[name](port)]
  const child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, NODE_ENV: 'production' } })
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`)
    const answered = await load({ port, connections: 1, requests: 1, next: readyAgain(port) }).catch(() => undefined)
    if (answered?.answered === 1) return { name, port, child, ms: performance.now() - began }
    await sleep(1)
  }
}
const stop = async ({ child }) => {
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
}
const rssMb = ({ child }) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024

const ready = (server, ms = ROUND_MS) => load({ port: server.port, ms, next: readyAgain(server.port) })

/** One connection walks payment after payment through its five requests. */
const base = { cid: order.cid, partner_order_id: order.partner_order_id, partner_user_id: order.partner_user_id }
const walkTo = (port) => (state, answer) => {
  const body = answer === null ? null : answer.toString('latin1')
  state.step = answer === null ? 0 : (state.step + 1) % 5
  const { tid } = state
  switch (state.step) {
    case 0:
      return readyTo(port)
    case 1:
      state.tid = body.slice(8, 28)
      return requestBytes(port, `/_mock/payments/${state.tid}/payer`, { action: 'approve' })
    case 2:
      return requestBytes(port, '/online/v1/payment/approve', {
        ...base,
        tid,
        pg_token: /"pg_token":"([0-9a-f]{20})"/.exec(body)?.[1],
      })
    case 3:
      return requestBytes(port, '/online/v1/payment/order', { cid: order.cid, tid })
    default:
      return requestBytes(port, '/online/v1/payment/cancel', {
        cid: order.cid,
        tid,
        cancel_amount: 2200,
        cancel_tax_free_amount: 0,
      })
  }
}
const flow = (server, ms = ROUND_MS) => load({ port: server.port, ms, next: walkTo(server.port) })

/** The same work on several servers, round by round in turn, so that a busy minute hits all of them. */
const compare = async (running, work) => {
  const rates = new Map(running.map((s) => [s.name, []]))
  for (const server of running) await work(server, ROUND_MS)
  for (let round = 0; round < ROUNDS; round++) {
    for (const server of running) {
      const result = await work(server)
      if (result.failed > 0) throw new Error(`${server.name} refused ${result.failed} of ${result.answered}`)
      rates.get(server.name).push(result.perSecond)
    }
  }
  return {
    of: (name) => median(rates.get(name)),
    ratio: (a, b) => median(rates.get(a).map((rate, i) => rate / rates.get(b)[i])),
  }
}

const rows = []
const row = (what, measured, goal, met) => {
  rows.push(`| ${what} | ${measured} | ${goal} | ${met === undefined ? 'not judged' : met ? 'met' : 'not met'} |`)
  process.stderr.write(`${what}: ${measured}\n`)
}
const whole = (n) => Math.round(n).toLocaleString('en')

const throughput = async () => {
  const running = [await start('bare'), await start('mock'), await start('unjournaled')]
  const idle = await idleMb()
  const readyRates = await compare(running, ready)
  const ratio = readyRates.ratio('mock', 'bare')
  row(
    '`ready`, requests per second',
    `${whole(readyRates.of('mock'))}, bare node:http ${whole(readyRates.of('bare'))}: ${ratio.toFixed(2)}`,
    '≥ 0.85 of bare',
    ratio >= 0.85,
  )
  const cost = 1 - readyRates.ratio('mock', 'unjournaled')
  row('the journal’s share of `ready`', `${(cost * 100).toFixed(1)} %`, '≤ 10 %', cost <= 0.1)
  const flows = await compare(running.slice(0, 2), flow)
  const share = flows.ratio('mock', 'bare')
  row(
    'ready, payer, approve, order, cancel: requests per second',
    `${whole(flows.of('mock'))}, bare ${whole(flows.of('bare'))}: ${share.toFixed(2)}`,
    '≥ 0.7 of bare',
    share >= 0.7,
  )
  row('memory when idle', `${idle.toFixed(0)} MB`, '≤ 80 MB', idle <= 80)
  for (const server of running) await stop(server)
}

/** Resident memory of a server that has answered once and then nothing for a second. */
const idleMb = async () => {
  const server = await start('mock')
  await sleep(1000)
  const mb = rssMb(server)
  await stop(server)
  return mb
}

/** A quick run ends before the store is full, and until then memory and rate have not come to rest: it judges neither. */
const memory = async () => {
  const server = await start('mock')
  await load({ port: server.port, requests: MILLION / 5, next: readyAgain(server.port) })
  const fifth = rssMb(server)
  const early = await flow(server)
  await load({ port: server.port, requests: (MILLION * 4) / 5, next: readyAgain(server.port) })
  const all = rssMb(server)
  const late = await flow(server)
  row(
    `memory after ${whole(MILLION / 5)} and ${whole(MILLION)} \`ready\``,
    `${fifth.toFixed(0)} MB and ${all.toFixed(0)} MB`,
    'level (within 15 %)',
    quick ? undefined : all <= fifth * 1.15,
  )
  row(
    'the flow’s rate at those two points, at most 100,000 payments kept',
    `${whole(early.perSecond)} and ${whole(late.perSecond)}`,
    'level (within 15 %)',
    quick ? undefined : late.perSecond >= early.perSecond * 0.85,
  )
  await stop(server)
}

const starts = async () => {
  const times = { bare: [], mock: [] }
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['bare', 'mock']) {
      const server = await start(name)
      times[name].push(server.ms)
      await stop(server)
    }
  }
  const ratio = median(times.mock) / median(times.bare)
  row(
    'spawn to first answer',
    `${median(times.mock).toFixed(0)} ms, bare ${median(times.bare).toFixed(0)} ms: ${ratio.toFixed(2)}`,
    '≤ 2 × bare',
    ratio <= 2,
  )
  return median(times.mock)
}

const prism = async (mockStart) => {
  if (!existsSync(servers.prism(0)[0])) return
  const running = [await start('mock'), await start('prism')]
  const rates = await compare(running, ready)
  const ratio = rates.ratio('mock', 'prism')
  row(
    '`ready` beside Prism 5.14.2 on openapi.yaml',
    `${whole(rates.of('prism'))} per second: ${ratio.toFixed(0)} times its rate`,
    '≥ 8 ×',
    ratio >= 8,
  )
  const slower = running[1].ms / mockStart
  row('start beside Prism', `Prism ${running[1].ms.toFixed(0)} ms: 1/${slower.toFixed(1)}`, '≤ 1/5', slower >= 5)
  for (const server of running) await stop(server)
}

await throughput()
const mockStart = await starts()
await memory()
await prism(mockStart)
console.log(
  `\nNode ${process.version}, ${ROUNDS} rounds of ${ROUND_MS} ms, 16 connections${pinned.length > 0 ? ', servers on one core, load on another, log off' : ''}\n`,
)
console.log('| what | measured | goal | |\n|---|---|---|---|')
console.log(rows.join('\n'))
