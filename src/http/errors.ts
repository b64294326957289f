import { refusalBody as bodyOf, type RefusalName, refusals } from '../../contracts/refusals.ts'
import { isRefusal, type Refusal } from '../payment/refusal.ts'

/** The one content type of every answer of the API (documented). */
export const CONTENT_TYPE = 'application/json;charset=UTF-8'
export const JSON_TYPE = { 'content-type': CONTENT_TYPE }

/** What is sent. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** The most characters of a client's own text that a message repeats, so that an answer stays small whatever was sent. */
const MAX_ECHO = 300

/** Parameters that are our own text and are not cut, since their end says what to send. Client text inside them is cut by `echo` first. */
const ours: ReadonlySet<string> = new Set(['reason', 'why', 'explanation'])

/** A client's own text as a message repeats it; never half of a character. */
export const echo = (text: string): string =>
  text.length > MAX_ECHO ? `${text.slice(0, MAX_ECHO).replace(/[\uD800-\uDBFF]$/, '')}…` : text

/** KakaoPay's form of a refusal: the one translator for everything that turns a request away. */
export const refusalBody = ({ refused, params }: Refusal<RefusalName>) => bodyOf(refused, params && shortened(params))

export const refusalStatus = (refused: RefusalName): number => refusals[refused].status

/** The one place where the result of a call becomes the text that is sent. */
export const serialize = (result: object): Answer =>
  isRefusal(result)
    ? {
        status: refusalStatus(result.refused as RefusalName),
        body: JSON.stringify(refusalBody(result as Refusal<RefusalName>)),
      }
    : { status: 200, body: JSON.stringify(result) }

export const respond = ({ status, body }: Answer): Response => new Response(body, { status, headers: JSON_TYPE })

export const refusalResponse = (refusal: Refusal<RefusalName>): Response => respond(serialize(refusal))

const shortened = (params: NonNullable<Refusal['params']>) =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' && !ours.has(name) ? echo(value) : value,
    ]),
  )
