import { JSON_TYPE } from '../http/errors.ts'

export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 429 | 503

/** Texts of a client are cut here, so that an answer stays small whatever was sent. */
const MAX_MESSAGE = 600

/** The control API's own errors: KakaoPay's two keys, so that a client reads both alike, with the HTTP status as a negative code. */
export const problem = (
  status: ProblemStatus,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): Response =>
  new Response(JSON.stringify({ error_code: -status, error_message: message.slice(0, MAX_MESSAGE), ...more }), {
    status,
    headers: JSON_TYPE,
  })
