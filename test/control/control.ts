import type { RouteConfig } from '@hono/zod-openapi'
import type { ZodType } from 'zod'
import type { Mock } from '../../src/mock.ts'
import { controlApi } from '../../tools/control-openapi-document.ts'

export interface Reply {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the body that it asked for.
  readonly body: any
}

/** Every route of the control API, as `createRoute` was given it. */
export const routes: readonly RouteConfig[] = controlApi().openAPIRegistry.definitions.flatMap((d) =>
  d.type === 'route' ? [d.route] : [],
)

const routeOf = (method: string, path: string): RouteConfig | undefined =>
  routes
    .filter((route) => route.method === method.toLowerCase())
    .sort((a, b) => (a.path.match(/\{/g)?.length ?? 0) - (b.path.match(/\{/g)?.length ?? 0))
    .find((route) => new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path))

/** What the route says that it answers in JSON with this status; undefined where it says nothing. */
const schemaOf = (method: string, path: string, status: number): ZodType | undefined => {
  const response = routeOf(method, path)?.responses[status] as { content?: Record<string, { schema: ZodType }> }
  return response?.content?.['application/json']?.schema
}

/** Asks the control API in process. Each successful JSON answer is held to the contract: what it has beyond it, or lacks, fails the test. */
export const control = (mock: Mock, defaults: Record<string, string> = {}) => {
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> => {
    const response = await mock.request(`/_mock/${path}`, {
      method,
      headers: { ...defaults, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!(response.headers.get('content-type') ?? '').startsWith('application/json'))
      return { status: response.status, body: text }
    const json: unknown = JSON.parse(text)
    if (response.ok && !/[?&]as=(har|fixture)/.test(path)) {
      const schema = schemaOf(method, `/_mock/${path.split('?')[0]}`, response.status)
      if (!schema) throw new Error(`${path} answered ${response.status}, which its route does not say`)
      const parsed = schema.parse(json)
      if (JSON.stringify(sorted(parsed)) !== JSON.stringify(sorted(json)))
        throw new Error(`${path} answers more than its contract: ${text}`)
    }
    return { status: response.status, body: json }
  }
  return {
    get: (path: string, headers?: Record<string, string>) => ask('GET', path, undefined, headers),
    post: (path: string, body: unknown = {}, headers?: Record<string, string>) => ask('POST', path, body, headers),
    put: (path: string, body: unknown, headers?: Record<string, string>) => ask('PUT', path, body, headers),
    patch: (path: string, body: unknown) => ask('PATCH', path, body),
    delete: (path: string, headers?: Record<string, string>) => ask('DELETE', path, undefined, headers),
  }
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

/** A header for another secret key. */
export const as = (key: string) => ({ authorization: `SECRET_KEY ${key}` })
