import type { Config, Fixture } from '../fixture.ts'
import { notEvaluated, STOPPED } from '../flow.ts'
import type { Payer } from '../payer.ts'
import { counts, type Level, type Result } from '../result.ts'
import { type Fetch, SHOP, testKey } from '../target.ts'
import { resolveTemplate } from '../template.ts'
import type { Driver, StartDriver } from './driver.ts'
import { brokenRule } from './failure.ts'
import { openRecordingProxy, type RecordingProxy } from './recording-proxy.ts'
import { clientRules } from './rules.ts'
import { runClientFixture } from './run.ts'
import { judgeOutput } from './secrets.ts'

/** The time-out that clients get by KAKAOPAY_TIMEOUT_MS, in ms: short, since in some flows nobody answers. */
export const CLIENT_TIMEOUT_MS = 1500
/** Time beyond it until a client counts as hanging, in ms. */
const GRACE_MS = 5000
/** The same for a client's first call, in ms: a compiler may have to run first. */
const START_MS = 60_000
/** Clients at a time, each with a proxy, a key and so a namespace of its own. */
export const PARALLEL_CLIENTS = 2

export interface ClientCheck {
  readonly start: StartDriver
  /** A server with these settings. The client reaches it through the recording proxy alone. */
  readonly serve: (config: Config) => Fetch
  readonly payer: Payer
  readonly timeoutMs?: number
  readonly parallel?: number
  /** Stop at the first flow that fails. */
  readonly bail?: boolean
  /** Which failures stop a run with `bail`. Default: all. */
  readonly failOn?: Level
  readonly onResult?: (result: Result) => void
  readonly graceMs?: number
  readonly startMs?: number
  /** Makes this run's keys different from another's. */
  readonly run?: string
}

/** Runs flows with a client, which is started anew after each flow that it failed. Results come in the flows' order. Rejects with Unreachable. */
export const checkClient = async (fixtures: readonly Fixture[], check: ClientCheck): Promise<readonly Result[]> => {
  const { parallel = PARALLEL_CLIENTS, bail = false, failOn = 'should', onResult = () => {} } = check
  const results: Result[] = []
  /** What drivers wrote as they ended. */
  const late: Result[] = []
  let next = 0
  let stopped = false
  const work = async (number: number) => {
    const worker = await openWorker(check, number)
    try {
      while (next < fixtures.length) {
        const at = next++
        const fixture = fixtures[at] as Fixture
        const ran = stopped ? notEvaluated(fixture, STOPPED) : await worker.run(fixture)
        const isFailure = bail && (counts(ran, failOn) || ran.outcome === 'harness error')
        // A flow of another worker that fails after the first failure is not reported beside it.
        const result = stopped && isFailure ? notEvaluated(fixture, STOPPED) : ran
        stopped ||= isFailure
        results[at] = result
        onResult(result)
      }
    } finally {
      const ended = await worker.close()
      if (ended) late.push(ended)
    }
  }
  const workers = Array.from({ length: Math.min(parallel, fixtures.length) }, (_, i) => work(i + 1))
  const failed = (await Promise.allSettled(workers)).find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  for (const result of late) onResult(result)
  return [...results, ...late]
}

/** Of a driver that wrote the key after its last report; not a flow, so that it is there only where it fails. */
const lateOutput = (driver: Driver, key: string): Result | undefined => {
  const secrets = [{ value: key, name: 'secret key' }]
  const report = { kind: 'no report', reason: '' } as const
  const findings = judgeOutput({ stdout: driver.printed(), stderr: driver.output(), report }, secrets)
  if (findings.length === 0) return undefined
  const { sentence, level, evidence, source } = clientRules['client.secret']
  const requirements = [brokenRule('client.secret', findings, secrets)]
  const failure = { step: 1, action: 'the driver ends', requirements, script: '', answer: undefined }
  const about = { id: 'client/output', title: sentence, level, evidence, source, rules: ['client.secret'], ms: 0 }
  return { ...about, outcome: 'failed', failures: [failure] }
}

/** One client process, its recording proxy, and the servers behind that. */
const openWorker = async (check: ClientCheck, number: number) => {
  const { start, serve, payer, timeoutMs = CLIENT_TIMEOUT_MS, graceMs = GRACE_MS, startMs = START_MS } = check
  const key = testKey(check.run ?? 'run', `client-${number}`, 'merchant')
  const servers = new Map<string, Fetch>()
  const proxy: RecordingProxy = await openRecordingProxy(async () => new Response(null, { status: 503 }))
  let driver: Driver | undefined
  let calls = 0
  let starting = true
  const serverFor = (config: Config): Fetch => {
    const settings = JSON.stringify(config)
    const server = servers.get(settings) ?? serve({ ...config, publicUrl: proxy.url })
    servers.set(settings, server)
    return server
  }
  const grace = () => {
    const ms = starting ? Math.max(graceMs, startMs) : graceMs
    starting = false
    return ms
  }
  const startDriver = async () => {
    starting = true
    driver = await start({ baseUrl: proxy.url, key, timeoutMs })
    return driver
  }
  const endDriver = async () => {
    const ending = driver
    driver = undefined
    await ending?.close()
    return ending
  }
  return {
    async run(fixture: Fixture): Promise<Result> {
      const server = serverFor(resolveTemplate(fixture.config ?? {}, { key }) as Config)
      proxy.connect(server)
      const { result, usable } = await runClientFixture(fixture, {
        driver: driver ?? (await startDriver()),
        proxy,
        session: { fetch: server, key, otherKey: '' },
        payer,
        shop: SHOP,
        timeoutMs,
        grace,
        nextId: () => ++calls,
      })
      if (!usable) await endDriver()
      return result
    },
    async close(): Promise<Result | undefined> {
      const ended = await endDriver()
      await proxy.close()
      return ended && lateOutput(ended, key)
    },
  }
}
