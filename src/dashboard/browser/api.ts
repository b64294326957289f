import { signal } from '@preact/signals'
import type { paths } from '../../client/control.d.ts'
import { t } from './page-data.ts'

/** The control API's client. Paths, queries, bodies and answers have the types of control.openapi.yaml. */

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type PathWith<M extends Method> = { [P in keyof paths]: paths[P] extends { [K in M]: object } ? P : never }[keyof paths]
type Operation<M extends Method, P extends PathWith<M>> = paths[P] extends { [K in M]: infer O } ? O : never
type Json<T> = T extends { content: { 'application/json': infer B } } ? B : never
type Responses<M extends Method, P extends PathWith<M>> =
  Operation<M, P> extends { responses: infer R } ? Pick<R, keyof R & (200 | 201)> : never

/** `undefined` may stand where a field may be absent: JSON leaves it out. */
type Loose<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]: Loose<T[K]> | (object extends Pick<T, K> ? undefined : never) }
    : T

type QueryOf<M extends Method, P extends PathWith<M>> =
  Operation<M, P> extends { parameters: { query?: infer Q } } ? Loose<NonNullable<Q>> : never
type BodyOf<M extends Method, P extends PathWith<M>> =
  Operation<M, P> extends { requestBody?: infer B } ? Loose<Json<NonNullable<B>>> : never

/** What a call answers when it succeeds. */
export type Answer<P extends PathWith<M>, M extends Method = 'get'> = {
  [S in keyof Responses<M, P>]: Json<Responses<M, P>[S]>
}[keyof Responses<M, P>]

export type Summary = Answer<'/_mock/payments'>['payments'][number]
export type Payment = Answer<'/_mock/payments/{tid}'>
export type Entry = Answer<'/_mock/journal'>['entries'][number]
export type FaultRule = Answer<'/_mock/faults'>['faults'][number]
export type Namespace = Answer<'/_mock/namespaces'>['namespaces'][number]
export type Application = Answer<'/_mock/applications'>['applications'][number]
export type Issued = Answer<'/_mock/applications', 'post'>
export type Clock = Answer<'/_mock/clock'>['clocks'][number]
export type Finding = Answer<'/_mock/audit'>['findings'][number]
export type Refusal = Answer<'/_mock/refusals'>['refusals'][number]
export type Rule = Answer<'/_mock/rules'>['rules'][number]
export type FaultType = Answer<'/_mock/fault-types'>['fault_types'][number]

/** A call that can be sent, and shown as curl. `B` is what it answers. */
export interface Request<B = unknown> {
  readonly method: Uppercase<Method>
  readonly path: string
  readonly query?: Readonly<Record<string, unknown>> | undefined
  /** A text is JSON already. */
  readonly body?: unknown
  readonly answer?: B
}

interface Options<M extends Method, P extends PathWith<M>> {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: QueryOf<M, P>
  readonly body?: BodyOf<M, P>
}

export const request = <M extends Method, P extends PathWith<M>>(
  method: M,
  path: P,
  { params = {}, query, body }: Options<M, P> = {},
): Request<Answer<P, M>> => ({
  method: method.toUpperCase() as Uppercase<M>,
  path: (path as string).replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? '')),
  query: query as Readonly<Record<string, unknown>> | undefined,
  body,
})

/** Which namespace is looked at and acted on; empty: all of them. It stands in the address, so a reload and a link keep it. */
export const namespace = signal(new URLSearchParams(location.search).get('namespace') ?? '')

export const chooseNamespace = (name: string): void => {
  const search = new URLSearchParams(location.search)
  if (name === '') search.delete('namespace')
  else search.set('namespace', name)
  history.replaceState(null, '', `${location.pathname}${search.size > 0 ? `?${search}` : ''}${location.hash}`)
  namespace.value = name
}

export const scope = () => (namespace.value === '' ? {} : { namespace: namespace.value })

/** Path and query. */
export const addressOf = ({ path, query = {} }: Request): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given as [string, string][])}`
}

export interface Reply<B = unknown> {
  readonly ok: boolean
  /** 0 where the server could not be reached. */
  readonly status: number
  readonly body: B | { error_message?: string }
  readonly ms: number
}

/** Asks for the control token; set by the dialog that does. */
export const token: { ask: () => Promise<boolean> } = { ask: async () => false }

let isGuarded = false

/** Sends a call. One that is refused for want of the control token is sent again once the token is known. */
export const send = async <B>(asked: Request<B>): Promise<Reply<B>> => {
  const started = performance.now()
  const reply = await attempt<B>(asked)
  if (reply.status === 401 && asked.path !== '/_mock/session' && (await token.ask())) {
    isGuarded = true
    return send(asked)
  }
  return { ...reply, ms: Math.round(performance.now() - started) }
}

const attempt = async <B>(asked: Request<B>): Promise<Omit<Reply<B>, 'ms'>> => {
  const { method, body } = asked
  try {
    const response = await fetch(addressOf(asked), {
      method,
      cache: 'no-store',
      ...(body === undefined
        ? {}
        : {
            headers: { 'content-type': 'application/json' },
            body: typeof body === 'string' ? body : JSON.stringify(body),
          }),
    })
    return { ok: response.ok, status: response.status, body: parsed(await response.text()) as B }
  } catch {
    return { ok: false, status: 0, body: { error_message: t('unreachable') } }
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** What the server says of a call that failed. */
export const problemOf = ({ body, status }: Reply): string =>
  (body as { error_message?: string } | null)?.error_message ?? String(status)

/** The body of a GET, or an error whose message can be shown. */
export const get = async <P extends PathWith<'get'>>(path: P, options: Options<'get', P> = {}): Promise<Answer<P>> => {
  const reply = await send(request('get', path, options))
  if (reply.ok) return reply.body as Answer<P>
  throw new Error(problemOf(reply))
}

const catalogues = new Map<string, Promise<unknown>>()

/** What cannot change while the server runs is asked for once. */
export const catalogue = <P extends PathWith<'get'>>(path: P): Promise<Answer<P>> => {
  const known = catalogues.get(path) ?? get(path)
  catalogues.set(path, known)
  known.catch(() => catalogues.delete(path))
  return known as Promise<Answer<P>>
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** The same call for a shell. The token stays out of it: commands are pasted into places where no secret belongs. */
export const curl = (asked: Request): string => {
  const { method, body } = asked
  const lines = [`curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(location.origin + addressOf(asked))}`]
  if (isGuarded) lines.push('-H "Authorization: Bearer $KAKAOPAY_MOCK_CONTROL_TOKEN"')
  if (body !== undefined) lines.push("-H 'content-type: application/json'", `-d ${quoted(JSON.stringify(body))}`)
  return lines.join(' \\\n  ')
}
