/**
 * What each store costs: `npm run bench -- stores` writes the section of docs/benchmarks.md, with `--quick` it only looks. SQLite needs Node
 * 22.13 or later, Redis a redis-server; what is missing is left out.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.js'
import { load } from './load.js'
import { readyAgain, walk } from './payment.js'
import { writePart } from './report.js'

const quick = process.argv.includes('--quick')
const SIZES = quick ? [100, 1000] : [10_000, 1_000_000]
const MS = quick ? 200 : 4000
const ROUNDS = quick ? 1 : 3
const GOALS = { sqlite: 0.4, redis: 0.25 }

const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-bench-'))
const children = new Set()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})
const started = (...given) => {
  const child = spawn(...given)
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

const startRedis = async () => {
  if (spawnSync('redis-server', ['--version']).status !== 0) return undefined
  const port = await freePort()
  const child = started('redis-server', ['--port', String(port), '--save', '', '--dir', folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  for await (const text of child.stdout) if (String(text).includes('Ready to accept')) break
  return `redis://127.0.0.1:${port}`
}

/** One measurement in a process of its own. */
const measure = async (store, payments) => {
  const args = ['--disable-warning=ExperimentalWarning', '--expose-gc', '--max-old-space-size=8192']
  const child = started(process.execPath, [...args, 'bench/one-store.js', store, String(payments), String(MS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (piece) => {
    text += piece
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${store.split(':')[0]} with ${payments} payments ended with ${code}`)
  return JSON.parse(text)
}

/** Payment calls per second of so many servers on one Redis, over sockets. */
const replicas = async (redis, count) => {
  const prefix = `bench-${process.pid}-${count}:`
  const servers = []
  for (let i = 0; i < count; i++) {
    const args = ['dist/cli.js', 'serve', '--port', '0', '--log', 'silent', '--store', redis, '--store-prefix', prefix]
    const child = started(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const [text] = await once(child.stdout, 'data')
    servers.push({ child, port: Number(new URL(JSON.parse(String(text)).url).port) })
  }
  const total = async (next) => {
    const loads = await Promise.all(servers.map(({ port }) => load({ port, ms: MS, next: next(port) })))
    const failed = loads.reduce((sum, one) => sum + one.failed, 0)
    if (failed > 0) throw new Error(`${count} replicas refused ${failed} calls`)
    return loads.reduce((sum, { perSecond }) => sum + perSecond, 0)
  }
  const rates = { ready: await total(readyAgain), walk: await total(walk) }
  for (const { child } of servers) child.kill('SIGKILL')
  return rates
}

const rows = []
const row = (en, ko, measured, goal = '', met = undefined) => {
  rows.push({ en, ko, measured, goal, met: quick ? undefined : met })
  process.stderr.write(`${en}: ${measured}${goal ? ` (goal ${goal}${met === false ? ', not met' : ''})` : ''}\n`)
}
const number = (n) => Math.round(n).toLocaleString('en')
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

const redis = await startRedis()
const stores = {
  memory: () => 'memory',
  ...(process.getBuiltinModule('node:sqlite') ? { sqlite: (n) => `sqlite:${join(folder, `${n}.db`)}` } : {}),
  ...(redis ? { redis: () => redis } : {}),
}
const [small, large] = SIZES
const few = Object.fromEntries(Object.keys(stores).map((name) => [name, []]))
for (let round = 0; round < ROUNDS; round++)
  for (const name of Object.keys(stores)) few[name].push(await measure(stores[name](`${small}-${round}`), small))
const rate = (name, what) => median(few[name].map((one) => one[what]))
for (const name of Object.keys(stores)) {
  for (const [what, ko] of [
    ['ready', '`ready`'],
    ['whole', '결제 전체(호출 4회)'],
  ]) {
    const share = rate(name, what) / rate('memory', what)
    const goal = GOALS[name]
    const en = what === 'ready' ? '`ready`' : 'whole payments of four calls'
    row(
      `${en} per second on ${name}${goal ? ', of memory' : ''}`,
      `${name}의 초당 ${ko}${goal ? ', 메모리 대비' : ''}`,
      `${number(rate(name, what))}${goal ? ` = ${share.toFixed(2)}` : ''}`,
      goal ? `≥ ${goal}` : '',
      goal ? share >= goal : undefined,
    )
  }
}
for (const name of Object.keys(stores)) {
  const many = await measure(stores[name](large), large)
  const level = Math.min(many.ready / rate(name, 'ready'), many.whole / rate(name, 'whole'))
  row(
    `with ${number(large)} payments kept instead of ${number(small)}, on ${name}`,
    `${name}에 결제를 ${number(small)}건 대신 ${number(large)}건 보관할 때`,
    level.toFixed(2),
    '≥ 0.85',
    level >= 0.85,
  )
  row(`bytes per payment on ${name}`, `${name}의 결제당 바이트`, number(many.bytes))
}
for (const count of redis ? [1, 2, 3] : []) {
  const { ready, walk: calls } = await replicas(redis, count)
  row(
    `${count} ${count === 1 ? 'replica' : 'replicas'} on one Redis, ${cpus().length} cores: \`ready\` / payment calls per second`,
    `Redis 하나에 복제본 ${count}개, 코어 ${cpus().length}개: 초당 \`ready\` / 결제 호출`,
    `${number(ready)} / ${number(calls)}`,
  )
}

const words = {
  en: {
    title: '## Stores',
    about: 'Written by `npm run bench -- stores`: in process, 64 callers, the store full; the replicas over sockets.',
    head: '| what | measured | goal | |',
    met: ['met', '**not met**'],
  },
  ko: {
    title: '## 저장소',
    about:
      '`npm run bench -- stores`가 쓴 표입니다. 프로세스 안에서 호출자 64개로, 가득 찬 저장소를 측정합니다. 복제본은 소켓으로 측정합니다.',
    head: '| 항목 | 측정값 | 목표 | |',
    met: ['달성', '**미달**'],
  },
}
const machine = `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'}, ${new Date().toISOString().slice(0, 10)}.`
const section = (language) => {
  const { title, about, head, met } = words[language]
  const lines = rows.map(
    (r) => `| ${r[language]} | ${r.measured} | ${r.goal} | ${r.met === undefined ? '' : met[r.met ? 0 : 1]} |`,
  )
  return `${title}\n\n${about} ${machine}\n\n${head}\n|---|---|---|---|\n${lines.join('\n')}`
}
console.log(`\n${section('en')}`)
if (!quick) {
  writePart('docs/benchmarks.md', 'stores', section('en'))
  writePart('docs/ko/benchmarks.md', 'stores', section('ko'))
}
process.exit(0)
