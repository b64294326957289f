import { type RefusalName, refusals, wording } from '../../contracts/refusals.ts'
import type { Refusal } from '../payment/refusal.ts'

/** The one content type of every answer of the API (documented). */
export const CONTENT_TYPE = 'application/json;charset=UTF-8'
export const JSON_TYPE = { 'content-type': CONTENT_TYPE }

/** A client's own text in a message is cut here, so that an answer stays small whatever was sent. */
const MAX_PARAM = 300

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
      typeof value === 'string' ? value.slice(0, MAX_PARAM) : value,
    ]),
  )
