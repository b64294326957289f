import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type RedisClientType } from 'redis'

/** A redis-server of the test's own, on a free port. */
export interface RedisServer {
  readonly url: string
  readonly port: number
  /** As a power cut would end it. */
  kill(): Promise<void>
  /** Stops its process as it is: its sockets stay open, and nobody answers. */
  freeze(): void
  thaw(): void
  /** Starts it again on the same port and folder. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** `flags` as redis-server takes them, such as `--appendonly yes`. Resolves once it answers. */
export const startRedis = async (
  flags: readonly string[] = [],
  scheme: 'redis' | 'rediss' = 'redis',
): Promise<RedisServer> => {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-redis-'))
  const ports = scheme === 'redis' ? ['--port', String(port)] : ['--port', '0', '--tls-port', String(port)]
  const args = [...ports, '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...flags]
  let server: ChildProcess
  const start = async () => {
    server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] })
    const output = server.stdout as NodeJS.ReadableStream
    await new Promise<void>((resolve, reject) => {
      server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)))
      output.on('data', (text) => {
        if (String(text).includes('Ready to accept connections')) resolve()
      })
    })
  }
  const end = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return
    server.kill(signal)
    await once(server, 'exit')
  }
  await start()
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    kill: () => end('SIGKILL'),
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    restart: start,
    stop: () => end('SIGTERM'),
  }
}

/** A plain client, to look at what is in the server. */
export const look = async <T>(url: string, ask: (client: RedisClientType) => Promise<T>): Promise<T> => {
  const client = createClient({ url }) as unknown as RedisClientType
  await client.connect()
  try {
    return await ask(client)
  } finally {
    client.destroy()
  }
}
