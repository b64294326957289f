import type { EndpointName } from '../../contracts/index.ts'
import { advanceClock, armFault } from './control.ts'
import {
  type CallStep,
  type Fixture,
  isCall,
  isClock,
  isPayer,
  type Need,
  needsOf,
  type PayerStep,
  type Step,
} from './fixture.ts'
import { brokenBy, judged, quoted } from './judge.ts'
import { type Difference, match } from './match.ts'
import type { Invitation } from './payer.ts'
import { asCurl, type Outgoing, outgoing } from './request.ts'
import { type Answer, noAnswer, readAnswer } from './requirements.ts'
import type { Failure, Result } from './result.ts'
import type { Session, Target } from './target.ts'
import { fill, HarnessError, type Kept, pointed } from './template.ts'

/** What the recorder is told: every answer that a call had. */
export type OnResponse = (call: EndpointName, step: number, sent: Outgoing, answer: Answer) => void

/** The subject broke a promise. Thrown inside a flow to end it. */
class Broken extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.act)
    this.failure = failure
  }
}

interface Flow {
  readonly fixture: Fixture
  readonly target: Target
  readonly door: Session
  readonly witness: OnResponse
  kept: Kept
  /** How far the flow's clock is ahead of ours, in ms. */
  ahead: number
  invitation: Invitation | undefined
}

const why: Readonly<Record<Need, string>> = {
  config: 'needs a server with settings of its own',
  payer: 'needs someone who acts as the payer',
  clock: 'needs a server whose clock can be moved',
  fault: 'needs a server that can be told to fail',
  'second key': 'needs a second secret key',
}

/** Runs one flow against a server. Never throws: what goes wrong is in the result. */
export const runFixture = async (fixture: Fixture, target: Target, witness: OnResponse = () => {}): Promise<Result> => {
  const started = performance.now()
  const { id, title, level, evidence, source } = fixture
  const about = { id, title, level, evidence, source, rules: fixture.rules }
  const done = (rest: Pick<Result, 'outcome' | 'reason' | 'failure'>): Result => ({
    ...about,
    ...rest,
    ms: performance.now() - started,
  })
  const missing = lacking(fixture, target)
  if (missing.length > 0) return done({ outcome: 'not evaluated', reason: missing.join('; ') })
  try {
    await play(fixture, target, witness)
    return done({ outcome: 'passed' })
  } catch (error) {
    if (error instanceof Broken) return done({ outcome: 'failed', failure: error.failure })
    const reason = error instanceof HarnessError ? error.message : ((error as Error).stack ?? String(error))
    return done({ outcome: 'harness error', reason })
  }
}

/** Why a flow cannot be evaluated against this server; empty where it can. */
export const lacking = (fixture: Fixture, { offers, withheld, payer }: Target): readonly string[] => {
  const missing = [...needsOf(fixture)].filter((need) => !offers.has(need)).map((need) => withheld?.[need] ?? why[need])
  const acts = fixture.steps.filter(isPayer).map((step) => step.payer)
  const beyond = payer ? acts.find((act) => !payer.acts.has(act)) : undefined
  return beyond === undefined ? missing : [...missing, `needs a payer who can ${beyond} (${payer?.name} cannot)`]
}

const play = async (fixture: Fixture, target: Target, witness: OnResponse) => {
  const names = { case: caseName(fixture.id), shop: target.shop }
  const keys = target.open(fixture.id, {})
  const given = { ...names, key: keys.key, other_key: keys.otherKey }
  const config = fill(fixture.config ?? {}, given) as Record<string, unknown>
  const flow: Flow = {
    fixture,
    target,
    door: target.open(fixture.id, config),
    witness,
    kept: given,
    ahead: 0,
    invitation: undefined,
  }
  for (const [i, step] of fixture.steps.entries()) await take(step, i + 1, flow)
}

/** A word for order ids: the fixture's id without what a URL would not carry. */
const caseName = (id: string) => id.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 60)

const take = async (step: Step, number: number, flow: Flow): Promise<void> => {
  if (isCall(step)) return call(step, number, flow)
  if (isPayer(step)) return act(step, number, flow)
  if (isClock(step)) {
    await advanceClock(step, flow.door, flow.target.url)
    flow.ahead += step.clock.advance_ms
    return undefined
  }
  return armFault(fill(step.fault, flow.kept) as Record<string, unknown>, flow.door, flow.target.url)
}

const call = async (step: CallStep, number: number, flow: Flow): Promise<void> => {
  const key = step.as === 'other' ? flow.door.otherKey : flow.door.key
  const sent = outgoing(step, key, flow.kept)
  const answers = await Promise.all(Array.from({ length: step.times ?? 1 }, () => exchange(sent, step, number, flow)))
  const judge = (answer: Answer) => judged(answer, step, flow.kept, Date.now() + flow.ahead)
  const fail = (answer: Answer, differences: readonly Difference[]) => {
    throw new Broken(failureOf(step, number, sent, answer, differences, flow, key))
  }
  const [first] = answers
  if (first === undefined) return
  keep(step, answers.find((a) => a.status === step.expect.status) ?? first, flow)
  const { succeed } = step.expect
  if (succeed === undefined) {
    for (const answer of answers) {
      const differences = judge(answer)
      if (differences.length > 0) fail(answer, differences)
    }
  } else {
    const well = answers.filter((answer) => judge(answer).length === 0)
    const refusedWell = answers.filter((a) => a.status >= 400 && brokenBy(a, step).length === 0)
    if (well.length !== succeed || well.length + refusedWell.length !== answers.length)
      fail(first, [
        {
          at: `of ${answers.length} at once`,
          expected: `${succeed} answered with HTTP ${step.expect.status}, the others refused`,
          actual: answers.map((a) => a.status).join(', '),
        },
      ])
  }
}

/** Kept before the answer is judged, so that a body can be held against itself: all URLs have the hash of the first. */
const keep = (step: CallStep, answer: Answer, flow: Flow) => {
  const found = Object.entries(step.keep ?? {}).map(([name, pointer]) => [name, pointed(answer.json, pointer)])
  flow.kept = { ...flow.kept, ...Object.fromEntries(found) }
  if (step.call === 'ready' && answer.status === 200)
    flow.invitation = { ...(fill(step.send ?? {}, flow.kept) as object), ...(answer.json as object) } as Invitation
}

const exchange = async (sent: Outgoing, step: CallStep, number: number, flow: Flow): Promise<Answer> => {
  const { target, door } = flow
  const late = new AbortController()
  // Not AbortSignal.timeout: its timer lets the process end while a server in it takes its time.
  const timer = setTimeout(() => late.abort(), target.timeoutMs)
  const request = new Request(target.url + sent.path, {
    method: sent.method,
    headers: sent.headers,
    ...(sent.body === undefined ? {} : { body: sent.body as NonNullable<RequestInit['body']> }),
    signal: late.signal,
  })
  const began = performance.now()
  let answer: Answer
  try {
    answer = await readAnswer(await door.fetch(request), began)
  } catch (error) {
    if (step.expect.status === 0 && !late.signal.aborted) return noAnswer(began)
    const { message, cause } = error as Error
    const why = cause instanceof Error ? cause.message : message
    const actual = `none${late.signal.aborted ? ` within ${target.timeoutMs} ms` : `: ${why}`}`
    const expected = step.expect.status === 0 ? 'the connection is closed' : `HTTP ${step.expect.status}`
    const none = [{ at: 'answer', expected, actual }]
    throw new Broken(failureOf(step, number, sent, undefined, none, flow, door.key))
  } finally {
    clearTimeout(timer)
  }
  flow.witness(step.call, number, sent, answer)
  return answer
}

const failureOf = (
  step: CallStep,
  number: number,
  sent: Outgoing,
  answer: Answer | undefined,
  differences: readonly Difference[],
  flow: Flow,
  key: string,
): Failure => ({
  step: number,
  act: `${sent.method} ${sent.path}`,
  promises: quoted(flow.fixture, answer, step),
  differences,
  curl: asCurl(sent, flow.target.url, key),
  answer: answer && { status: answer.status, body: answer.text },
})

const act = async (step: PayerStep, number: number, flow: Flow): Promise<void> => {
  const { target, door, invitation } = flow
  if (!invitation) throw new HarnessError('the payer acts before there is a payment')
  const redirect = (await target.payer?.act(step, invitation, door, target.url)) ?? ''
  const differences =
    step.redirect === undefined ? [] : match(fill(step.redirect, flow.kept), redirect, { now: Date.now() }, 'redirect')
  if (differences.length > 0)
    throw new Broken({
      step: number,
      act: `payer: ${step.payer}`,
      promises: quoted(flow.fixture, undefined, undefined),
      differences,
      curl: '',
      answer: undefined,
    })
  const query = new Map([...(redirect.match(/[?&][^=&#]+=[^&#]*/g) ?? [])].map(parameter))
  const found = Object.entries(step.keep ?? {}).map(([name, from]) => [
    name,
    from === 'redirect' ? redirect : query.get(from),
  ])
  flow.kept = { ...flow.kept, ...Object.fromEntries(found) }
}

/** Not `new URL`: a redirect URL may be an app's own scheme. */
const parameter = (text: string): [string, string] => {
  const at = text.indexOf('=')
  return [text.slice(1, at), decodeURIComponent(text.slice(at + 1))]
}
