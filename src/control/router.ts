import { type Context, Hono } from 'hono'
import type * as z from 'zod'
import { readBody } from '../http/body.ts'
import { type Env, type RequestInfo, requestInfo } from '../http/deps.ts'
import { JSON_TYPE } from '../http/errors.ts'
import { nameOf } from '../namespaces/namespaces.ts'
import type { ControlDeps } from './deps.ts'
import { problem } from './problem.ts'
import {
  type ControlName,
  type ControlQuery,
  type ControlRequest,
  type ControlResponse,
  controlEndpoints,
} from './schemas/index.ts'

/** One control call as its handler gets it: checked by the contract. */
export interface Ask<N extends ControlName> {
  readonly params: Readonly<Record<string, string>>
  readonly query: ControlQuery<N>
  readonly body: ControlRequest<N>
  /** Public name of the namespace that the header, the query or the body names; undefined: all. */
  readonly namespace: string | undefined
  readonly request: Request
  readonly info: RequestInfo
}

type Reply<N extends ControlName> = ControlResponse<N> | Response

export type ControlHandler<N extends ControlName> = (ask: Ask<N>) => Reply<N> | Promise<Reply<N>>

export type Answered = ControlName

export type ControlHandlers = { readonly [N in Answered]: ControlHandler<N> }

const NAMESPACE_HEADER = 'x-kakaopay-mock-namespace'

/** The contract's calls with their handlers, as an app for `/`. */
export const createControlRouter = (handlers: ControlHandlers, deps: ControlDeps) => {
  const app = new Hono<Env>()
  for (const name of Object.keys(handlers) as Answered[]) {
    const endpoint = controlEndpoints[name]
    const handle = handlers[name] as unknown as ControlHandler<'health'>
    app.on(endpoint.method, endpoint.path.replace(/\{(\w+)\}/g, ':$1'), async (c) => {
      const ask = await asked(c, endpoint, deps)
      if (ask instanceof Response) return ask
      const reply = await handle(ask)
      if (reply instanceof Response) return reply
      return new Response(JSON.stringify(reply), { status: endpoint.status, headers: JSON_TYPE })
    })
  }
  return app
}

type Contract = (typeof controlEndpoints)[ControlName]

const asked = async (
  c: Context<Env>,
  { method, request, query }: Contract,
  { maxBodyBytes, now }: Pick<ControlDeps, 'maxBodyBytes' | 'now'>,
): Promise<Ask<'health'> | Response> => {
  const body = method === 'GET' || method === 'DELETE' ? {} : await bodyOf(c, maxBodyBytes)
  if (body instanceof Response) return body
  const twice = Object.entries(c.req.queries()).find(([, values]) => values.length > 1)
  if (twice) return problem(400, `query: ${twice[0]} is given more than once.`)
  const checkedQuery = query.safeParse(c.req.query())
  if (!checkedQuery.success) return problem(400, `query: ${firstMistake(checkedQuery.error, query)}`)
  const checkedBody = request.safeParse(body)
  if (!checkedBody.success) return problem(400, `body: ${firstMistake(checkedBody.error, request)}`)
  const named = [c.req.header(NAMESPACE_HEADER), namespaceIn(checkedQuery.data), namespaceIn(checkedBody.data)]
    .filter((n): n is string => typeof n === 'string' && n !== '')
    .map(nameOf)
  const [namespace] = named
  // To take one of them in silence would empty or move what the caller did not mean.
  if (named.some((other) => other !== namespace))
    return problem(400, 'header, query and body name different namespaces. name one.')
  return {
    params: c.req.param() as Record<string, string>,
    query: checkedQuery.data as never,
    body: checkedBody.data as never,
    namespace,
    request: c.req.raw,
    info: requestInfo(c.req.raw, c.env?.incoming, { now }),
  }
}

const namespaceIn = (values: object): unknown => ('namespace' in values ? values.namespace : undefined)

/** JSON whatever its Content-Type says, for curl's `-d` sends another; a form only where a page posts one. Nothing is an empty object. */
const bodyOf = async (c: Context<Env>, limit: number): Promise<unknown> => {
  const text = await readBody(c.req.raw, c.env?.incoming, limit)
  if (typeof text !== 'string')
    return problem(
      text.refused === 'body-too-large' ? 413 : 400,
      `the body is larger than ${limit} bytes or not UTF-8.`,
    )
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    if (c.req.path === '/_mock/session') return Object.fromEntries(new URLSearchParams(text))
    return problem(400, 'the body is not well-formed JSON.')
  }
}

const firstMistake = (error: z.ZodError, contract: z.ZodObject): string => {
  const issue = deepest(error.issues)
  const at = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys' && at === '') {
    const known = Object.keys(contract.shape)
    const knows = known.length === 0 ? 'this call takes none' : `the fields are ${known.join(', ')}`
    return `${issue.keys.join(', ').slice(0, 200)} is unknown. ${knows}.`
  }
  return `${at === '' ? '' : `${at}: `}${issue.message}`
}

/** Of a union's failures the one that got furthest is the one that was meant. */
const deepest = (issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue => {
  const [first] = issues
  if (first?.code === 'invalid_union' && first.errors.length > 0) {
    const inner = first.errors.flat().sort((a, b) => b.path.length - a.path.length)[0]
    if (inner && inner.path.length > 0) return { ...inner, path: [...first.path, ...inner.path] }
  }
  return (
    first ?? ({ code: 'custom', path: [], message: 'is not what the contract says' } as unknown as z.core.$ZodIssue)
  )
}
