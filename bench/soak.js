/**
 * Half the load that the server can take, for ten minutes, while connections are opened and dropped and control calls read everything:
 * memory and descriptors must be level. `node bench/soak.js [seconds] [--quick]` writes its part of docs/benchmarks.md; quick only looks.
 */
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { cpus, loadavg } from 'node:os'
import { load, requestBytes } from './load.js'
import { paced } from './paced.js'
import { order, walk } from './payment.js'
import { writePart } from './report.js'
import { rssMb, start, stop } from './servers.js'

const quick = process.argv.includes('--quick')
const SECONDS = quick ? 10 : Number(process.argv[2] ?? 600)
const SAMPLES = 10
/** So many that a call which is due never waits for a connection. */
const CONNECTIONS = 128
/** What is measured before is the store filling up. */
const FILL = quick ? 1000 : 150_000
/** Memory and descriptors may differ by so much from sample to sample and count as level. */
const LEVEL = 0.25

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
const descriptors = ({ child }) => readdirSync(`/proc/${child.pid}/fd`).length

/** Connections that say half of something and leave. */
const dropSome = async (port) => {
  for (let i = 0; i < 20; i++) {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    await once(socket, 'connect')
    socket.write('POST /online/v1/payment/ready HTTP/1.1\r\nHost: x\r\nContent-Le')
    socket.destroy()
  }
}

/** Every long control call, one after another, until `isOver`. Resolves to how many were answered. */
const readAll = async (port, isOver) => {
  let read = 0
  while (!isOver())
    for (const path of [
      'journal?limit=2000',
      'audit',
      'payments?limit=10000&order=largest',
      'payments?text=none',
      'namespaces',
    ]) {
      await (await fetch(`http://127.0.0.1:${port}/_mock/${path}`)).arrayBuffer()
      read++
      await new Promise((done) => setTimeout(done, 1000))
    }
  return read
}

const server = await start('mock')
const { port } = server
const bytes = requestBytes(port, '/online/v1/payment/ready', order)
await load({ port, requests: FILL, next: () => bytes })
/** Measured before each sample: other programs of the machine may come and go. */
const halfLoad = async () => Math.max(1, Math.floor((await load({ port, ms: 1000, next: () => bytes })).perSecond / 2))

let over = false
const reading = readAll(port, () => over)
const samples = []
for (let i = 0; i < SAMPLES; i++) {
  const rate = await halfLoad()
  const latency = await paced({ port, bytes, rate, ms: (SECONDS * 1000) / SAMPLES, connections: CONNECTIONS })
  await dropSome(port)
  const { failed } = await load({ port, requests: 500, next: walk(port) })
  if (failed > 0) throw new Error(`${failed} calls of whole payments were refused`)
  await new Promise((done) => setTimeout(done, 200))
  const sample = { rate, ...latency, mb: rssMb(server), descriptors: descriptors(server) }
  samples.push(sample)
  console.error(`${i + 1}/${SAMPLES}: ${JSON.stringify(sample)}`)
}
over = true
const read = await reading
await stop(server)

const isLevel = (numbers) => {
  const [early, late] = [numbers.slice(0, SAMPLES / 2), numbers.slice(SAMPLES / 2)]
  return Math.max(...late) <= Math.max(...early) * (1 + LEVEL)
}
const range = (numbers, digits = 0) => `${Math.min(...numbers).toFixed(digits)}–${Math.max(...numbers).toFixed(digits)}`
const of = (name) => samples.map((sample) => sample[name])
const level = isLevel(of('mb')) && isLevel(of('descriptors'))
/** The bench takes two cores. Where other programs run too, a call that comes late has waited for them. */
const isBusy = loadavg()[0] > cpus().length + 1
const p99 = isBusy ? '– (the machine was busy)' : `${median(of('p99')).toFixed(1)} ms`
const p99Ko = isBusy ? '– (다른 작업이 실행 중)' : p99
const rows = [
  ['`ready` per second', '초당 `ready`', `${median(of('rate')).toLocaleString('en')}`],
  [
    'p99 of `ready` while control calls run (median of ten samples)',
    '제어 호출 중 `ready`의 p99(표본 10개의 중앙값)',
    p99,
    p99Ko,
  ],
  ['control calls over everything that is kept', '보관된 모든 것을 읽은 제어 호출', `${read}`],
  ['memory, MB', '메모리, MB', range(of('mb'))],
  ['open descriptors', '열린 디스크립터', range(of('descriptors'))],
]
const table = (at, head) =>
  [head, '|---|---|', ...rows.map((row) => `| ${row[at]} | ${row[2 + at] ?? row[2]} |`)].join('\n')
const minutes = (SECONDS / 60).toFixed(SECONDS % 60 === 0 ? 0 : 1)
console.log(table(0, '| what | measured |'))
if (!quick) {
  const when = `Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`
  writePart(
    'docs/benchmarks.md',
    'soak',
    `## Soak\n\n\`node bench/soak.js\`: ${minutes} min at half load, with control calls and dropped connections beside. ${when}.\n\n${table(0, '| what | measured |')}`,
  )
  writePart(
    'docs/ko/benchmarks.md',
    'soak',
    `## 장시간 부하\n\n\`node bench/soak.js\`: 최대 부하의 절반으로 ${minutes}분 동안, 제어 호출과 끊기는 연결을 함께 보냅니다. ${when}.\n\n${table(1, '| 항목 | 측정값 |')}`,
  )
}
if (!level && !quick) {
  console.error('memory or descriptors are not level')
  process.exitCode = 1
}
