import * as z from 'zod'

/** One call of our own control API under `/_mock`. None of it is KakaoPay's. */
export interface ControlEndpoint<
  Request extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Response extends z.ZodType = z.ZodType,
> {
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path parameters in braces: `/_mock/payments/{tid}`. */
  readonly path: string
  /** One sentence in the present tense. */
  readonly summary: string
  readonly request: Request
  readonly query: Query
  readonly response: Response
  /** Of a successful answer. Default: 200. */
  readonly status: 200 | 201
  /** Of a successful answer. Default: JSON. */
  readonly media: string
}

const nothing = z.strictObject({})
type Nothing = typeof nothing

export const controlEndpoint = <
  Response extends z.ZodType,
  Request extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
>(
  e: Pick<ControlEndpoint<Request, Query, Response>, 'name' | 'method' | 'path' | 'summary' | 'response'> &
    Partial<ControlEndpoint<Request, Query, Response>>,
): ControlEndpoint<Request, Query, Response> => ({
  status: 200,
  media: 'application/json',
  ...e,
  request: (e.request ?? nothing) as Request,
  query: (e.query ?? nothing) as Query,
})
