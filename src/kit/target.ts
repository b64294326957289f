import { createHash } from 'node:crypto'
import type { Config, Need } from './fixture.ts'
import type { Payer } from './payer.ts'
import type { Profile } from './profile.ts'
import type { Fetch, Session } from './session.ts'

export type { Fetch, Session } from './session.ts'

/** A server under test. */
export interface Target {
  /** What reports call it. */
  readonly label: string
  /** Origin of its API, without a trailing slash. */
  readonly url: string
  /** Where the merchant's redirect URLs lead, without a trailing slash: `{{shop}}` in the fixtures. */
  readonly shop: string
  /** What flows may need and this server has. */
  readonly offers: ReadonlySet<Need>
  /** Why flows must not use something that it has. */
  readonly withheld?: Readonly<Partial<Record<Need, string>>>
  /** What it is like; undefined: like this project's own server without settings. */
  readonly profile: Profile | undefined
  readonly payer: Payer | undefined
  /** Environment variable that holds the key; undefined where the kit made the key. */
  readonly keyName: string | undefined
  /** The same of the second merchant's key. */
  readonly otherKeyName: string | undefined
  /** Of this run: whether a call was accepted yet (a server that answers −401 to every call does not know the key), and all ids. */
  readonly runState: { accepted: boolean; readonly ids: Set<string> }
  /** Whether the kit may send more calls than the flows have, to look at a payment before and after a refusal. */
  readonly extraCalls: boolean
  /** Go on with a flow after a step that broke a requirement: a recording is to be complete. */
  readonly goOn: boolean
  /** Flows at a time. */
  readonly parallel: number
  /** Requests per second; undefined: as fast as the server answers. */
  readonly pace: number | undefined
  /** Time for one answer, in ms. */
  readonly timeoutMs: number
  open(id: string, config: Config): Session
}

/** Longer than the 11 s after which KakaoPay's own guideline lets a client give up. */
export const ANSWER_TIMEOUT_MS = 15_000

const PARALLEL = 8

/** A key in the observed form of a Secret key(dev): DEV and 37 upper-case hex digits. Each flow has its own, and so its own namespace. */
export const testKey = (run: string, id: string, who: 'merchant' | 'other'): string =>
  `DEV${createHash('sha256').update(`${run}/${id}/${who}`).digest('hex').toUpperCase().slice(0, 37)}`

/** The URL of a server in this process; nothing listens there. */
export const IN_PROCESS = 'http://127.0.0.1:8585'

export const SHOP = 'https://shop.example'

const withoutSlash = (url: string) => url.replace(/(?<!\/)\/+$/, '')

export interface InProcess {
  /** A server with these settings. Called once for each settings that flows need. */
  readonly serve: (config: Config) => Fetch
  readonly label?: string
  readonly payer?: Payer
  /** Whether it has this project's control API, and with it a clock and faults. Default: false. */
  readonly controlled?: boolean
  /** Makes this run's keys different from another's. */
  readonly run?: string
  /** A server of this profile, whose settings flows cannot change. Default: flows set what they need. */
  readonly profile?: Profile
}

/** A server in this process, made for each flow with the settings that it needs. */
export const inProcess = (options: InProcess): Target => {
  const { serve, label = 'in process', payer, controlled = false, run = 'run', profile } = options
  const offers = new Set<Need>(['second key'])
  if (!profile) offers.add('config')
  if (payer) offers.add('payer')
  if (controlled) offers.add('clock').add('fault').add('page')
  const servers = new Map<string, Fetch>()
  return {
    label,
    url: IN_PROCESS,
    shop: withoutSlash(profile?.shop ?? SHOP),
    offers,
    profile,
    payer,
    keyName: undefined,
    otherKeyName: undefined,
    runState: { accepted: false, ids: new Set() },
    extraCalls: true,
    goOn: false,
    parallel: PARALLEL,
    pace: undefined,
    timeoutMs: ANSWER_TIMEOUT_MS,
    open(id, config) {
      const settings = JSON.stringify(config)
      const fetch = servers.get(settings) ?? serve(config)
      servers.set(settings, fetch)
      return { fetch, key: testKey(run, id, 'merchant'), otherKey: testKey(run, id, 'other') }
    },
  }
}

export interface OverHttp {
  readonly url: string
  /** The developer's own key, used for every flow; undefined: a key for each flow, where the server takes any. */
  readonly key: string | undefined
  /** The key of a second merchant, where `key` is given. */
  readonly otherKey?: string | undefined
  readonly keyName?: string | undefined
  readonly otherKeyName?: string | undefined
  readonly payer: Payer | undefined
  /** Whether the server has this project's control API, and with it a clock and faults. */
  readonly controlled: boolean
  /** Makes this run's keys different from another's. */
  readonly run: string
  readonly parallel?: number
  /** Default: `https://shop.example`. The real service wants a domain that the application has registered. */
  readonly shop?: string
  readonly profile?: Profile | undefined
  readonly extraCalls?: boolean
  readonly goOn?: boolean
  /** Requests per second; undefined: as fast as the server answers. */
  readonly pace?: number | undefined
}

/** Sends at most so many requests per second. */
const paced = (perSecond: number): Fetch => {
  let next = 0
  return async (request) => {
    const now = performance.now()
    const at = Math.max(now, next)
    next = at + 1000 / perSecond
    await new Promise((resolve) => setTimeout(resolve, at - now))
    return fetch(request)
  }
}

/** With one key for all flows there is one namespace, in which they run at the same time. */
const withheldByOneKey = {
  clock: 'needs a key of its own, or it would move the clock of every other flow',
  fault: 'needs a key of its own, or its fault could meet another flow',
} as const

/** A server at a URL. Its settings cannot be changed, so that flows which need others are not evaluated. */
export const overHttp = (options: OverHttp): Target => {
  const {
    key,
    otherKey = '',
    keyName,
    otherKeyName,
    payer,
    controlled,
    run,
    profile,
    parallel = PARALLEL,
    extraCalls = true,
    goOn = false,
  } = options
  const url = withoutSlash(options.url)
  const ownKeys = key === undefined
  const send: Fetch = options.pace === undefined ? (request) => fetch(request) : paced(options.pace)
  const offers = new Set<Need>()
  if (payer) offers.add('payer')
  if (ownKeys || otherKey !== '') offers.add('second key')
  const clock = profile?.offers?.clock ?? controlled
  const faults = profile?.offers?.faults ?? controlled
  if (controlled) offers.add('page')
  if (clock && ownKeys) offers.add('clock')
  if (faults && ownKeys) offers.add('fault')
  return {
    label: url,
    url,
    shop: withoutSlash(options.shop ?? profile?.shop ?? SHOP),
    offers,
    withheld: ownKeys
      ? {}
      : { ...(clock ? { clock: withheldByOneKey.clock } : {}), ...(faults ? { fault: withheldByOneKey.fault } : {}) },
    profile,
    payer,
    keyName,
    otherKeyName,
    runState: { accepted: false, ids: new Set() },
    extraCalls,
    goOn,
    parallel,
    pace: options.pace,
    timeoutMs: ANSWER_TIMEOUT_MS,
    open: (id) => ({
      fetch: send,
      key: key ?? testKey(run, id, 'merchant'),
      otherKey: ownKeys ? testKey(run, id, 'other') : otherKey,
    }),
  }
}
