import type { EndpointName } from '../../contracts/index.ts'

/** Text, number, list or object of a fixture. Strings may hold `{{name}}`, filled in when the step is reached. */
export type Value = unknown

/** What an answer must look like. The shape of an accepted call's answer is checked besides, by the contract. */
export interface Expect {
  /** HTTP status; 0: no answer at all, the connection is closed instead. Only a fault step makes a server do that. */
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
  /** The body breaks off, so that it is no JSON. Nothing else about a body can be asked then. */
  readonly cut?: boolean
  /** The answer, or the end of the connection, takes at least so long. */
  readonly at_least_ms?: number
}

/** What is kept for later steps: a name and where it is in the body, as a JSON pointer. */
export type Keep = Readonly<Record<string, string>>

/** The merchant calls. What is not said is as the contract says: its method and path, JSON, the case's own key. */
export interface CallStep {
  readonly call: EndpointName
  readonly send?: Readonly<Record<string, Value>>
  /** Instead of `send`: the body to the letter, or its bytes. */
  readonly raw?: string | Repeat | { readonly base64: string }
  /** Over the usual Authorization and Content-Type; null leaves the header out. */
  readonly headers?: Readonly<Record<string, string | null>>
  readonly method?: string
  readonly path?: string
  readonly query?: string
  /** What is sent is not what openapi.yaml says, but what the real service is seen to accept. */
  readonly lenient?: boolean
  /** Another merchant, with a key of its own. */
  readonly as?: 'other'
  /** Sends it so often, all at once. Default 1. */
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
  /** Where the payer is sent: a text or a matcher. */
  readonly redirect?: Value
  /** `redirect` (the whole URL) and the names of its query parameters. */
  readonly keep?: Keep
}

/** Time passes, in ms. Never sent to a server that has no clock to move. */
export interface ClockStep {
  readonly clock: { readonly advance_ms: number }
}

/** What a call is to be answered with instead. Never sent to a server that knows no faults. */
export interface FaultStep {
  readonly fault: Readonly<Record<string, Value>>
}

export type Step = CallStep | PayerStep | ClockStep | FaultStep

export interface Repeat {
  readonly $repeat: string
  readonly times: number
}

/** Settings that the server must have, named as in the configuration of this project's own. */
export type Config = Readonly<Record<string, Value>>

interface Traits {
  readonly for: 'server' | 'client' | 'both'
  readonly level: 'must' | 'should'
  readonly evidence: 'documented' | 'observed' | 'inferred'
  /** A key of `sources` in contracts/evidence.ts. */
  readonly source: string
  readonly config?: Config
}

/** One flow, whole: what a server or a client is checked against. */
export interface Fixture extends Traits {
  /** A promise: it never changes its meaning. */
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
  /** Fields in the place of, or beside, those that the base sends. */
  readonly set?: Readonly<Record<string, Value>>
  /** Fields that are not sent. */
  readonly unset?: readonly string[]
}

/** One flow, told as the difference from the base. */
export interface Variation extends Partial<Traits>, CallChange {
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
  /** In the place of the base's steps. */
  readonly steps?: readonly Step[]
}

export interface FixtureFile {
  readonly $schema?: string
  /** One sentence: what the flows of this file are about. */
  readonly subject: string
  readonly base: Traits & { readonly steps: readonly Step[] }
  readonly variations: readonly Variation[]
}

export const isCall = (step: Step): step is CallStep => 'call' in step
export const isPayer = (step: Step): step is PayerStep => 'payer' in step
export const isClock = (step: Step): step is ClockStep => 'clock' in step
export const isFault = (step: Step): step is FaultStep => 'fault' in step

/** A file's base and variations as whole flows. Throws where a variation changes a step that is not there. */
export const expand = (file: FixtureFile, name: string): Fixture[] =>
  file.variations.map((variation) => {
    const { steps: baseSteps, ...traits } = file.base
    const { for: subject, level, evidence, source, config } = { ...traits, ...variation }
    return {
      id: variation.id,
      title: variation.title,
      for: subject,
      level,
      evidence,
      source,
      rules: variation.rules ?? [],
      ...(config ? { config } : {}),
      steps: [...(variation.steps ?? changed(baseSteps, variation)), ...(variation.then ?? [])],
      file: name,
    }
  })

const changed = (steps: readonly Step[], v: Variation): Step[] => {
  const at = v.at ?? steps.findLastIndex(isCall)
  const target = steps[at]
  if (!target || !isCall(target)) throw new Error(`fixture ${v.id}: step ${at} of the base is not a call`)
  return steps.flatMap((step, i): Step[] => {
    if (isPayer(step) && v.payer === null) return []
    if (isPayer(step) && v.payer) return [{ ...step, ...v.payer }]
    if (!isCall(step)) return [step]
    const ready = step.call === 'ready' && v.ready ? { ...step, send: { ...step.send, ...v.ready } } : step
    return i === at ? [...(v.before ?? []), changedCall(ready, v)] : [ready]
  })
}

const callKeys = ['raw', 'headers', 'method', 'path', 'query', 'lenient', 'as', 'times', 'expect', 'keep'] as const

const changedCall = (step: CallStep, v: Variation): CallStep => {
  const send = Object.fromEntries(
    Object.entries({ ...step.send, ...v.set }).filter(([field]) => !v.unset?.includes(field)),
  )
  const changes = Object.fromEntries(callKeys.filter((k) => v[k] !== undefined).map((k) => [k, v[k]]))
  return { ...step, send, ...changes }
}

/** What a server must offer so that a flow can be evaluated against it. */
export type Need = 'config' | 'payer' | 'clock' | 'fault' | 'second key'

export const needsOf = ({ config, steps }: Fixture): ReadonlySet<Need> => {
  const needs = new Set<Need>()
  if (config && Object.keys(config).length > 0) needs.add('config')
  for (const step of steps) {
    if (isPayer(step)) needs.add('payer')
    if (isClock(step)) needs.add('clock')
    if (isFault(step)) needs.add('fault')
    if (isCall(step) && step.as) needs.add('second key')
  }
  return needs
}
