import type { Evidence } from '../../contracts/evidence.ts'
import type { EndpointName } from '../../contracts/index.ts'
import type { Level } from './result.ts'

/** JSON of a fixture. Strings may hold `{{name}}`, replaced when the step is reached. */
export type Value = unknown

/** What is expected of an answer. The contract's shape of an accepted call's answer is checked besides. */
export interface Expect {
  /** HTTP status; 0: the connection is closed without an answer, which only a fault step makes a server do. */
  readonly status: number
  /** The parts of the body that matter: plain values, or a matcher such as `{"$is": "tid"}`. */
  readonly body?: Value
  /** The body has the keys of `body` and no others. */
  readonly exact?: boolean
  /** The body's keys come in the order of `body`'s. */
  readonly order?: boolean
  /** Response headers by lower-case name; null: the header is absent. */
  readonly headers?: Readonly<Record<string, Value>>
  /** With `times`: how many of the answers are as said above; the others are refusals. */
  readonly succeed?: number
  /** The body breaks off, so that it is no JSON. */
  readonly cut?: boolean
  /** The answer may have keys that the contract does not have, as with the fault `new-fields`. */
  readonly undocumented_keys?: boolean
  /** The answer, or the end of the connection, takes at least so long. */
  readonly at_least_ms?: number
}

/** What is stored for later steps: a name, and a JSON pointer into the body. */
export type Keep = Readonly<Record<string, string>>

/** The merchant calls. Defaults: the contract's method and path, JSON, the flow's own key. */
export interface CallStep {
  readonly call: EndpointName
  readonly send?: Readonly<Record<string, Value>>
  /** Instead of `send`: the exact body, or its bytes. */
  readonly raw?: string | Repeat | { readonly base64: string }
  /** In addition to Authorization and Content-Type; null leaves a header out. */
  readonly headers?: Readonly<Record<string, string | null>>
  readonly method?: string
  readonly path?: string
  readonly query?: string
  /** openapi.yaml does not allow what is sent, but the real service is seen to accept it. */
  readonly lenient?: boolean
  /** Another merchant, with a key of its own. */
  readonly as?: 'other'
  /** Sends it so often, all at once; `{{n}}` counts them from 1. Default 1. */
  readonly times?: number
  readonly expect: Expect
  readonly keep?: Keep
}

export type PayerAct = 'approve' | 'cancel' | 'fail' | 'expire'

/** The payer acts at the redirect URL of the last `ready`. */
export interface PayerStep {
  readonly payer: PayerAct
  readonly method?: 'CARD' | 'MONEY'
  readonly card?: string
  readonly install_month?: number
  readonly card_type?: 'CREDIT' | 'CHECK'
  readonly interest_free_install?: 'Y' | 'N'
  /** Paid with points and discounted, in KRW. */
  readonly point?: number
  readonly discount?: number
  /** Where the payer is sent: a text or a matcher. */
  readonly redirect?: Value
  /** `redirect` (the whole URL) and the names of its query parameters. */
  readonly keep?: Keep
}

/** Advances the clock, in ms. Never sent to a server whose clock cannot be moved. */
export interface ClockStep {
  readonly clock: { readonly advance_ms: number }
}

/** Arms a fault rule of the control API. Never sent to a server that has none. */
export interface FaultStep {
  readonly fault: Readonly<Record<string, Value>>
}

/** The recording proxy changes the next answer of a call. For clients alone. */
export interface AnswerStep {
  readonly answer: Readonly<Record<string, Value>>
}

/** A browser opens a redirect URL of the last `ready`. */
export interface PageStep {
  readonly page: 'next_redirect_app_url' | 'next_redirect_mobile_url' | 'next_redirect_pc_url'
  /** Texts that the page shows. */
  readonly shows: readonly string[]
}

export type Step = CallStep | PayerStep | ClockStep | FaultStep | AnswerStep | PageStep

export interface Repeat {
  readonly $repeat: string
  readonly times: number
}

/** Settings that the server must have, named as in the configuration of this project's own. */
export type Config = Readonly<Record<string, Value>>

interface Traits {
  readonly for: 'server' | 'client' | 'both'
  readonly evidence: Evidence
  /** A key of `sources` in contracts/evidence.ts. */
  readonly source: string
  readonly config?: Config
}

/** One complete flow that a server or a client is checked against. */
export interface Fixture extends Traits {
  /** Follows from the evidence; a client's flow may have its own. */
  readonly level: Level
  /** Never changes its meaning. */
  readonly id: string
  readonly title: string
  /** Ids of the rules that this flow checks. */
  readonly rules: readonly string[]
  readonly steps: readonly Step[]
  /** The file that it is written in, below `fixtures/`. */
  readonly file: string
}

/** What a variation may change about one call of the base. */
export type CallChange = Partial<Omit<CallStep, 'call' | 'send'>> & {
  /** Fields instead of, or beside, those that the base sends. */
  readonly set?: Readonly<Record<string, Value>>
  /** Fields that are not sent. */
  readonly unset?: readonly string[]
}

/** One flow, as the difference from the base. */
export interface Variation extends Partial<Traits>, CallChange {
  readonly level?: Level
  readonly id: string
  readonly title: string
  readonly rules?: readonly string[]
  /** Which step of the base is changed. Default: the last call. */
  readonly at?: number
  /** Fields changed in `ready`, which is where most flows begin. */
  readonly ready?: Readonly<Record<string, Value>>
  /** Changes the base's payer step; null leaves it out. */
  readonly payer?: Partial<PayerStep> | null
  /** Steps right before the changed call. */
  readonly before?: readonly Step[]
  /** Steps after the base's last. */
  readonly then?: readonly Step[]
  /** Instead of the base's steps. */
  readonly steps?: readonly Step[]
}

export interface FixtureFile {
  readonly $schema?: string
  /** One sentence: what the flows of this file are about. */
  readonly subject: string
  readonly base: Traits & { readonly level?: Level; readonly steps: readonly Step[] }
  readonly variations: readonly Variation[]
}

export const isCall = (step: Step): step is CallStep => 'call' in step
export const isPayer = (step: Step): step is PayerStep => 'payer' in step
export const isClock = (step: Step): step is ClockStep => 'clock' in step
export const isFault = (step: Step): step is FaultStep => 'fault' in step
export const isAnswer = (step: Step): step is AnswerStep => 'answer' in step
export const isPage = (step: Step): step is PageStep => 'page' in step

/** What a server must offer so that a flow can be evaluated against it. */
export type Need = 'config' | 'payer' | 'clock' | 'fault' | 'second key' | 'proxy' | 'page'

export const needsOf = ({ config, steps }: Fixture): ReadonlySet<Need> => {
  const needs = new Set<Need>()
  if (config && Object.keys(config).length > 0) needs.add('config')
  for (const step of steps) {
    if (isPayer(step)) needs.add('payer')
    if (isClock(step)) needs.add('clock')
    if (isFault(step)) needs.add('fault')
    if (isAnswer(step)) needs.add('proxy')
    if (isPage(step)) needs.add('page')
    if (isCall(step) && step.as) needs.add('second key')
  }
  return needs
}
