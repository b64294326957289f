import { createHash } from 'node:crypto'
import type { Config, Need } from './fixture.ts'
import type { Payer } from './payer.ts'

/** A server as the kit sees it: a Request in, a Response out, be it over a socket or in this process. */
export type Fetch = (request: Request) => Promise<Response>

/** The way into a server for one flow. */
export interface Session {
  readonly fetch: Fetch
  /** The secret key that the flow's merchant sends. */
  readonly key: string
  /** The key of a second merchant; empty where there is none. */
  readonly otherKey: string
}

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
  /** What it has and flows must not use all the same, and why. */
  readonly withheld?: Readonly<Partial<Record<Need, string>>>
  readonly payer: Payer | undefined
  /** Flows at a time. */
  readonly parallel: number
  /** Time for one answer, in ms. */
  readonly timeoutMs: number
  open(id: string, config: Config): Session
}

/** Longer than the 11 s after which KakaoPay's own guideline lets a client give up. */
export const ANSWER_TIMEOUT_MS = 15_000

const PARALLEL = 8
const control = ['clock', 'fault'] as const

/** A key in the observed form of a Secret key(dev): DEV and 37 upper-case hex digits. Each flow has its own, and so its own namespace. */
export const keyOf = (run: string, id: string, who: 'merchant' | 'other'): string =>
  `DEV${createHash('sha256').update(`${run}/${id}/${who}`).digest('hex').toUpperCase().slice(0, 37)}`

/** What a server in this process is called by; nothing listens there on its account. */
export const IN_PROCESS = 'http://127.0.0.1:8585'

export const SHOP = 'https://shop.example'

export interface InProcess {
  /** A server with these settings. Called once for each settings that flows need. */
  readonly serve: (config: Config) => Fetch
  readonly label?: string
  readonly payer?: Payer
  /** Whether it has this project's control API, and with it a clock and faults. Default: false. */
  readonly controlled?: boolean
  /** Makes this run's keys different from another's. */
  readonly run?: string
}

/** A server in this process, made for each flow with the settings that it needs. */
export const inProcess = ({
  serve,
  label = 'in process',
  payer,
  controlled = false,
  run = 'run',
}: InProcess): Target => {
  const offers = new Set<Need>(['config', 'second key'])
  if (payer) offers.add('payer')
  if (controlled) for (const need of control) offers.add(need)
  const servers = new Map<string, Fetch>()
  return {
    label,
    url: IN_PROCESS,
    shop: SHOP,
    offers,
    payer,
    parallel: PARALLEL,
    timeoutMs: ANSWER_TIMEOUT_MS,
    open(id, config) {
      const settings = JSON.stringify(config)
      const fetch = servers.get(settings) ?? serve(config)
      servers.set(settings, fetch)
      return { fetch, key: keyOf(run, id, 'merchant'), otherKey: keyOf(run, id, 'other') }
    },
  }
}

export interface OverHttp {
  readonly url: string
  /** The developer's own key, used for every flow; undefined: a key for each flow, where the server takes any. */
  readonly key: string | undefined
  readonly payer: Payer | undefined
  /** Whether the server has this project's control API, and with it a clock and faults. */
  readonly controlled: boolean
  /** Makes this run's keys different from another's. */
  readonly run: string
  readonly parallel?: number
  /** Default: `https://shop.example`. The real service wants a domain that the application has registered. */
  readonly shop?: string
}

/** With one key for all flows there is one namespace, and others run in it at the same time. */
const besideOthers = {
  clock: 'needs a key of its own, or it would move the clock of every other flow',
  fault: 'needs a key of its own, or its fault could meet another flow',
} as const

/** A server at a URL. Settings cannot be made there, so flows that need them are not evaluated. */
export const overHttp = ({ url, key, payer, controlled, run, parallel = PARALLEL, shop = SHOP }: OverHttp): Target => {
  const offers = new Set<Need>()
  if (payer) offers.add('payer')
  if (key === undefined) offers.add('second key')
  if (controlled && key === undefined) for (const need of control) offers.add(need)
  return {
    label: url.replace(/\/+$/, ''),
    url: url.replace(/\/+$/, ''),
    shop: shop.replace(/\/+$/, ''),
    offers,
    withheld: controlled && key !== undefined ? besideOthers : {},
    payer,
    parallel,
    timeoutMs: ANSWER_TIMEOUT_MS,
    open: (id) => ({
      fetch: (request) => fetch(request),
      key: key ?? keyOf(run, id, 'merchant'),
      otherKey: key === undefined ? keyOf(run, id, 'other') : '',
    }),
  }
}
