/** Starts, asks and stops each server that is measured. All of them share one core, the load comes from another. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { freePort } from './free-port.js'
import { load } from './load.js'
import { readyAgain } from './payment.js'

const PEERS = 'bench/peers/node_modules'
const wiremockJar = `${PEERS}/wiremock/build/wiremock-standalone-3.13.2.jar`

const node = (...args) => [process.execPath, ...args]

/** Name → the command on a port, and the file without which it is left out. */
const servers = {
  bare: { command: (port) => node('bench/peers/bare.js', port) },
  plain: { command: (port) => node('bench/peers/plain.js', port) },
  /** As `npm start` runs it: journal and log on, the log into a pipe that is read. */
  mock: { command: (port) => node('dist/cli.js', 'serve', '--port', port) },
  silent: { command: (port) => node('dist/cli.js', 'serve', '--log', 'silent', '--port', port) },
  prism: {
    file: `${PEERS}/@stoplight/prism-cli/dist/index.js`,
    command: (port) =>
      node(`${PEERS}/@stoplight/prism-cli/dist/index.js`, 'mock', '-m', 'false', '-p', port, 'openapi.yaml'),
  },
  /** Without its journal of requests, which has no bound. */
  wiremock: {
    file: wiremockJar,
    command: (port) => [
      ...['java', '-jar', wiremockJar, '--port', port, '--root-dir', 'bench/peers/wiremock'],
      ...['--no-request-journal', '--use-chunked-encoding', 'never', '--disable-banner'],
    ],
  },
  mockoon: {
    file: `${PEERS}/@mockoon/cli/bin/run.js`,
    command: (port) =>
      node(
        `${PEERS}/@mockoon/cli/bin/run.js`,
        'start',
        '--data',
        'bench/peers/mockoon.json',
        '--port',
        port,
        '--disable-log-to-file',
      ),
  },
}

const works = (program, ...args) => spawnSync(program, args).status === 0

/** The peers that are installed here. */
export const installed = (...names) =>
  names.filter((name) => existsSync(servers[name].file) && (name !== 'wiremock' || works('java', '-version')))

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

/** Where cores cannot be chosen, they are not. */
export const pinned = works('taskset', '-c', '0', 'true') ? ['taskset', '-c', '0'] : []
if (pinned.length > 0) spawnSync('taskset', ['-a', '-p', '-c', '1', String(process.pid)])

/** What still runs is ended with the bench, also where the bench fails. */
const children = new Set()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** Starts a server and asks `ready` until it answers: `ms` from spawn to the first answer. */
export const start = async (name) => {
  const port = await freePort()
  const began = performance.now()
  const [program, ...args] = [...pinned, ...servers[name].command(String(port))]
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  children.add(child)
  child.stdout.resume()
  child.stderr.resume()
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`)
    const answered = await load({ port, connections: 1, requests: 1, next: readyAgain(port) }).catch(() => undefined)
    if (answered?.answered === 1) return { name, port, child, ms: performance.now() - began }
    await sleep(1)
  }
}

export const stop = async ({ child }) => {
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
}

export const rssMb = ({ child }) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024

/** Runs whole payments in a process of their own, without a socket, for `ms` at a time. */
export const startInProcess = () => {
  const [program, ...args] = [...pinned, ...node('bench/in-process.js')]
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  children.add(child)
  return {
    child,
    async run(ms) {
      child.send(ms)
      const [perSecond] = await once(child, 'message')
      return perSecond
    },
  }
}
