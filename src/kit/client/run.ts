import { HarnessError } from '../errors.ts'
import { type Fixture, isCall, type PayerStep } from '../fixture.ts'
import { caseName, keepRedirect, preparedPayment, resultOf, runSteps } from '../flow.ts'
import type { Result } from '../result.ts'
import type { AnswerChange } from './answer-change.ts'
import { callStep, Decided } from './call-step.ts'
import type { ClientFlow, ClientFlowDeps } from './client-flow.ts'
import { createClientScript } from './script.ts'

/** Whether the client can be asked again: after a failure it may have ended, or report late. */
export interface ClientFlowResult {
  readonly result: Result
  readonly usable: boolean
}

/** Runs one flow with a client. Never rejects: what goes wrong is in the result. */
export const runClientFixture = async (fixture: Fixture, deps: ClientFlowDeps): Promise<ClientFlowResult> => {
  const { shop, session, timeoutMs, proxy } = deps
  // Ids of its own in every run: a client may remember what it has seen.
  const name = `${caseName(fixture.id)}-${deps.nextId()}`.slice(-60)
  const half_timeout_ms = Math.round(timeoutMs / 2)
  const flow: ClientFlow = {
    fixture,
    deps,
    secrets: [{ value: session.key, name: 'secret key' }],
    variables: { case: name, shop, half_timeout_ms, filler: 'x'.repeat(100 - name.length) },
    prepared: undefined,
    failures: [],
    script: createClientScript(fixture.id, session.key, flagsOf(fixture)),
    reports: new Map(),
  }
  const result = await resultOf(flow, async () => {
    await runSteps(flow, {
      call: (step, number) => callStep(step, number, flow),
      payer: (step) => payerStep(step, flow),
      advanceClock: () => Promise.reject(new HarnessError('a client’s flow cannot advance a clock')),
      page: () => Promise.reject(new HarnessError('a client’s flow opens no page')),
      async armFault(fault) {
        proxy.armFault(fault)
        flow.script.fault(fault)
      },
      async changeAnswer(change) {
        proxy.changeAnswer(change as unknown as AnswerChange)
        flow.script.change(change as unknown as AnswerChange)
      },
    }).catch((reason: unknown) => {
      if (!(reason instanceof Decided)) throw reason
      proxy.disarm()
    })
    const unused = proxy.disarm()
    if (unused.length > 0) throw new HarnessError(`${unused.join(', ')} met no call`)
  })
  proxy.disarm()
  return { result, usable: result.outcome === 'passed' || result.outcome === 'not evaluated' }
}

const payerStep = async (step: PayerStep, flow: ClientFlow) => {
  const { payer, session, proxy } = flow.deps
  flow.script.payer(step)
  keepRedirect(flow, step, await payer.act(step, preparedPayment(flow), session, proxy.url))
  flow.script.remember(Object.keys(step.keep ?? {}), flow.variables)
}

/** The flow's settings as flags of `serve`. */
const flagsOf = ({ config = {} }: Fixture): string =>
  Object.entries(config)
    .map(([name, value]) => ` --${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${String(value)}`)
    .join('')

/** The flows that are about a client, and that a client can be asked for. */
export const forClients = (fixtures: readonly Fixture[]): readonly Fixture[] =>
  fixtures.filter((fixture) => fixture.for !== 'server' && fixture.steps.some(isCall))
