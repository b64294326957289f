import type { Hook } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import type * as z from 'zod'
import { readBody } from '../http/body.ts'
import { requestInfo } from '../http/deps.ts'
import { nameOf } from '../namespaces/namespaces.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { NAMESPACE_HEADER } from './fields.ts'
import { lineOf } from './json-lines.ts'
import { problem } from './problem.ts'
import { SESSION } from './session.ts'
import { MAX_STATE_BYTES, STATE_PATH } from './snapshot.ts'

/**
 * Reads a control call before its route validates it: the body as JSON whatever its Content-Type (curl's `-d` sends another), an empty
 * one as `{}`, and the namespace that header, query or body name.
 */
export const readRequest =
  (deps: ControlDeps): MiddlewareHandler<ControlEnv> =>
  async (c, next) => {
    c.set('info', requestInfo(c.req.raw, c.env?.incoming, deps))
    const twice = Object.entries(c.req.queries()).find(([, values]) => values.length > 1)
    if (twice) return problem(c, 400, `query: ${twice[0]} is given more than once.`)
    const body = c.req.method === 'GET' || c.req.method === 'DELETE' ? {} : await readJson(c, limitOf(c.req.path, deps))
    if (body instanceof Response) return body
    const named = [c.req.header(NAMESPACE_HEADER), c.req.query('namespace'), namespaceIn(body)]
      .filter((name): name is string => typeof name === 'string' && name !== '')
      .map(nameOf)
    // Choosing one of them silently could reset or move the wrong namespace.
    if (named.some((name) => name !== named[0]))
      return problem(c, 400, 'header, query and body name different namespaces. name one.')
    c.set('namespace', named[0])
    return next()
  }

const limitOf = (path: string, { maxBodyBytes }: ControlDeps) =>
  path === STATE_PATH ? Math.max(MAX_STATE_BYTES, maxBodyBytes) : maxBodyBytes

const namespaceIn = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'namespace' in body ? body.namespace : undefined

/** The body; the route reads it again from a Request whose Content-Type says what it is. */
const readJson = async (c: Context<ControlEnv>, limit: number): Promise<unknown> => {
  const text = await readBody(c.req.raw, c.env?.incoming, limit)
  if (typeof text !== 'string')
    return problem(
      c,
      text.refused === 'body-too-large' ? 413 : 400,
      `the body is larger than ${limit} bytes or not UTF-8.`,
    )
  // A state is a file with many lines: what is wrong with it is found by its line.
  if (c.req.path === STATE_PATH) c.set('text', text)
  const json = parsed(text.trim() === '' ? '{}' : text)
  // The login page posts a form.
  const isForm = json === undefined && c.req.path === SESSION
  if (json === undefined && !isForm) return problem(c, 400, `the body${lineIn(c, [])} is not well-formed JSON.`)
  const headers = new Headers(c.req.raw.headers)
  headers.set('content-type', isForm ? 'application/x-www-form-urlencoded' : 'application/json')
  headers.delete('content-length')
  c.req.raw = new Request(c.req.url, {
    method: c.req.method,
    headers,
    body: isForm ? text : JSON.stringify(json),
  })
  return json
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `, line 12` where the body is a file of many lines. */
export const lineIn = (c: Context<ControlEnv>, path: readonly PropertyKey[]): string =>
  c.var.text === undefined ? '' : `, line ${lineOf(c.var.text, path)}`

/** What a route's schema refuses, as a sentence that names the place and the field. */
export const refuseInvalid: Hook<unknown, ControlEnv, string, unknown> = (result, c) => {
  if (result.success) return undefined
  const { path, message } = issueOf(result.error)
  const place = result.target === 'query' ? 'query' : `body${lineIn(c, path)}`
  return problem(c, 400, sentenceAt(place, path, message))
}

/** Place, field and what it must be. */
export const sentenceAt = (place: string, path: readonly PropertyKey[], message: string): string =>
  `${place}: ${path.length === 0 ? '' : `${path.map(String).join('.')}: `}${message}`

/** Of all that a schema refuses the one thing to be said. */
export const issueOf = ({ issues }: z.core.$ZodError) => {
  const issue = deepest(issues)
  // Schemas with words of their own name the field, and those that are known.
  if (issue.code === 'unrecognized_keys' && issue.message.startsWith('Unrecognized'))
    return { path: [...issue.path, issue.keys[0] ?? ''], message: 'is unknown' }
  return { path: issue.path, message: sentence(issue) }
}

/** Schemas say in their own words what a value must be; only zod's own words are replaced. */
const sentence = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input'))
    return `must be ${typeName(issue.expected)}`
  if (issue.code === 'invalid_value' && issue.message.startsWith('Invalid '))
    return `must be one of ${issue.values.map(String).join(', ')}`
  return issue.message
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'an integer',
  boolean: 'true or false',
  array: 'an array',
  object: 'a JSON object',
  nonoptional: 'given',
}
const typeName = (expected: string): string => typeNames[expected] ?? expected

/** Of a union's members it takes the one with the fewest failures as the one that was meant, and reports its deepest failure. */
const deepest = (issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue => {
  const [first] = issues
  if (first?.code === 'invalid_union' && first.errors.length > 0) {
    const fewest = Math.min(...first.errors.map((failures) => failures.length))
    const meant = first.errors.filter((failures) => failures.length === fewest).flat()
    const inner = meant.sort((a, b) => b.path.length - a.path.length)[0]
    if (inner && inner.path.length > 0) return { ...inner, path: [...first.path, ...inner.path] }
  }
  return first ?? { code: 'custom', path: [], message: 'is invalid', input: undefined }
}
