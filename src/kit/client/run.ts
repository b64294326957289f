import { isDeepStrictEqual } from 'node:util'
import { endpoints, movesMoney } from '../../../contracts/index.ts'
import { type CallStep, type Fixture, isCall, isClock, isPayer, type PayerStep, type Step } from '../fixture.ts'
import { match, shown } from '../match.ts'
import type { Invitation, Payer } from '../payer.ts'
import type { Failure, Result } from '../result.ts'
import type { Session } from '../target.ts'
import { fill, HarnessError, type Kept, pointed } from '../template.ts'
import type { Driver } from './driver.ts'
import { failureOf } from './failure.ts'
import type { Report } from './protocol.ts'
import type { Exchange, RecordingProxy } from './recording-proxy.ts'
import { judgeReport, meaningOf } from './reported.ts'
import { clientRules, type Finding } from './rules.ts'
import { judgeExchange, judgeFields, type Secret } from './sent.ts'

/** A client, the kit's socket in front of the server, and the payer: all that a flow needs. */
export interface Stage {
  readonly driver: Driver
  readonly wire: RecordingProxy
  readonly door: Session
  readonly payer: Payer
  readonly shop: string
  /** The time-out that the client was told, in ms. */
  readonly timeoutMs: number
  /** Time beyond the time-out after which the next call counts as hanging, in ms: a runtime may have to start first. */
  readonly grace: () => number
  /** The number of the next call; counts on from flow to flow. */
  readonly nextId: () => number
}

/** The client broke a promise. Ends the flow. */
class Broken extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.act)
    this.failure = failure
  }
}

/** The client does not have the call. */
class Unsupported extends Error {}

interface Flow {
  readonly fixture: Fixture
  readonly stage: Stage
  readonly secrets: readonly Secret[]
  kept: Kept
  invitation: Invitation | undefined
  /** What the client told about each call that it was given, so that it may remember instead of asking again. */
  readonly told: Map<string, Report>
}

/** Whether the client can still be asked: after a broken promise it may be dead, or answer late. */
export interface Played {
  readonly result: Result
  readonly usable: boolean
}

/** Plays one flow with a client. Never throws: what goes wrong is in the result. */
export const playFixture = async (fixture: Fixture, stage: Stage): Promise<Played> => {
  const started = performance.now()
  const { id, title, level, evidence, source, rules } = fixture
  const done = (usable: boolean, rest: Pick<Result, 'outcome' | 'reason' | 'failure'>): Played => ({
    result: { id, title, level, evidence, source, rules, ...rest, ms: performance.now() - started },
    usable,
  })
  try {
    await play(fixture, stage)
    return done(true, { outcome: 'passed' })
  } catch (error) {
    if (error instanceof Broken) return done(false, { outcome: 'failed', failure: error.failure })
    if (error instanceof Unsupported) return done(true, { outcome: 'not evaluated', reason: error.message })
    const reason = error instanceof HarnessError ? error.message : ((error as Error).stack ?? String(error))
    return done(false, { outcome: 'harness error', reason })
  } finally {
    stage.wire.disarm()
  }
}

const play = async (fixture: Fixture, stage: Stage) => {
  const { shop, door, timeoutMs } = stage
  // An id of its own in every run: a client may keep what it has seen.
  const name = `${fixture.id.replace(/[^A-Za-z0-9]+/g, '-')}-${stage.nextId()}`
  const kept = { case: name.slice(-60), shop, half_timeout_ms: Math.round(timeoutMs / 2) }
  const secrets = [{ value: door.key, name: 'secret key' }]
  const flow: Flow = { fixture, stage, secrets, kept, invitation: undefined, told: new Map() }
  for (const [i, step] of fixture.steps.entries()) await take(step, i + 1, flow)
  const unfired = stage.wire.disarm()
  if (unfired.length > 0) throw new HarnessError(`${unfired.join(', ')} was armed and met no call`)
}

const take = async (step: Step, number: number, flow: Flow): Promise<void> => {
  if (isCall(step)) return call(step, number, flow)
  if (isPayer(step)) return act(step, flow)
  if (isClock(step)) throw new HarnessError('a client’s flow has no clock to move')
  return flow.stage.wire.arm(fill(step.fault, flow.kept) as Record<string, unknown>)
}

const act = async (step: PayerStep, flow: Flow) => {
  if (!flow.invitation) throw new HarnessError('the payer acts before there is a payment')
  const { payer, door, wire } = flow.stage
  const redirect = await payer.act(step, flow.invitation, door, wire.url)
  const query = new Map(
    [...redirect.matchAll(/[?&]([^=&#]+)=([^&#]*)/g)].map(([, name = '', value = '']) => [name, value]),
  )
  const found = Object.entries(step.keep ?? {}).map(([name, from]) => [
    name,
    from === 'redirect' ? redirect : decodeURIComponent(query.get(from) ?? ''),
  ])
  flow.kept = { ...flow.kept, ...Object.fromEntries(found) }
}

/** What only a request written by hand can do; a client is asked for calls, not for bytes. */
const handmade = ['raw', 'headers', 'method', 'path', 'query', 'lenient', 'as', 'times'] as const

const call = async (step: CallStep, number: number, flow: Flow): Promise<void> => {
  const impossible = handmade.find((trait) => step[trait] !== undefined)
  if (impossible) throw new HarnessError(`a client cannot be asked for ${impossible}`)
  const { driver, wire, timeoutMs, grace, nextId } = flow.stage
  const params = fill(step.send ?? {}, flow.kept) as Readonly<Record<string, unknown>>
  const from = wire.exchanges.length
  const report = await driver.ask({ id: nextId(), call: step.call, params }, timeoutMs + grace())
  const seen = wire.exchanges.slice(from)
  const own = seen.find((exchange) => exchange.call === step.call) ?? seen[0]
  const fail = (findings: readonly Finding[]) => {
    if (findings.length > 0) throw new Broken(failureOf({ ...flow, ...flow.stage, step, number, findings, own }))
  }
  fail(judgeOutput(driver.output(), flow.secrets))
  fail(seen.flatMap((exchange) => judgeExchange(exchange, flow.secrets)).filter((found) => counts(found, flow.fixture)))
  fail(judgeFlow(step, params, seen, own))
  if (report.kind === 'mute')
    return fail([{ rule: muteRule(own), at: 'driver', expected: 'an answer', actual: report.why }])
  if (report.kind === 'unsupported') throw new Unsupported(`the client has no ${step.call}`)
  if (own) keep(step, own, flow)
  const remembered = remembers(step, params, report, flow)
  if (!own && remembered) return undefined
  fail(judgeTold(step, report, own, seen, flow.kept))
  return undefined
}

/** True where an approve that was given before is told as before: a client may remember that instead of sending it again. */
const remembers = (step: CallStep, params: unknown, report: Report, { told }: Flow): boolean => {
  const asked = JSON.stringify([step.call, params])
  const before = told.get(asked)
  told.set(asked, report)
  return step.call === 'approve' && before?.kind === 'result' && isDeepStrictEqual(before, report)
}

/** A promise of level `should` is held against a client only by the flows that are about it. */
const counts = ({ rule }: Finding, { rules }: Fixture) => clientRules[rule].level === 'must' || rules.includes(rule)

const judgeOutput = (output: string, secrets: readonly Secret[]): readonly Finding[] =>
  secrets
    .filter(({ value }) => output.includes(value))
    .map(({ value, name }) => ({
      rule: 'client.secret',
      at: 'output',
      expected: 'without the secret key',
      actual:
        output
          .slice(Math.max(0, output.indexOf(value) - 40))
          .split('\n')[0]
          ?.replace(value, `<${name}>`) ?? '',
    }))

/** A client that is silent while nobody answers it has no time-out; else it is broken in itself. */
const muteRule = (own: Exchange | undefined) =>
  own !== undefined && own.heard === undefined && own.fault?.endsWith('hang') ? 'client.bounded' : 'client.alive'

/** How often a call was sent, and whether what was asked for is in it. */
const judgeFlow = (
  { call: name }: CallStep,
  params: Readonly<Record<string, unknown>>,
  seen: readonly Exchange[],
  own: Exchange | undefined,
): readonly Finding[] => {
  if (!own) return []
  const sent = seen.filter((exchange) => exchange.call === name)
  const again: Finding = {
    rule: 'client.once',
    at: `requests of ${name}`,
    expected: '1',
    actual: `${sent.length}`,
  }
  return [...judgeFields(params, own), ...(movesMoney.has(name) && sent.length > 1 ? [again] : [])]
}

/** Kept from what the server said, since a client may not have heard it. */
const keep = ({ call: name, send, keep: wanted = {} }: CallStep, { answer }: Exchange, flow: Flow) => {
  if (!answer) return
  const json = parsed(answer.text)
  const found = Object.entries(wanted).map(([key, pointer]) => [key, pointed(json, pointer)])
  flow.kept = { ...flow.kept, ...Object.fromEntries(found) }
  if (name === 'ready' && answer.status === 200)
    flow.invitation = { ...(fill(send ?? {}, flow.kept) as object), ...(json as object) } as Invitation
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What the client tells, against what it heard. First the kit makes sure that the server answered as the flow supposes. */
const judgeTold = (
  { call: name, expect }: CallStep,
  report: Report,
  own: Exchange | undefined,
  seen: readonly Exchange[],
  kept: Kept,
): readonly Finding[] => {
  if (!own) {
    const told = shown(report)
    return [{ rule: 'client.alive', at: 'wire', expected: `a call of ${name}`, actual: `none, and it told ${told}` }]
  }
  // What a fault answers instead of the server is judged by its own status.
  const said = own.answer ?? own.heard
  if (said && said.status !== expect.status)
    throw new HarnessError(
      `${name} was to be answered with HTTP ${expect.status}, and was with ${said.status}: ${said.text}`,
    )
  if (said && expect.body !== undefined) {
    const [wrong] = match(fill(expect.body, kept), parsed(said.text), { now: Date.now() }, 'body', expect.exact)
    if (wrong)
      throw new HarnessError(`the answer of ${name}: ${wrong.at} is ${wrong.actual}, expected ${wrong.expected}`)
  }
  const last = seen.findLast((exchange) => exchange.call === name) ?? own
  const meaning = meaningOf(name, last.heard)
  const lookup = seen.slice(seen.indexOf(last) + 1).find((exchange) => exchange.call === 'order')?.heard
  const known = lookup && meaningOf('order', lookup)
  return judgeReport(report, meaning, requiredOf(expect.body), known?.kind === 'result' ? known.json : undefined)
}

const requiredOf = (body: unknown): readonly string[] => Object.keys((body ?? {}) as object)

/** The flows that are about a client, and that a client can be asked for. */
export const forClients = (fixtures: readonly Fixture[]): readonly Fixture[] =>
  fixtures.filter(
    (fixture) => fixture.for !== 'server' && fixture.steps.some((step) => isCall(step) && step.call in endpoints),
  )
