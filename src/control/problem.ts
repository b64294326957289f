import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { ClientErrorStatusCode } from 'hono/utils/http-status'

/** The form of every error of the control API: KakaoPay's two keys, with the HTTP status as a negative code. */
export const controlError = z.object({ error_code: z.int(), error_message: z.string() }).openapi('Error')

/** Texts of a client are cut here, so that an answer stays small whatever was sent. */
const MAX_MESSAGE = 600

/** Refuses a control call. */
export const problem = <S extends ClientErrorStatusCode | 503>(c: Context, status: S, message: string) =>
  c.json(problemBody(status, message), status)

export const problemBody = (status: number, message: string) => ({
  error_code: -status,
  error_message: message.slice(0, MAX_MESSAGE),
})
