import type { Deed } from '../../contracts/control/faults.ts'
import { type RefusalName, type RefusalText, refusals } from '../../contracts/refusals.ts'
import type { Fault, Met, MethodResult, Outcome, Result } from '../control/faults/fault.ts'
import { faults } from '../control/faults/index.ts'
import type { Scenario } from '../control/scenarios.ts'
import type { Payment } from '../payment/payment.ts'
import { isRefusal, type Refusal, refuse } from '../payment/refusal.ts'
import { createRehearsal } from '../store/rehearsal.ts'
import type { Admitted, ApiParts, Call } from './api.ts'
import { conclude } from './api.ts'
import { refusalBody } from './errors.ts'
import { type Client, pause } from './transmit.ts'

/** How a call went that a scenario may have met. */
export interface Scene {
  readonly outcome: Outcome
  readonly refusal: Refusal<string> | null
  /** Null where no scenario met it. */
  readonly scenario: Scenario | null
  readonly money_moved: boolean
  readonly tid: string | undefined
}

/** Calls that move money when they succeed. */
const moving: ReadonlySet<string> = new Set(['approve', 'cancel', 'subscription'])

/** What a request body may name that scenarios look at. */
interface Body {
  readonly cid?: string
  readonly tid?: string
  readonly partner_order_id?: string
  readonly total_amount?: number
  readonly cancel_amount?: number
}

/** One call while scenarios are armed: it is parsed, a scenario may claim it, and the scenario's fault decides how it is answered. */
export const perform = async (
  call: Call,
  text: string,
  admitted: Admitted,
  parts: ApiParts,
  client: Client,
): Promise<Scene> => {
  const body = call.parse(text)
  if (isRefusal(body)) return plain(body)
  const name = call.endpoint.name
  const scenario = parts.scenarios.claim(await seen(body as Body, name, admitted, parts))
  if (!scenario) return plain(await call.run(body, admitted, parts.store))

  let committed: { readonly ok: boolean; readonly tid: string | undefined } | undefined
  let refusal: Refusal<string> | null = null
  const result = (value: object): Result => {
    refusal = isRefusal(value) ? value : null
    return { ...conclude(value), ok: refusal === null }
  }
  const met: Met = {
    call: name,
    async commit() {
      const value = await call.run(body, admitted, parts.store)
      const done = result(value)
      committed = { ok: done.ok, tid: (value as { tid?: string }).tid }
      return done
    },
    rehearse: async () => result(await call.run(body, admitted, createRehearsal(parts.store))),
    refuse(refused, extras) {
      refusal = refuse(refused, 'scenario')
      return forced(refused, extras, call)
    },
    pause: (ms) => pause(ms, client),
    chance: () => Number.parseInt(parts.chance.hex(4), 16) / 0x1_0000_0000,
  }
  // A client that gave up while it was kept waiting is told nothing, whatever is answered then.
  let gone = false
  const forget = client.onGone(() => {
    gone = true
  })
  const { fault, ...params } = scenario.do as Deed
  const done = await (faults[fault] as unknown as Fault<'refuse'>)(met, params as never)
  forget()
  const outcome = { ...done, told: done.told && !gone }
  const money_moved = committed?.ok === true && moving.has(name)
  return { outcome, refusal, scenario, money_moved, tid: (body as Body).tid ?? committed?.tid }
}

const plain = (value: object): Scene => ({
  outcome: { how: 'answer', answer: conclude(value), told: true },
  refusal: isRefusal(value) ? value : null,
  scenario: null,
  money_moved: false,
  tid: undefined,
})

/** What cancel and order do not say of themselves is their payment's. */
const seen = async (body: Body, call: string, { namespace }: Admitted, { store }: ApiParts) => {
  const found: Payment | undefined = body.tid === undefined ? undefined : await store.find(body.tid)
  const payment = found?.namespace === namespace.name ? found : undefined
  return {
    namespace: namespace.name,
    call,
    cid: body.cid,
    tid: body.tid,
    order_id: body.partner_order_id ?? payment?.partner_order_id,
    amount: body.total_amount ?? body.cancel_amount ?? payment?.amount.total,
  }
}

/** Stand-ins for what a refusal's message names, where nothing was really refused. */
const params = (call: Call) => ({
  field: 'cid',
  reason: 'has invalid value',
  limit: 0,
  ms: 0,
  method: call.endpoint.method,
  path: call.endpoint.path,
  url: 'http://localhost/',
  why: 'a scenario says so.',
  explanation: '',
})

const forced = (refused: RefusalName, extras: MethodResult = {}, call: Call) => {
  const { status, extras: usual }: RefusalText = refusals[refused]
  const { method_result_code: code, method_result_message: message } = extras
  const body = refusalBody({ refused, rule: 'scenario', params: params(call) })
  const own =
    code === undefined && message === undefined
      ? {}
      : {
          extras: {
            method_result_code: code ?? usual?.method_result_code ?? '9999',
            method_result_message: message ?? messageOf(code, usual),
          },
        }
  return { status, body: JSON.stringify({ ...body, error_message: body.error_message.trim(), ...own }) }
}

/** A message is KakaoPay's only beside the code that it was seen with. */
const messageOf = (code: string | undefined, usual: RefusalText['extras']): string => {
  const all: RefusalText[] = Object.values(refusals)
  const seenWith = all.find((r) => r.extras?.method_result_code === code)?.extras
  return (seenWith ?? (code === undefined ? usual : undefined))?.method_result_message ?? ''
}
