import type { PayerAct, PayerStep } from './fixture.ts'
import type { Session } from './target.ts'
import { HarnessError } from './template.ts'

/** Where the payer acts: the answer of `ready`, and what was asked in it. */
export interface Invitation {
  readonly tid: string
  readonly next_redirect_pc_url: string
  readonly next_redirect_mobile_url: string
  readonly approval_url: string
  readonly cancel_url: string
  readonly fail_url: string
}

/** Acts as the payer. Resolves to the URL that the payer was sent to; throws HarnessError where the act could not be done. */
export interface Payer {
  readonly name: 'control' | 'browser' | 'person'
  /** What it can do. A flow that needs more is not evaluated. */
  readonly acts: ReadonlySet<PayerAct>
  act(step: PayerStep, invitation: Invitation, door: Session, url: string): Promise<string>
  close?(): Promise<void>
}

/** Through this project's own control API. */
export const controlPayer: Payer = {
  name: 'control',
  acts: new Set(['approve', 'cancel', 'fail', 'expire']),
  async act({ payer: action, method, card, install_month }, { tid }, door, url) {
    const request = new Request(`${url}/_mock/payments/${tid}/payer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action, method, card, install_month }),
    })
    const response = await door.fetch(request)
    const text = await response.text()
    if (response.status !== 200)
      throw new HarnessError(`the payer could not ${action}: HTTP ${response.status} ${text.slice(0, 300)}`)
    return String((JSON.parse(text) as { redirect_url?: unknown }).redirect_url)
  },
}

/** A person with the page before them, or a phone in their hand. `ask` shows a text and resolves to the line that is typed. */
export const personPayer = (ask: (question: string) => Promise<string>): Payer => ({
  name: 'person',
  acts: new Set(['approve', 'cancel']),
  async act({ payer: action, method }, invitation) {
    const deed = action === 'approve' ? `pay${method ? ` with ${method}` : ''}` : 'cancel on the page'
    const link = `${invitation.next_redirect_pc_url}`
    const answer = await ask(
      `\nOpen  ${link}\nThen ${deed}, and paste the address that the browser was sent to (empty: cannot be done): `,
    )
    const redirect = answer.trim()
    if (redirect === '') throw new HarnessError('nobody acted as the payer')
    return redirect
  },
})
