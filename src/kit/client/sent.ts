import type { Endpoint } from '../../../contracts/endpoint.ts'
import type { Field } from '../../../contracts/fields.ts'
import { endpoints } from '../../../contracts/index.ts'
import { shown, typeOf } from '../match.ts'
import type { Failure } from '../result.ts'
import { toCurl } from '../script.ts'
import type { Exchange } from './exchange.ts'
import type { ClientRuleId, Finding } from './rules.ts'

/** The merchant's secret, and the name under which a report may show it. */
export interface Secret {
  readonly value: string
  readonly name: string
}

const finding = (rule: ClientRuleId, at: string, expected: string, actual: string): Finding => ({
  rule,
  at,
  expected,
  actual,
})

/**
 * What one request breaks, whatever the client wanted. `secrets`: the keys that the client has; where they are not known, Authorization is
 * judged by its form and by whether it was refused.
 */
export const judgeExchange = (exchange: Exchange, secrets: readonly Secret[]): readonly Finding[] => [
  ...judgePath(exchange),
  ...judgeAuthorization(exchange, secrets),
  ...judgeMedia(exchange),
  ...judgeBody(exchange),
  ...judgeSecrets(exchange, secrets),
]

const judgePath = ({ method, url, call }: Exchange): readonly Finding[] => [
  ...(method === 'POST' ? [] : [finding('client.method', 'method', 'POST', method)]),
  ...(call !== undefined && endpoints[call].path === url
    ? []
    : [finding('client.path', 'path', call ? endpoints[call].path : 'a documented path', url.slice(0, 300))]),
]

const valuesOf = ({ headers }: Exchange, name: string): readonly string[] =>
  headers.filter(([sent]) => sent.toLowerCase() === name).map(([, value]) => value)

const judgeAuthorization = (exchange: Exchange, secrets: readonly Secret[]): readonly Finding[] => {
  const sent = valuesOf(exchange, 'authorization')
  const [scheme, key, ...more] = (sent[0] ?? '').split(' ')
  const known = secrets.length === 0 ? exchange.received?.status !== 401 : secrets.some(({ value }) => value === key)
  const allowed = scheme === 'SECRET_KEY' || (scheme === 'DEV_SECRET_KEY' && key?.startsWith('DEV'))
  const right = known && allowed && more.length === 0
  if (sent.length === 1 && right) return []
  const actual = sent.length === 0 ? 'absent' : masked(sent.join(', '), secrets)
  return [finding('client.authorization', 'header authorization', 'SECRET_KEY <key>', actual)]
}

/** A text with every key in it shown by name. */
export const masked = (text: string, secrets: readonly Secret[]): string =>
  secrets.reduce((shownText, { value, name }) => shownText.replaceAll(value, `<${name}>`), text)

/** The request as a line for a shell, with its own key as $KEY and every other one by name. */
export const curlOf = (exchange: Exchange, url: string, secrets: readonly Secret[]): string => {
  const { method, headers, body } = exchange
  const own = secrets.find(({ value }) => valuesOf(exchange, 'authorization').some((sent) => sent.includes(value)))
  const others = secrets.filter((secret) => secret !== own)
  const shownHeaders = headers.filter(([name]) => /^(authorization|content-type)$/i.test(name))
  const sent = {
    method,
    path: masked(exchange.url, secrets),
    headers: Object.fromEntries(shownHeaders.map(([name, value]) => [name, masked(value, others)])),
    body: masked(body.toString(), secrets),
  }
  return toCurl(sent, url, own?.value ?? '')
}

/** What the client received, for a report. A server may echo what it was sent, even a key. */
export const answerOf = (exchange: Exchange | undefined, secrets: readonly Secret[]): Failure['answer'] =>
  exchange?.received && { status: exchange.received.status, body: masked(exchange.received.body, secrets) }

const judgeMedia = (exchange: Exchange): readonly Finding[] => {
  if (exchange.method === 'GET') return []
  const sent = valuesOf(exchange, 'content-type')
  return sent.length === 1 && /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(sent[0] ?? '')
    ? []
    : [finding('client.content-type', 'header content-type', 'application/json', sent.join(', ') || 'absent')]
}

/** The body as a JSON object; undefined where it is none. */
export const parsedBody = ({ body }: Exchange): Readonly<Record<string, unknown>> | undefined => {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body))
    return typeOf(json) === 'object' ? (json as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const judgeBody = (exchange: Exchange): readonly Finding[] => {
  if (exchange.bodyCut) return []
  const body = parsedBody(exchange)
  if (body === undefined)
    return [finding('client.json', 'body', 'one JSON object in UTF-8', shown(exchange.body.toString()))]
  if (exchange.call === undefined) return []
  const { name, request }: Endpoint = endpoints[exchange.call]
  const missing = Object.entries(request).filter(([field, { required }]) => required && isAbsent(body[field]))
  return [
    ...missing.map(([field]) => finding('client.contract', `body.${field}`, `sent: ${name} requires it`, 'absent')),
    ...Object.entries(body).flatMap(([field, value]) => judgeField(field, value, request[field], name)),
  ]
}

const isAbsent = (value: unknown) => value === null || value === undefined

const jsonTypes = { integer: 'integer', text: 'string', list: 'array', map: 'object' } as const

const judgeField = (name: string, value: unknown, field: Field | undefined, call: string): readonly Finding[] => {
  if (!field) return [finding('client.unknown-field', `body.${name}`, `no such field in ${call}`, shown(value))]
  // Optional fields are seen with an explicit null, which the real service takes for absent.
  if (isAbsent(value)) return []
  const type = jsonTypes[field.kind]
  if (typeOf(value) !== type)
    return [
      finding('client.types', `body.${name}`, `of JSON type ${type}`, `${shown(value)}, of type ${typeOf(value)}`),
    ]
  if (field.schema.safeParse(value).success) return []
  const musts = Object.values(field.aspects).map(({ must }) => must)
  return [finding('client.contract', `body.${name}`, musts.join(', '), shown(value))]
}

const judgeSecrets = (exchange: Exchange, secrets: readonly Secret[]): readonly Finding[] =>
  secrets.flatMap(({ value, name }) => {
    const places = [
      ['path', exchange.url],
      ['body', exchange.body.toString()],
      ...exchange.headers.filter(([header]) => header.toLowerCase() !== 'authorization'),
    ] as const
    return places
      .filter(([, text]) => text.includes(value))
      .map(([place]) => finding('client.secret', place, 'without the secret key', `<${name}> is in it`))
  })

/** Parameters that did not arrive as they were asked for. Digits in a string count as the number: the type is a rule of its own. */
export const judgeFields = (asked: Readonly<Record<string, unknown>>, exchange: Exchange): readonly Finding[] => {
  const body = parsedBody(exchange) ?? {}
  return Object.entries(asked)
    .filter(([name, value]) => !same(value, body[name]))
    .map(([name, value]) => finding('client.fields', `body.${name}`, shown(value), shown(body[name])))
}

const same = (asked: unknown, sent: unknown): boolean => {
  if (asked === null || asked === undefined) return sent === null || sent === undefined
  if (typeof asked === 'number') return (typeof sent === 'number' || typeof sent === 'string') && asked === Number(sent)
  return JSON.stringify(asked) === JSON.stringify(sent)
}
