/** Measures the built server beside its limit and its peers: rounds interleaved, medians quoted, every goal beside its number, met or not. */
import { load, requestBytes } from './load.js'
import { paced } from './paced.js'
import { order, readyAgain, walk } from './payment.js'
import { finish, row } from './report.js'
import { installed, pinned, rssMb, sleep, start, startInProcess, stop } from './servers.js'

const quick = process.argv.includes('--quick')
const ROUNDS = quick ? 3 : 9
const ROUND_MS = quick ? 300 : 2000
const PACED_MS = quick ? 500 : 5000
const MILLION = quick ? 10_000 : 1_000_000

const titles = {
  bare: 'bare',
  plain: 'plain application',
  mock: 'mock',
  silent: 'mock, log off',
  prism: 'Prism',
  wiremock: 'WireMock',
  mockoon: 'Mockoon',
}
const peers = installed('prism', 'wiremock', 'mockoon')

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
const whole = (n) => Math.round(n).toLocaleString('en')

const ready = (server) => load({ port: server.port, ms: ROUND_MS, next: readyAgain(server.port) })
const payments = (server) => load({ port: server.port, ms: ROUND_MS, next: walk(server.port) })

/** One server's rate in one round. Throws where it refused anything: a refusal is cheaper than an answer. */
const rateOf = async (server, work) => {
  const { failed, answered, perSecond } = await work(server)
  if (failed > 0) throw new Error(`${server.name} refused ${failed} of ${answered}`)
  return perSecond
}

/** The works in turn, round by round, the first round thrown away. */
const interleave = async (works) => {
  const rates = works.map(() => [])
  for (let round = -1; round < ROUNDS; round++)
    for (const [i, work] of works.entries()) {
      const rate = await work()
      if (round >= 0) rates[i].push(rate)
    }
  return rates
}
const ratio = (a, b) => median(a.map((rate, i) => rate / b[i]))

const readyRates = async (running) => {
  const names = running.map(({ name }) => name)
  const rates = await interleave(running.map((server) => () => rateOf(server, ready)))
  const of = (name) => rates[names.indexOf(name)]
  for (const name of names)
    row(`\`ready\` per second: ${titles[name]}`, `초당 \`ready\`: ${titles[name]}`, whole(median(of(name))))
  const judge = (a, b, goal, unit = '') => {
    const share = ratio(of(a), of(b))
    row(
      `${titles[a]} / ${titles[b]}`,
      `${titles[a]} / ${titles[b]}`,
      `${share.toFixed(2)}${unit}`,
      `≥ ${goal}${unit}`,
      share >= goal,
    )
  }
  judge('silent', 'bare', 0.55)
  judge('silent', 'plain', 0.8)
  judge('mock', 'silent', 0.75)
  for (const peer of peers) judge('mock', peer, 5, ' ×')
  return Math.min(...names.map((name) => median(of(name))))
}

const latencies = async (running, slowest) => {
  const rate = Math.max(20, Math.floor(slowest / 2))
  for (const server of running) {
    const bytes = requestBytes(server.port, '/online/v1/payment/ready', order)
    const { p50, p99 } = await paced({ port: server.port, bytes, rate, ms: PACED_MS })
    const measured = `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`
    row(
      `at ${whole(rate)} \`ready\` per second: ${titles[server.name]}`,
      `초당 \`ready\` ${whole(rate)}건일 때: ${titles[server.name]}`,
      measured,
    )
  }
}

const inProcess = async (bare) => {
  const child = startInProcess()
  const [direct, socket] = await interleave([() => child.run(ROUND_MS), () => rateOf(bare, payments)])
  await stop(child)
  const share = ratio(direct, socket)
  row(
    'a whole payment in process, five calls, calls per second / bare over a socket',
    '프로세스 안의 결제 전체(호출 5회), 초당 호출 / 소켓의 bare',
    `${whole(median(direct))} / ${whole(median(socket))} = ${share.toFixed(2)}`,
    '≥ 0.4',
    share >= 0.4,
  )
}

const starts = async () => {
  const timed = (name) => async () => {
    const server = await start(name)
    await stop(server)
    return server.ms
  }
  const [bare, mock] = await interleave([timed('bare'), timed('mock')])
  const times = ratio(mock, bare)
  const measured = `${median(mock).toFixed(0)} ms / ${median(bare).toFixed(0)} ms = ${times.toFixed(2)}`
  row('spawn to first answer, mock / bare', '실행부터 첫 응답까지, mock / bare', measured, '≤ 2.2', times <= 2.2)
}

/** A quick run ends before the store is full, and until then memory and rate have not come to rest: it judges neither. */
const memory = async () => {
  const server = await start('mock')
  await sleep(1000)
  const idle = rssMb(server)
  row('memory when idle', '유휴 상태의 메모리', `${idle.toFixed(0)} MB`, '≤ 80 MB', idle <= 80)
  const at = []
  for (const requests of [MILLION / 5, (MILLION * 4) / 5]) {
    await load({ port: server.port, requests, next: readyAgain(server.port) })
    at.push({ mb: rssMb(server), rate: await rateOf(server, payments) })
  }
  await stop(server)
  const [early, late] = at
  const points = `${whole(MILLION / 5)} / ${whole(MILLION)} \`ready\``
  const level = (met) => (quick ? [] : ['± 15 %', met])
  row(
    `memory after ${points}`,
    `${points} 뒤의 메모리`,
    `${early.mb.toFixed(0)} / ${late.mb.toFixed(0)} MB`,
    ...level(late.mb <= early.mb * 1.15),
  )
  row(
    `payment calls per second after ${points}`,
    `${points} 뒤의 초당 결제 호출`,
    `${whole(early.rate)} / ${whole(late.rate)}`,
    ...level(late.rate >= early.rate * 0.85),
  )
}

const running = []
for (const name of ['bare', 'plain', 'silent', 'mock', ...peers]) running.push(await start(name))
const slowest = await readyRates(running)
await latencies(running, slowest)
await inProcess(running[0])
for (const server of running) await stop(server)
await starts()
await memory()
finish(quick, `${ROUNDS} × ${ROUND_MS} ms, 16 connections${pinned.length > 0 ? '' : ', cores not chosen'}.`)
