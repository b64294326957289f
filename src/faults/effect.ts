import type { RefusalName } from '../../contracts/refusals.ts'

/** `method_result_code` and `method_result_message` of a refusal, where a fault rule sets its own. */
export interface MethodResult {
  readonly method_result_code?: string | undefined
  readonly method_result_message?: string | undefined
}

/** A refusal that is sent in the place of the call's own answer. Without a name it is the one that the call answers when the payment method fails. */
export interface ForcedRefusal extends MethodResult {
  readonly refusal?: RefusalName | undefined
}

/** A delay in ms: the sum of the parts that are given. */
export interface Delay {
  readonly fixed?: number
  readonly uniform?: readonly [low: number, high: number]
  readonly normal?: { readonly mean: number; readonly deviation: number }
}

/**
 * What is sent. `answer`: the call's own. `half`: its first half, which is no JSON. `new-fields`: the answer with unknown fields added.
 * `page`: HTML of a gateway. `nothing`: the connection is closed.
 */
export type Sent = 'answer' | 'half' | 'new-fields' | 'nothing' | ForcedRefusal | { readonly page: number }

/** What a fault does to a call, as data. The engine in inject.ts reads it in this order. */
export interface Effect {
  /** Waited before the call is carried out. */
  readonly delay?: Delay
  /** `check`: everything is validated and nothing is kept; a call that is refused on its own account is answered so. */
  readonly commit: 'yes' | 'no' | 'check'
  /** Waited after the call was carried out, in ms. */
  readonly holdMs?: number
  readonly send: Sent
  /** The answer is sent in pieces of so many bytes, `ms` apart. */
  readonly pieces?: { readonly bytes: number; readonly ms: number }
}
