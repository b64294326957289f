import type { RefusalName } from '../../../contracts/refusals.ts'
import { answer, type Fault } from './fault.ts'

/** What each call answers when the payment method fails. */
const failures: Readonly<Record<string, RefusalName>> = {
  approve: 'approval-failure',
  cancel: 'cancel-failure',
  subscription: 'subscription-failure',
}

/** A call that is refused on its own account is answered so: only what would have moved money fails. */
export const refuseBeforeCommit: Fault<'refuse-before-commit'> = async (met, { refusal, ...extras }) => {
  const result = await met.rehearse()
  const name = refusal ?? failures[met.call] ?? 'internal-error'
  return answer(result.ok ? met.refuse(name, extras) : result, true)
}
