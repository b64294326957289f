/** The image as a container of a test: `await using kakaopay = await startKakaoPay(new GenericContainer('kakaopay-mock'))`. */
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient, type MockClient } from '../client/client.ts'

const PORT = 8585
const HEALTH_MS = 30_000

/** What is used of a GenericContainer of Testcontainers, which stays a dependency of your own project. */
export interface StartableContainer {
  withExposedPorts(...ports: { container: number; host: number }[]): this
  withEnvironment(environment: Record<string, string>): this
  start(): Promise<StartedContainer>
}
export interface StartedContainer {
  getHost(): string
  getMappedPort(port: number): number
  stop(): Promise<unknown>
}

export interface StartedKakaoPay extends MockClient {
  /** Where the mock is reached from this process. */
  readonly url: string
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Starts the container and waits until it answers. Settings by their variables without the prefix: `{ PAYER: 'approve' }`. The port is chosen first,
 * since the mock's redirect URLs name it.
 */
export const startKakaoPay = async (
  container: StartableContainer,
  settings: Readonly<Record<string, string>> = {},
): Promise<StartedKakaoPay> => {
  const host = await freePort()
  const all = { PUBLIC_URL: `http://localhost:${host}`, ...settings }
  const environment = Object.entries(all).map(([name, value]) => [`KAKAOPAY_MOCK_${name}`, value])
  const started = await container
    .withExposedPorts({ container: PORT, host })
    .withEnvironment(Object.fromEntries(environment))
    .start()
  const url = `http://${started.getHost()}:${started.getMappedPort(PORT)}`
  const stop = async () => {
    await started.stop()
  }
  try {
    await healthy(url)
  } catch (error) {
    await stop()
    throw error
  }
  const token = settings['CONTROL_TOKEN']
  const client = createClient({
    send: (path, init) => fetch(url + path, init),
    ...(token === undefined ? {} : { controlToken: token }),
  })
  return Object.assign(client, { url, stop, [Symbol.asyncDispose]: stop })
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

const healthy = async (url: string): Promise<void> => {
  for (const until = Date.now() + HEALTH_MS; ; await sleep(100)) {
    const response = await fetch(`${url}/_mock/health`).catch(() => undefined)
    if (response?.ok) return
    if (Date.now() > until) throw new Error(`${url}/_mock/health did not answer within ${HEALTH_MS} ms`)
  }
}
