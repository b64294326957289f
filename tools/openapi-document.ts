import { OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { type Endpoint, requestSchema } from '../contracts/endpoint.ts'
import { type Evidence, type Known, sources } from '../contracts/evidence.ts'
import { endpoints } from '../contracts/index.ts'
import {
  anyCallMayMeet,
  everyCallRefuses,
  type RefusalName,
  type RefusalText,
  refusals,
} from '../contracts/refusals.ts'
import { fieldRule } from '../contracts/rules.ts'
import { refusalBody } from '../src/http/errors.ts'
import { linksOf } from './openapi-links.ts'

type Json = Record<string, unknown>

/** openapi.yaml as an object, generated from the contracts: what KakaoPay requires and answers, and how well each part is known. */
export const openapiDocument = (version: string): Json => {
  const app = new OpenAPIHono()
  const { registry } = { registry: app.openAPIRegistry }
  registry.registerComponent('securitySchemes', 'secretKey', {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: '`SECRET_KEY <secret key>`; a Secret key(dev) may also be sent as `DEV_SECRET_KEY <secret key>`.',
  })
  registry.registerComponent('schemas', 'Refusal', refusalSchema)
  for (const endpoint of Object.values(endpoints) as Endpoint[]) {
    const Name = endpoint.name.charAt(0).toUpperCase() + endpoint.name.slice(1)
    registry.registerComponent('schemas', `${Name}Request`, requestComponent(endpoint))
    registry.registerComponent('schemas', `${Name}Response`, schemaOf(endpoint.response))
    registry.registerPath({
      method: 'post',
      path: endpoint.path,
      operationId: endpoint.name,
      summary: endpoint.summary,
      ...(endpoint.notes ? { description: endpoint.notes.join(' ') } : {}),
      tags: ['payment'],
      security: [{ secretKey: [] }],
      ...evidence(endpoint),
      request: {
        body: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: `#/components/schemas/${Name}Request` },
              examples: { documented: { value: endpoint.example.request } },
            },
          },
        },
      },
      responses: {
        200: {
          description: 'Done.',
          content: {
            'application/json': {
              schema: { $ref: `#/components/schemas/${Name}Response` },
              examples: { documented: { value: endpoint.example.response } },
            },
          },
          ...linksOf(endpoint.name),
        },
        // Answers of a gateway between client and server: no JSON, so no content is described.
        502: { description: 'No answer of this API: a gateway could not reach it.' },
        504: { description: 'No answer of this API: a gateway did not wait for it.' },
        ...refusalResponses([...anyCallMayMeet, ...everyCallRefuses, ...endpoint.refusals]),
      },
    })
  }
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'KakaoPay online payment API, as kakaopay-mock knows it',
      version,
      summary: 'The calls of open-api.kakaopay.com with every rule, refusal and how well each is known',
      description: about,
      contact: { name: 'kakaopay-mock', url: 'https://www.npmjs.com/package/kakaopay-mock' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      { url: 'http://127.0.0.1:8585', description: 'kakaopay-mock' },
      { url: 'https://open-api.kakaopay.com', description: 'KakaoPay' },
    ],
    tags: [{ name: 'payment', description: 'One-time and subscription payments' }],
    'x-sources': sources,
  } as Parameters<typeof app.getOpenAPI31Document>[0]) as unknown as Json
}

const about = `An independent description, made from public text; not KakaoPay's own. \`x-evidence\` says how well each part is known:
\`documented\` (official text or a copy of it), \`observed\` (a published real answer), \`inferred\` (it follows from these, or is our own
choice). \`x-source\` names where it comes from; \`x-sources\` spells the names out. Most \`error_message\` texts were never published: those
whose \`x-wording\` is \`inferred\` are our own words. Rules between fields are in each call's refusals, not in the schemas. The real service
also accepts numbers written as strings, which this description, being strict, does not. Validators of Python, Go, PHP, Java
and JavaScript read its patterns alike; where a rule is finer, \`x-pattern\` is the whole of it, for JavaScript with the flag u.`

const evidence = ({ evidence: grade, source }: Known): { 'x-evidence': Evidence; 'x-source': string } => ({
  'x-evidence': grade,
  'x-source': source,
})

const schemaOf = (schema: z.ZodType): Json => {
  const { $schema, ...json } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }) as Json
  return json
}

/** The request's schema; each property says what it is, its rules' ids, and how well it is known. */
const requestComponent = (endpoint: Endpoint): Json => {
  const schema = schemaOf(requestSchema(endpoint))
  const properties = schema['properties'] as Record<string, Json>
  for (const [name, field] of Object.entries(endpoint.request)) {
    const aspects = Object.entries(field.aspects) as [keyof typeof field.aspects, Known][]
    const first = aspects[0]?.[1]
    properties[name] = {
      ...properties[name],
      description: field.description,
      ...(first ? evidence(first) : {}),
      'x-rules': Object.fromEntries(
        aspects.map(([aspect, known]) => [fieldRule(endpoint.name, name, aspect), known.evidence]),
      ),
    }
  }
  return schema
}

const refusalSchema: Json = {
  type: 'object',
  description: 'A refusal. `extras` is there only where the payment method itself failed.',
  properties: {
    error_code: { type: 'integer' },
    error_message: { type: 'string' },
    extras: {
      type: 'object',
      properties: { method_result_code: { type: 'string' }, method_result_message: { type: 'string' } },
      required: ['method_result_code', 'method_result_message'],
    },
  },
  required: ['error_code', 'error_message'],
}

/** OpenAPI keys responses by status: refusals that share one are named examples of the same response. */
const refusalResponses = (names: readonly RefusalName[]) => {
  const byStatus = new Map<number, RefusalName[]>()
  for (const name of new Set(names))
    byStatus.set(refusals[name].status, [...(byStatus.get(refusals[name].status) ?? []), name])
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, group]) => [
        status,
        {
          description: `Refused: ${group
            .map((name) => refusals[name].error_code)
            .filter((c, i, all) => all.indexOf(c) === i)
            .join(', ')}.`,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Refusal' },
              examples: Object.fromEntries(group.map((name) => [name, exampleOf(name)])),
            },
          },
        },
      ]),
  )
}

/** Stand-ins for what a message names, so that the example reads like an answer. */
const sample = {
  field: 'item_name',
  reason: 'must be at most 100 characters',
  limit: 262_144,
  url: 'http://localhost:8081/',
  why: '',
  explanation: '',
}

const exampleOf = (name: RefusalName): Json => {
  const refusal: RefusalText = refusals[name]
  const params =
    name === 'domain-unregistered'
      ? { ...sample, field: 'approve_url' }
      : name === 'body-invalid'
        ? { ...sample, reason: 'is not well-formed JSON' }
        : sample
  const value = refusalBody({ refused: name, rule: '', params })
  return {
    summary: refusal.when,
    value: { ...value, error_message: value.error_message.trim() },
    ...evidence(refusal),
    'x-wording': refusal.wording.evidence,
  }
}
