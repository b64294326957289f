import { type RefusalName, refusals, wording } from '../../contracts/refusals.ts'
import type { Refusal } from '../payment/refusal.ts'

/** The one content type of every answer of the API (documented). */
export const CONTENT_TYPE = 'application/json;charset=UTF-8'
export const JSON_TYPE = { 'content-type': CONTENT_TYPE }

/** What a client sent is repeated so far, so that an answer stays small whatever it was. */
const MAX_ECHO = 300

/** Texts of ours. They are sent whole, for their end says what to send; what they repeat of the client's goes through `echo` first. */
const ours: ReadonlySet<string> = new Set(['reason', 'why', 'explanation'])

/** A client's own text as a message repeats it; never half of a character. */
export const echo = (text: string): string =>
  text.length > MAX_ECHO ? `${text.slice(0, MAX_ECHO).replace(/[\uD800-\uDBFF]$/, '')}…` : text

/** KakaoPay's form of a refusal. The one translator for every door. */
export const refusalBody = ({ refused, params }: Refusal<RefusalName>) => {
  const text: (typeof refusals)[RefusalName] = refusals[refused]
  const error_message = wording(text.error_message, params && shortened(params)).replace(/\{explanation\}/, '')
  const { error_code } = text
  return 'extras' in text ? { error_code, error_message, extras: text.extras } : { error_code, error_message }
}

export const refusalStatus = (refused: RefusalName): number => refusals[refused].status

export const refusalResponse = (refusal: Refusal<RefusalName>): Response =>
  new Response(JSON.stringify(refusalBody(refusal)), { status: refusalStatus(refusal.refused), headers: JSON_TYPE })

const shortened = (params: NonNullable<Refusal['params']>) =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' && !ours.has(name) ? echo(value) : value,
    ]),
  )
