import type { RequestListener } from 'node:http'
import { baseUrl, urlOfSocket } from './base-url.ts'
import { createCheckout } from './checkout/page.ts'
import { type Config, ConfigError, configure } from './config/config.ts'
import { type Origin, settingsInForce } from './config/in-force.ts'
import type { SettingName } from './config/settings.ts'
import type { ControlDeps } from './control/deps.ts'
import { createControl } from './control/index.ts'
import { createNotifications } from './control/notifications.ts'
import { readStateFile } from './control/state-file.ts'
import { createDashboard } from './dashboard/dashboard.ts'
import type { Merchant } from './endpoints/context.ts'
import { createApp } from './http/app.ts'
import { createListener } from './http/server.ts'
import { throughStore } from './http/through-store.ts'
import type { LogLine } from './journal/log-line.ts'
import type { Namespaces } from './namespaces/namespaces.ts'
import { createQuota } from './namespaces/quota.ts'
import type { RandomSource } from './payment/ids.ts'
import { systemRandom } from './random.ts'
import { createDeviations, type Deviations } from './relay/deviations.ts'
import { createRelay } from './relay/relay.ts'
import { createState } from './state.ts'
import { createMemoryStore } from './store/memory.ts'
import type { Store } from './store/store.ts'
import { version } from './version.ts'

/** What a test may replace: clock, random source, store, rules, callbacks. */
export interface Overrides {
  /** Epoch ms. Default: the system's clock. */
  readonly now?: () => number
  readonly random?: RandomSource
  readonly store?: Store
  /** Rules that are not checked, by id. Only the test that proves every rule sets it. */
  readonly rulesOff?: ReadonlySet<string>
  readonly onError?: (error: Error) => void
  /** Called once for each live secret key (PRD…) with the public name of its namespace: a live key does not belong in a mock. */
  readonly onLiveKey?: (namespace: string) => void
  /** Called with every call and every action of a payer, once it is answered. Needs the journal. */
  readonly onCall?: (line: LogLine) => void
  /** Where a setting came from, for the list of settings. Default: `options` for those that are given. */
  readonly originOf?: (name: SettingName) => Origin
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
  /** For `http.createServer`, or any framework that takes Node's listener. Redirect URLs name the address and port of the last connection. */
  readonly listener: RequestListener
  /** Tells the mock where it is reached, for redirect URLs, instead of the connections; a configured publicUrl wins. */
  reachedAt(url: string): void
}

/** Puts the mock together: config, clock, random source, store, app. Throws ConfigError where a setting cannot be used. */
export const createMock = (given: Partial<Config> = {}, overrides: Overrides = {}): Mock => {
  const config = configure(given)
  let address =
    config.publicUrl === '' ? baseUrl(config.host, config.port) : config.publicUrl.replace(/(?<!\/)\/+$/, '')
  let isAddressKnown = config.publicUrl !== ''
  const { originOf = (name) => (name in given ? 'options' : 'default') } = overrides
  const { load, ...ownDeps } = createDeps(config, overrides, () => address)
  const deps: ControlDeps = {
    ...ownDeps,
    callApi: async (path, init) => app.request(path, init),
    settingsInForce: () => settingsInForce(config, originOf),
  }
  const app = createApp(deps, [createControl(deps, createDashboard()), createCheckout(deps)])
  app.fetch = throughStore(app.fetch, { ...deps, load })
  return {
    config,
    store: deps.store,
    namespaces: deps.namespaces,
    fetch: async (request) => app.fetch(request),
    request: async (path, init) => app.request(path, init),
    listener: createListener(app, (socket) => {
      if (!isAddressKnown) address = urlOfSocket(socket) ?? address
    }),
    reachedAt(url) {
      if (config.publicUrl === '') address = url
      isAddressKnown = true
    },
  }
}

const createDeps = (config: Config, overrides: Overrides, publicUrl: () => string) => {
  const { now = Date.now, random = systemRandom(), onCall } = overrides
  const deviations = createDeviations()
  const store = storeOf(config, overrides)
  const stateFile = stateFileOf(config, store, now)
  const state = createState(config, {
    store,
    stateFile,
    now,
    random,
    onCall,
    onLiveKey: overrides.onLiveKey,
  })
  return {
    quota: createQuota(state.store.records),
    deviations,
    relay: relayOf(config, deviations, now),
    ...state,
    notifications: createNotifications(state.store.records),
    resetState: config.resetTo === 'state' ? stateFile : undefined,
    random,
    now,
    host: config.host,
    allowedHosts: config.allowedHosts,
    controlToken: config.controlToken,
    version,
    merchants: config.cids.length === 0 ? null : new Map(config.cids.map((m): [string, Merchant] => [m.cid, m])),
    domains: config.domains.length === 0 ? null : config.domains,
    followHosts: config.followHosts,
    publicUrl,
    strict: config.strict,
    extraCards: config.cards,
    maxBodyBytes: config.maxBodyBytes,
    missingApi: config.missingApi,
    rulesOff: overrides.rulesOff ?? new Set(),
    onError: overrides.onError ?? (() => {}),
  }
}

/** A store that takes time to open is opened by startServer, or by whoever makes the mock. */
const storeOf = (config: Config, { store }: Overrides): Store => {
  if (store) return store
  if (config.store !== 'memory')
    throw new ConfigError('store: createMock keeps state in memory; use startMock, or hand over a store that is open')
  return createMemoryStore(config.maxPayments, config.maxSubscriptions)
}

/** What the mock begins with, checked before it is needed. */
const stateFileOf = (config: Config, { limits }: Store, now: () => number) => {
  const { state: path, resetTo, maxNamespaces, maxFaults } = config
  if (path === '' && resetTo === 'state') throw new ConfigError('resetTo state needs a file: --state FILE')
  if (path === '') return undefined
  try {
    return readStateFile(path, { ...limits, maxNamespaces, maxFaults }, now())
  } catch (error) {
    throw new ConfigError(`--state: ${(error as Error).message}`)
  }
}

/** Where calls are passed on to, if anywhere. */
const relayOf = ({ relay: url, relayLive: live, record }: Config, deviations: Deviations, now: () => number) =>
  url === '' ? undefined : createRelay({ url, live, record, deviations, now })
