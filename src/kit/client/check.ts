import type { Config, Fixture } from '../fixture.ts'
import type { Payer } from '../payer.ts'
import type { Result } from '../result.ts'
import { type Fetch, keyOf, SHOP } from '../target.ts'
import { fill } from '../template.ts'
import type { Driver, StartDriver } from './driver.ts'
import { openRecordingProxy, type RecordingProxy } from './recording-proxy.ts'
import { playFixture } from './run.ts'

/** The time-out that clients are told by KAKAOPAY_TIMEOUT_MS, in ms: short, so that the flows in which nobody answers are. */
export const CLIENT_TIMEOUT_MS = 1500
/** Time beyond it until a client counts as hanging, in ms. */
const GRACE_MS = 5000
/** The same for a client's first call, in ms: a compiler may have to run first. */
const START_MS = 60_000
/** Clients at a time, each with a socket, a key and so a namespace of its own. */
export const PARALLEL_CLIENTS = 2

export interface ClientCheck {
  readonly start: StartDriver
  /** A server with these settings. The client never meets it directly, but through the kit's own socket. */
  readonly serve: (config: Config) => Fetch
  readonly payer: Payer
  readonly timeoutMs?: number
  readonly parallel?: number
  /** Stop at the first flow that fails. */
  readonly bail?: boolean
  readonly onResult?: (result: Result) => void
  readonly graceMs?: number
  readonly startMs?: number
  /** Makes this run's keys different from another's. */
  readonly run?: string
}

/** Plays flows with a client, which is started anew after each flow that it failed. Results come in the flows' order. Rejects with Unreachable. */
export const checkClient = async (fixtures: readonly Fixture[], check: ClientCheck): Promise<readonly Result[]> => {
  const { parallel = PARALLEL_CLIENTS, bail = false, onResult = () => {} } = check
  const results: Result[] = []
  let next = 0
  let stopped = false
  const work = async (number: number) => {
    const seat = await openSeat(check, number)
    try {
      while (next < fixtures.length) {
        const at = next++
        const fixture = fixtures[at] as Fixture
        const result = stopped ? skipped(fixture) : await seat.play(fixture)
        stopped ||= bail && (result.outcome === 'failed' || result.outcome === 'harness error')
        results[at] = result
        onResult(result)
      }
    } finally {
      await seat.close()
    }
  }
  const workers = Array.from({ length: Math.min(parallel, fixtures.length) }, (_, i) => work(i + 1))
  const failed = (await Promise.allSettled(workers)).find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
  return results
}

const skipped = ({ id, title, level, evidence, source, rules }: Fixture): Result => ({
  ...{ id, title, level, evidence, source, rules, ms: 0 },
  outcome: 'not evaluated',
  reason: 'the run was stopped by an earlier failure',
})

/** One client at work: its process, the socket that it calls and the servers behind it. */
const openSeat = async (check: ClientCheck, number: number) => {
  const {
    start,
    serve,
    payer,
    timeoutMs = CLIENT_TIMEOUT_MS,
    graceMs = GRACE_MS,
    startMs = START_MS,
    run = 'run',
  } = check
  const key = keyOf(run, `client-${number}`, 'merchant')
  const servers = new Map<string, Fetch>()
  const wire: RecordingProxy = await openRecordingProxy(async () => new Response(null, { status: 503 }))
  let driver: Driver | undefined
  let calls = 0
  const serverFor = (config: Config): Fetch => {
    const settings = JSON.stringify(config)
    const server = servers.get(settings) ?? serve({ ...config, publicUrl: wire.url })
    servers.set(settings, server)
    return server
  }
  let fresh = true
  const grace = () => {
    const ms = fresh ? Math.max(graceMs, startMs) : graceMs
    fresh = false
    return ms
  }
  const begin = async () => {
    fresh = true
    driver = await start({ baseUrl: wire.url, key, timeoutMs })
    return driver
  }
  return {
    async play(fixture: Fixture): Promise<Result> {
      const server = serverFor(fill(fixture.config ?? {}, { key }) as Config)
      wire.connect(server)
      const { result, usable } = await playFixture(fixture, {
        driver: driver ?? (await begin()),
        wire,
        door: { fetch: server, key, otherKey: '' },
        payer,
        shop: SHOP,
        timeoutMs,
        grace,
        nextId: () => ++calls,
      })
      if (!usable) await endDriver()
      return result
    },
    async close() {
      await endDriver()
      await wire.close()
    },
  }
  async function endDriver() {
    const ending = driver
    driver = undefined
    await ending?.close()
  }
}
