import { HarnessError } from './errors.ts'
import type { PayerStep } from './fixture.ts'
import type { Payer, PreparedPayment } from './payer.ts'

/** A person with the page before them, or a phone. `ask` shows a text and resolves to the line that is typed. */
export const personPayer = (ask: (question: string) => Promise<string>, total = 0): Payer => {
  let done = 0
  return {
    name: 'person',
    acts: new Set(['approve', 'cancel']),
    async act(step, prepared) {
      done++
      const redirect = (await ask(question(step, prepared, done, total))).trim()
      if (redirect === '') throw new HarnessError('nobody acted as the payer')
      return redirect
    },
  }
}

const question = (step: PayerStep, prepared: PreparedPayment, done: number, total: number): string => {
  const { payer, method, card, install_month } = step
  const left = total > 0 ? ` (payment ${done} of ${total}, ${total - done} left after it)` : ''
  const choice = [method, card, install_month === undefined ? undefined : `${install_month} months`].filter(Boolean)
  const act = payer === 'approve' ? `pay${choice.length > 0 ? ` with ${choice.join(', ')}` : ''}` : 'cancel on the page'
  return `
Flow    ${prepared.partner_order_id ?? ''}${left}
Item    ${prepared.item_name ?? ''}, ${prepared.total_amount ?? '?'} won
Open    ${prepared.next_redirect_pc_url}
Then    ${act}, and paste the address that the browser was sent to (empty: cannot be done): `
}
