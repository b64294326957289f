import { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import * as applications from '../src/control/schemas/applications.ts'
import * as faults from '../src/control/schemas/faults.ts'
import * as words from '../src/control/schemas/fields.ts'
import { type ControlEndpoint, controlEndpoints, controlError } from '../src/control/schemas/index.ts'
import * as namespaces from '../src/control/schemas/namespaces.ts'
import * as payments from '../src/control/schemas/payments.ts'
import { faultSpec } from '../src/faults/fault-types.ts'
import { entryJson, finding } from '../src/journal/schema.ts'

type Json = Record<string, unknown>

/** Shapes that many calls share are written once. */
const named: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [entryJson, 'Call'],
  [payments.summary, 'PaymentSummary'],
  [payments.detail, 'Payment'],
  [words.amount, 'Amount'],
  [faults.faultRule, 'FaultRule'],
  [faultSpec, 'FaultSpec'],
  [namespaces.namespace, 'Namespace'],
  [namespaces.settings, 'Settings'],
  [namespaces.clock, 'Clock'],
  [namespaces.moved, 'Moved'],
  [applications.application, 'Application'],
  [finding, 'Finding'],
])

/** JSON Schema of a contract's schema; `whole` spells a shared shape out instead of pointing to it. */
const schemaOf = (schema: z.ZodType, whole = false): Json => {
  const { $schema, ...json } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'input',
    override: ({ zodSchema, jsonSchema, path }) => {
      const name = named.get(zodSchema)
      if (name !== undefined && !(whole && path.length === 0)) {
        for (const key of Object.keys(jsonSchema)) delete jsonSchema[key as keyof typeof jsonSchema]
        jsonSchema.$ref = `#/components/schemas/${name}`
      }
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
    },
  }) as Json
  return json
}

/** control.openapi.yaml as an object: our own control API, generated from its contract as openapi.yaml is from KakaoPay's. */
export const controlOpenapiDocument = (version: string): Json => {
  const app = new OpenAPIHono()
  const registry = app.openAPIRegistry
  registry.registerComponent('securitySchemes', 'controlToken', {
    type: 'http',
    scheme: 'bearer',
    description: 'Only where the mock was started with --control-token; also as header x-kakaopay-mock-token.',
  })
  registry.registerComponent('schemas', 'Error', schemaOf(controlError) as never)
  for (const [schema, name] of named)
    registry.registerComponent('schemas', name, schemaOf(schema as z.ZodType, true) as never)
  for (const endpoint of Object.values(controlEndpoints) as ControlEndpoint[]) {
    const { name, method, path, summary, status, media, response } = endpoint
    registry.registerPath({
      method: method.toLowerCase() as 'get',
      path,
      operationId: name,
      summary,
      tags: [tagOf(path)],
      parameters: [...pathParameters(path), ...queryParameters(endpoint.query), namespaceHeader] as never,
      ...(hasBody(endpoint)
        ? { request: { body: { content: { 'application/json': { schema: schemaOf(endpoint.request) as never } } } } }
        : {}),
      responses: {
        [status]: { description: 'Done.', content: { [media]: { schema: schemaOf(response) as never } } },
        default: {
          description: 'Refused.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    })
  }
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Control API of kakaopay-mock',
      version,
      summary: 'What no payment service has: its clock, its journal, its failures',
      description:
        'This API is kakaopay-mock’s own; KakaoPay has nothing like it. It answers to allowed Host names only and refuses writes from pages of other origins.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'http://127.0.0.1:8585', description: 'kakaopay-mock' }],
    security: [{}, { controlToken: [] }],
  } as Parameters<typeof app.getOpenAPI31Document>[0]) as unknown as Json
}

const tagOf = (path: string) => path.split('/')[2] ?? 'mock'

const hasBody = ({ method, request }: ControlEndpoint) =>
  method !== 'GET' && method !== 'DELETE' && Object.keys(request.shape).length > 0

const pathParameters = (path: string) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))

const queryParameters = (query: z.ZodObject) => {
  const { properties = {}, required = [] } = schemaOf(query) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description ? { description } : {}),
    schema,
  }))
}

const namespaceHeader = {
  name: 'x-kakaopay-mock-namespace',
  in: 'header',
  required: false,
  description: 'Public name or secret key of the namespace that the call is about. Default: all.',
  schema: { type: 'string' },
}
