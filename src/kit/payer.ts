import { HarnessError } from './errors.ts'
import type { PayerAct, PayerStep } from './fixture.ts'
import type { Session } from './session.ts'

/** A payment at which the payer can act: what `ready` answered, and what was asked in it. */
export interface PreparedPayment {
  readonly tid: string
  readonly next_redirect_app_url: string
  readonly next_redirect_pc_url: string
  readonly next_redirect_mobile_url: string
  readonly approval_url: string
  readonly cancel_url: string
  readonly fail_url: string
  readonly partner_order_id?: string
  readonly item_name?: string
  readonly total_amount?: number | string
}

/** The server does not let the payer act. */
export class PayerRefused extends HarnessError {}

/** Acts as the payer. Resolves to the URL that the payer was sent to. */
export interface Payer {
  readonly name: string
  /** What it can do. A flow that needs more is not evaluated. */
  readonly acts: ReadonlySet<PayerAct>
  /** Rejects with PayerRefused where the server refuses, with HarnessError where the act could not be done. */
  act(step: PayerStep, prepared: PreparedPayment, session: Session, url: string): Promise<string>
  close?(): Promise<void>
}

export const ALL_ACTS: ReadonlySet<PayerAct> = new Set(['approve', 'cancel', 'fail', 'expire'])

/** Through this project's own control API. */
export const controlPayer: Payer = {
  name: 'control',
  acts: ALL_ACTS,
  async act({ payer: action, keep: _, redirect: __, ...choice }, { tid }, session, url) {
    const request = new Request(`${url}/_mock/payments/${encodeURIComponent(String(tid))}/payer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action, ...choice }),
    })
    const response = await session.fetch(request)
    const text = await response.text()
    if (response.status !== 200)
      throw new PayerRefused(`the payer could not ${action}: HTTP ${response.status} ${text.slice(0, 300)}`)
    return String((JSON.parse(text) as { redirect_url?: unknown }).redirect_url)
  },
}
