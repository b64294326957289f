import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { portableCases } from './portable-values.ts'

export const openapi = fileURLToPath(new URL('../../openapi.yaml', import.meta.url))

type Json = Record<string, unknown>
interface Case {
  readonly schema: Json
  readonly values: readonly unknown[]
  readonly expected: readonly boolean[]
}
type Examples = Record<string, { value: Json }>
type Content = { content?: Record<string, { schema: { $ref: string }; examples?: Examples }> }
type Operation = { requestBody: Content; responses: Record<string, Content> }
export const document = parse(readFileSync(openapi, 'utf8')) as {
  paths: Record<string, { post: Operation }>
  components: { schemas: Record<string, Json> }
}

const examplesOf = ({ content = {} }: Content) =>
  Object.values(content).map(({ schema, examples = {} }) => ({
    schema: document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] as Json,
    values: Object.values(examples).map(({ value }) => value),
  }))

/** The documented request with one thing wrong: without each field in turn, with one too many, with each as another type. */
const spoiled = (value: Json, { required = [] }: { required?: string[] }): Json[] => [
  ...required.map((name) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== name))),
  ...Object.keys(value).map((name) => ({ ...value, [name]: typeof value[name] === 'string' ? 1 : '1' })),
  { ...value, unknown: 1 },
]

/** Schemas of openapi.yaml with values, and whether each is accepted. */
export const cases = (): Case[] => {
  const operations = Object.values(document.paths).map(({ post }) => post)
  const contents = operations.flatMap(({ requestBody, responses }) => [requestBody, ...Object.values(responses)])
  const requests = operations.flatMap(({ requestBody }) => examplesOf(requestBody))
  return [
    ...contents.flatMap(examplesOf).map((one) => ({ ...one, expected: one.values.map(() => true) })),
    ...requests
      .map(({ schema, values }) => ({ schema, values: values.flatMap((value) => spoiled(value, schema)) }))
      .map((one) => ({ ...one, expected: one.values.map(() => false) })),
    ...portableCases.map(({ schema, accepted, refused }) => ({
      schema: { type: 'string', ...schema },
      values: [...accepted, ...refused],
      expected: [...accepted.map(() => true), ...refused.map(() => false)],
    })),
  ]
}

/** Every pattern of a schema, with the one of `not` beside it. */
export const patternsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  const { pattern, not } = value as { pattern?: unknown; not?: { pattern?: unknown } }
  const nested = Object.entries(value).flatMap(([name, inner]) => (name === 'not' ? [] : patternsIn(inner)))
  return typeof pattern === 'string' || not?.pattern
    ? [`${pattern ?? ''} not ${not?.pattern ?? ''}`, ...nested]
    : nested
}

export const listedPatterns = () => portableCases.flatMap(({ schema }) => patternsIn(schema)).sort()
