import type { RequestListener } from 'node:http'
import { seededChance, systemChance } from './chance.ts'
import { type Config, ConfigError, configure } from './config.ts'
import { createApplications } from './control/applications.ts'
import { createEvents } from './control/events.ts'
import { createJournal } from './control/journal/journal.ts'
import { type Line, lineOf } from './control/journal/line.ts'
import { createNamespaces, type Namespaces } from './control/namespaces.ts'
import { armingOf, createScenarios, neverFires } from './control/scenarios.ts'
import type { Merchant } from './endpoints/context.ts'
import { createCalls } from './http/api.ts'
import type { AppParts, createApp } from './http/app.ts'
import { mayPass } from './http/control/guard.ts'
import { createLane, type Lane } from './http/lane.ts'
import { createPayerCall } from './http/payer.ts'
import { createListener, KEEP_ALIVE_MS } from './http/server.ts'
import { type Chance, createIds } from './payment/ids.ts'
import { createMemoryStore } from './store/memory.ts'
import type { Store } from './store/store.ts'
import { version } from './version.ts'

/** What a test may put in the place of the world. */
export interface World {
  /** Epoch ms. Default: the system's clock. */
  readonly now?: () => number
  readonly chance?: Chance
  readonly store?: Store
  /** Rules that are not checked, by id. Only the test that proves every rule sets it. */
  readonly rulesOff?: ReadonlySet<string>
  readonly onError?: (error: Error) => void
  /** Told once of each live secret key (PRD…), by the public name of its namespace: such a key has no business in a mock. */
  readonly onLiveKey?: (namespace: string) => void
  /** Told of every call and every act of a payer, once it is answered. Needs the journal. */
  readonly onCall?: (line: Line) => void
}

/** A KakaoPay in this process: a Request in, a Response out, or a listener for a Node server. */
export interface Mock {
  readonly config: Config
  readonly store: Store
  readonly namespaces: Namespaces
  /** Answers a Request, without a socket. */
  fetch(request: Request): Promise<Response>
  /** The same with a path: `mock.request('/online/v1/payment/ready', { method: 'POST', … })`. */
  request(path: string, init?: RequestInit): Promise<Response>
  /** For `http.createServer`, or any framework that takes Node's listener. */
  readonly listener: RequestListener
  /** The short way of the calls, for a server of `createHttpServer`. */
  readonly lane: Lane
  /** Tells the mock where it is reached, for redirect URLs; a configured publicUrl wins. */
  reachedAt(url: string): void
}

/** Puts the mock together: config, clock, chance, store, app. Throws ConfigError where a setting cannot be used. */
export const createMock = (given: Partial<Config> = {}, world: World = {}): Mock => {
  const config = configure(given)
  const store = world.store ?? createMemoryStore(config.maxPayments, config.maxSubscriptions)
  const chance = world.chance ?? systemChance()
  const now = world.now ?? Date.now
  const shared = createIds(chance)
  const namespaces = createNamespaces({
    settings: config,
    now,
    idsFor: (name, seed = config.seed) => (seed === '' ? shared : createIds(seededChance(`${seed}/${name}`))),
    limit: config.maxNamespaces,
    leaseMs: config.namespaceLeaseMs,
    onNewKey: (key, name) => {
      if (key.startsWith('PRD')) world.onLiveKey?.(name)
    },
    onDrop: (name, payments) => {
      scenarios.clear(name)
      if (!payments) return undefined
      journal.clear(name)
      return store.clear(name)
    },
  })
  const journal = createJournal({ length: config.journalLength, on: config.journal, chance })
  const { onCall } = world
  if (onCall) journal.subscribe((entry) => onCall(lineOf(entry)))
  const scenarios = createScenarios({ chance, now, limit: config.maxScenarios })
  for (const input of config.scenarios) {
    const arming = armingOf(input, null)
    const never = neverFires(arming)
    if (never || !scenarios.arm(arming))
      throw new ConfigError(`scenarios: ${never ?? 'there are more than --max-scenarios'}`)
  }
  let address = `http://${config.host}:${config.port}`
  const parts: AppParts = {
    store,
    namespaces,
    journal,
    scenarios,
    events: createEvents(),
    chance,
    now,
    host: config.host,
    allowedHosts: config.allowedHosts,
    controlToken: config.controlToken,
    version,
    applications: createApplications({
      configured: [
        ...config.applications,
        ...config.keys.map((secret_key) => ({ name: 'configured key', secret_key })),
      ],
      required: config.requireApplication,
      store: store.applications,
      chance,
      now,
    }),
    merchants: config.cids.length === 0 ? null : new Map(config.cids.map((m): [string, Merchant] => [m.cid, m])),
    domains: config.domains.length === 0 ? null : config.domains,
    publicUrl: () => address,
    strict: config.strict,
    extraCards: config.cards,
    maxBodyBytes: config.maxBodyBytes,
    missingApi: config.missingApi,
    rulesOff: world.rulesOff ?? new Set(),
    onError: world.onError ?? (() => {}),
  }
  const calls = createCalls(parts)
  let app: Promise<ReturnType<typeof createApp>> | undefined
  const open = () => {
    app ??= import('./http/app.ts').then((street) => street.createApp(parts, calls))
    return app
  }
  if (config.publicUrl !== '') address = config.publicUrl.replace(/\/+$/, '')
  return {
    config,
    store,
    namespaces,
    fetch: async (request) => (await open()).fetch(request),
    request: async (path, init) => (await open()).request(path, init),
    listener: createListener(open, parts.onError),
    lane: createLane(calls, createPayerCall(parts), mayPass(parts), parts, {
      maxHeaderBytes: config.maxHeaderBytes,
      keepAliveSeconds: KEEP_ALIVE_MS / 1000,
    }),
    reachedAt(url) {
      if (config.publicUrl === '') address = url
    },
  }
}
