import { HarnessError } from './errors.ts'
import {
  type CallStep,
  type Fixture,
  isAnswer,
  isCall,
  isClock,
  isPage,
  isPayer,
  type PageStep,
  type PayerStep,
  type Step,
} from './fixture.ts'
import type { PreparedPayment } from './payer.ts'
import type { Failure, Result } from './result.ts'
import { extract, resolveTemplate, type Variables } from './template.ts'

/** What a flow knows while it runs: the same for a server and a client under test. */
export interface FlowState {
  readonly fixture: Fixture
  variables: Variables
  /** Answer and request of the last accepted `ready`. */
  prepared: PreparedPayment | undefined
  /** Steps that broke a requirement so far. */
  readonly failures: Failure[]
}

/** Ends a flow: after a failure the rest of it cannot be judged. */
export class FlowEnded extends Error {}

/** What is checked does not have the call. */
export class Unsupported extends Error {}

/** How each kind of step is carried out. */
export interface StepRunner {
  call(step: CallStep, number: number): Promise<void>
  payer(step: PayerStep, number: number): Promise<void>
  advanceClock(ms: number): Promise<void>
  armFault(fault: Readonly<Record<string, unknown>>): Promise<void>
  changeAnswer(change: Readonly<Record<string, unknown>>): Promise<void>
  page(step: PageStep, number: number): Promise<void>
}

/** Runs steps in their order. */
export const runSteps = async (flow: FlowState, runner: StepRunner): Promise<void> => {
  for (const [i, step] of flow.fixture.steps.entries()) await runStep(step, i + 1, flow, runner)
}

const runStep = (step: Step, number: number, flow: FlowState, runner: StepRunner): Promise<void> => {
  if (isCall(step)) return runner.call(step, number)
  if (isPayer(step)) return runner.payer(step, number)
  if (isClock(step)) return runner.advanceClock(step.clock.advance_ms)
  if (isPage(step)) return runner.page(step, number)
  if (isAnswer(step))
    return runner.changeAnswer(resolveTemplate(step.answer, flow.variables) as Record<string, unknown>)
  return runner.armFault(resolveTemplate(step.fault, flow.variables) as Record<string, unknown>)
}

/** Stores what a call step keeps of its answer, and the payment that a `ready` prepared. */
export const keepAnswer = (flow: FlowState, { call, send, keep = {} }: CallStep, status: number, json: unknown) => {
  const found = Object.entries(keep).map(([name, pointer]) => [name, extract(json, pointer)])
  flow.variables = { ...flow.variables, ...Object.fromEntries(found) }
  if (call !== 'ready' || status !== 200) return
  const request = resolveTemplate(send ?? {}, flow.variables)
  flow.prepared = { ...(request as object), ...(json as object) } as PreparedPayment
}

/** Stores what a payer step keeps: `redirect`, the whole URL, or a query parameter of it. */
export const keepRedirect = (flow: FlowState, { keep = {} }: PayerStep, redirect: string) => {
  const found = Object.entries(keep).map(([name, from]) => [
    name,
    from === 'redirect' ? redirect : queryOf(redirect).get(from),
  ])
  flow.variables = { ...flow.variables, ...Object.fromEntries(found) }
}

/** Not `new URL`: a redirect URL may have an app's own scheme. */
export const queryOf = (url: string): ReadonlyMap<string, string> =>
  new Map(
    [...url.matchAll(/[?&]([^?=&#]+)=([^&#]*)/g)].map(([, name = '', value = '']) => [name, decodeURIComponent(value)]),
  )

/** The payment at which the payer acts. */
export const preparedPayment = ({ prepared }: FlowState): PreparedPayment => {
  if (!prepared) throw new HarnessError('the payer acts before there is a payment')
  return prepared
}

/** A fixture's id as a part of order ids. */
export const caseName = (id: string) => id.replace(/[^A-Za-z0-9]+/g, '-')

/**
 * Runs a flow and says what became of it. Never rejects. A requirement that broke counts for more than what the kit then could not do;
 * `errors` tells a failing target from a failing kit where nothing is broken.
 */
export const resultOf = async (
  flow: Pick<FlowState, 'fixture' | 'failures'>,
  run: () => Promise<void>,
): Promise<Result> => {
  const started = performance.now()
  const error = await run().then(
    () => undefined,
    (reason: unknown) => reason,
  )
  const { id, title, level, evidence, source, rules } = flow.fixture
  const { failures } = flow
  const about = { id, title, level, evidence, source, rules, ms: performance.now() - started }
  if (failures.length > 0) return { ...about, level: strongest(failures), outcome: 'failed', failures }
  if (error === undefined) return { ...about, outcome: 'passed' }
  if (error instanceof Unsupported) return { ...about, outcome: 'not evaluated', reason: error.message }
  const reason = error instanceof HarnessError ? error.message : ((error as Error).stack ?? String(error))
  return { ...about, outcome: 'harness error', reason }
}

const strongest = (failures: readonly Failure[]) =>
  failures.some(({ requirements }) => requirements.some(({ level }) => level === 'must')) ? 'must' : 'should'

/** The result of a flow that was not run. */
export const notEvaluated = (fixture: Fixture, reason: string): Result => {
  const { id, title, level, evidence, source, rules } = fixture
  return { id, title, level, evidence, source, rules, ms: 0, outcome: 'not evaluated', reason }
}

export const STOPPED = 'the run was stopped by an earlier failure'
