import { adapt } from './adapt.ts'
import { type Answer, noAnswer, readAnswer } from './answer.ts'
import { advanceClock, armFault } from './control.ts'
import { HarnessError } from './errors.ts'
import { type CallStep, type Fixture, isPayer, type Need, needsOf } from './fixture.ts'
import { caseName, keepAnswer, notEvaluated, resultOf, runSteps } from './flow.ts'
import { broken, judgeAnswer, judgeEveryAnswer } from './judge.ts'
import { createLedger } from './ledger/ledger.ts'
import { after, before } from './ledger/lookups.ts'
import type { Difference } from './match.ts'
import { pageStep, payerStep } from './payer-steps.ts'
import { buildRequest, type SentRequest } from './request.ts'
import type { BrokenRule, Result } from './result.ts'
import { createScript } from './script.ts'
import { fail, type OnResponse, type ServerFlow } from './server-flow.ts'
import type { Target } from './target.ts'
import { resolveTemplate } from './template.ts'

/** Every expected acceptance was answered −401: the server does not know the key. */
export class KeyRefused extends Error {
  override readonly name = 'KeyRefused'
  constructor({ label, keyName }: Target) {
    super(
      keyName === undefined
        ? `${label} refuses the kit's key with −401: name your own key by --key-env`
        : `${label} refuses the key in ${keyName} with −401: name another by --key-env`,
    )
  }
}

const why: Readonly<Record<Need, string>> = {
  config: 'needs a server with settings of its own',
  payer: 'needs someone who acts as the payer',
  clock: 'needs a server whose clock can be moved',
  fault: 'needs a server that can inject faults',
  'second key': 'needs a second secret key',
  proxy: 'is about a client',
  page: 'needs redirect pages that can be opened',
}

/** Runs one flow against a server. Rejects with KeyRefused alone; everything else is in the result. */
export const runFixture = async (
  original: Fixture,
  target: Target,
  onResponse: OnResponse = () => {},
): Promise<Result> => {
  const missing = missingFor(original, target)
  if (missing.length > 0) return notEvaluated(original, missing.join('; '))
  const fixture = adapt(original, target.profile) as Fixture
  const names = { case: caseName(fixture.id).slice(0, 60), shop: target.shop }
  const keys = target.open(fixture.id, {})
  const variables = { ...names, key: keys.key, other_key: keys.otherKey }
  const config = resolveTemplate(fixture.config ?? {}, variables) as Record<string, unknown>
  const session = target.open(fixture.id, config)
  const script = createScript({ ...target, ...session })
  const base = { fixture, target, session, onResponse, script, variables }
  const ledger = createLedger(target.runState.ids)
  const flow: ServerFlow = { ...base, ledger, ahead: 0, prepared: undefined, failures: [] }
  let refused: KeyRefused | undefined
  const result = await resultOf(flow, () =>
    runSteps(flow, {
      call: (step, number) => callStep(step, number, flow),
      payer: (step, number) => payerStep(step, number, flow),
      async advanceClock(ms) {
        script.control('clock/advance', { by: ms })
        await advanceClock(ms, session, target.url)
        flow.ahead += ms
      },
      page: (step, number) => pageStep(step, number, flow),
      changeAnswer: () => Promise.reject(new HarnessError('only a client’s answers can be changed')),
      async armFault(fault) {
        script.control('faults', fault)
        ledger.stop()
        await armFault(fault, session, target.url)
      },
    }).catch((error: unknown) => {
      if (error instanceof KeyRefused) refused = error
      throw error
    }),
  )
  if (refused) throw refused
  return result
}

/** Why a flow cannot be evaluated against this server; empty where it can. */
export const missingFor = (original: Fixture, target: Target): readonly string[] => {
  const { offers, withheld, payer, profile } = target
  const fixture = adapt(original, profile)
  if (typeof fixture === 'string') return [fixture]
  const missing = [...needsOf(fixture)].filter((need) => !offers.has(need)).map((need) => withheld?.[need] ?? why[need])
  const acts = fixture.steps.filter(isPayer).map((step) => step.payer)
  const beyond = payer ? acts.find((act) => !payer.acts.has(act)) : undefined
  return beyond === undefined ? missing : [...missing, `needs a payer who can ${beyond} (${payer?.name} cannot)`]
}

const callStep = async (step: CallStep, number: number, flow: ServerFlow): Promise<void> => {
  const key = step.as === 'other' ? flow.session.otherKey : flow.session.key
  const sent = buildRequest(step, key, flow.variables)
  const action = { number, action: `${sent.method} ${sent.path}` }
  const lookedUp = await before(step, sent, flow)
  const answers = await Promise.all(Array.from({ length: step.times ?? 1 }, () => exchange(sent, step, action, flow)))
  const [first] = answers
  if (first === undefined) return
  // Of calls at once the order in which they were carried out is not known.
  if (step.times !== undefined) flow.ledger.stop()
  const kept = answers.find(({ status }) => status === step.expect.status) ?? first
  // Kept before it is judged: the answer may be compared with its own parts.
  keepAnswer(flow, step, kept.status, kept.json)
  flow.script.call(sent, step, flow.variables)
  const judge = (answer: Answer) => judgeAnswer(answer, step, { ...flow, now: Date.now() + flow.ahead })
  if (step.expect.succeed === undefined)
    for (const answer of answers)
      fail(flow, action, [...judge(answer), ...(await after(step, sent, answer, flow, lookedUp))], answer)
  else fail(flow, action, judgeAtOnce(answers, step, step.expect.succeed, judge, flow.fixture), first)
}

/** Of several at once so many are answered as expected, the others refused. */
const judgeAtOnce = (
  answers: readonly Answer[],
  step: CallStep,
  succeed: number,
  judge: (answer: Answer) => readonly BrokenRule[],
  { title: sentence, evidence, source, rules: [id = `${step.call}.answer`] }: Fixture,
): readonly BrokenRule[] => {
  const right = answers.filter(
    (answer) => answer.status === step.expect.status && judge(answer).every(({ level }) => level === 'should'),
  )
  const refused = answers.filter(
    (answer) => answer.status >= 400 && judgeEveryAnswer(answer, step).every(({ level }) => level === 'should'),
  )
  if (right.length === succeed && right.length + refused.length === answers.length) return []
  const difference = {
    at: `of ${answers.length} at once`,
    expected: `${succeed} answered with HTTP ${step.expect.status}, the others refused`,
    actual: answers.map(({ status }) => status).join(', '),
  }
  return broken(id, { sentence, evidence, source }, [difference])
}

const exchange = async (
  sent: SentRequest,
  step: CallStep,
  action: { readonly number: number; readonly action: string },
  flow: ServerFlow,
): Promise<Answer> => {
  const { target, session } = flow
  const late = new AbortController()
  // Not AbortSignal.timeout: its timer does not keep the process alive while a server in this process is slow.
  const timer = setTimeout(() => late.abort(), target.timeoutMs)
  const request = new Request(target.url + sent.path, {
    method: sent.method,
    headers: sent.headers,
    // A client's POST would not follow: an answer that sends it elsewhere is judged as it is.
    redirect: 'manual',
    ...(sent.body === undefined ? {} : { body: sent.body as NonNullable<RequestInit['body']> }),
    signal: late.signal,
  })
  const began = performance.now()
  try {
    const answer = await Promise.race([
      session.fetch(request).then((response) => readAnswer(response, began)),
      aborted(late.signal),
    ])
    flow.onResponse(step, action.number, sent, answer)
    refuseStrangers(answer, step, target)
    return answer
  } catch (error) {
    if (error instanceof KeyRefused) throw error
    if (step.expect.status === 0 && !late.signal.aborted) return noAnswer(began)
    const { message, cause } = error as Error
    const reason = cause instanceof Error ? cause.message : message
    flow.script.call(sent, step, flow.variables)
    const none: Difference = {
      at: 'answer',
      expected: step.expect.status === 0 ? 'the connection is closed' : `HTTP ${step.expect.status}`,
      actual: `none${late.signal.aborted ? ` within ${target.timeoutMs} ms` : `: ${reason}`}`,
    }
    fail(flow, action, broken('answer.any', ANSWERED, [none]), undefined)
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** A server in this process need not heed the request's signal. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('it took too long'))))

const ANSWERED = { sentence: 'Every call is answered.', evidence: 'documented', source: 'single-payment' } as const

/** A server that refuses the key of every call that it should accept cannot be checked. */
const refuseStrangers = ({ status, json }: Answer, { expect }: CallStep, target: Target) => {
  const { runState } = target
  if (expect.status !== 200) return
  const refused = status === 401 && (json as { error_code?: unknown } | undefined)?.error_code === -401
  if (!refused) runState.accepted = true
  else if (!runState.accepted) throw new KeyRefused(target)
}
