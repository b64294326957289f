import type { RefusalName } from '../../contracts/refusals.ts'
import type { Injected, Reply } from '../faults/inject.ts'
import { isRefusal, type Refusal } from '../payment/refusal.ts'
import { JSON_TYPE, serialize } from './errors.ts'

/** What a call ended with, as it is sent and as the journal keeps it. */
export interface Outcome {
  /** Null where the connection is closed without an answer. */
  readonly reply: Reply | null
  readonly pieces?: Injected['pieces']
  readonly refusal: Refusal<string> | null
  /** Whether the client is sent the whole answer that the call gave. */
  readonly delivered: boolean
  readonly money_moved: boolean
  /** The payment that the call was about, as far as its answer names it. */
  readonly tid: string | undefined
}

/** A result of an endpoint or a refusal, as it is sent where no fault matches. */
export const outcomeOf = (result: object): Outcome => {
  const { status, body } = serialize(result)
  return {
    reply: { status, body, headers: JSON_TYPE },
    refusal: isRefusal(result) ? (result as Refusal<RefusalName>) : null,
    delivered: true,
    money_moved: false,
    tid: (result as { readonly tid?: string }).tid,
  }
}
