import type { Endpoint } from '../../../contracts/endpoint.ts'
import type { Field } from '../../../contracts/fields.ts'
import { endpoints } from '../../../contracts/index.ts'
import { shown, typeOf } from '../match.ts'
import type { Failure } from '../result.ts'
import { toCurl } from '../script.ts'
import { REDIRECTED } from './answer-change.ts'
import type { Exchange } from './exchange.ts'
import type { ClientRuleId, Finding } from './rules.ts'
import { contains, masked, type Secret } from './secrets.ts'

export const finding = (rule: ClientRuleId, at: string, expected: string, actual: string): Finding => ({
  rule,
  at,
  expected,
  actual,
})

/**
 * What one request breaks, whatever the client wanted. `secrets`: the keys that the client has; where they are not known, Authorization is
 * judged by its form and by whether it was refused.
 */
export const judgeExchange = (exchange: Exchange, secrets: readonly Secret[]): readonly Finding[] => {
  // A request that the HTTP library made by itself breaks no other rule.
  if (isRedirected(exchange)) return [finding('client.redirect', 'path', 'no request', exchange.method)]
  return [
    ...judgePath(exchange),
    ...judgeAuthorization(exchange, secrets),
    ...judgeMedia(exchange),
    ...judgeBody(exchange),
    ...judgeSecrets(exchange, secrets),
  ]
}

export const isRedirected = ({ url }: Exchange): boolean => url === REDIRECTED

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
  const text = exchange.body.toString()
  const repeated =
    countKeys(text) === keysIn(body) ? [] : [finding('client.json', 'body', 'each key once', shown(text))]
  if (exchange.call === undefined) return repeated
  const { name, request }: Endpoint = endpoints[exchange.call]
  const missing = Object.entries(request).filter(([field, { required }]) => required && isAbsent(body[field]))
  return [
    ...repeated,
    ...judgeWholeWon(text),
    ...missing.map(([field]) => finding('client.contract', `body.${field}`, `sent: ${name} requires it`, 'absent')),
    ...Object.entries(body).flatMap(([field, value]) => judgeField(field, value, request[field], name)),
  ]
}

/** Outside of texts a colon follows each key. */
const countKeys = (json: string): number => json.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1

const keysIn = (json: unknown): number =>
  typeof json === 'object' && json !== null
    ? Object.values(json).reduce((sum: number, value) => sum + keysIn(value) + (Array.isArray(json) ? 0 : 1), 0)
    : 0

/** Amounts that come from a float. */
const judgeWholeWon = (text: string): readonly Finding[] =>
  [...text.matchAll(/"(\w*amount|quantity)"\s*:\s*(-?\d+(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+))/g)].map(
    ([, name = '', value = '']) =>
      finding('client.whole-won', `body.${name}`, 'a whole number in digits, without a decimal point', value),
  )

export const isAbsent = (value: unknown) => value === null || value === undefined

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
  secrets.flatMap((secret) => {
    const places = [
      ['path', exchange.url],
      ['body', exchange.body.toString()],
      ...exchange.headers.filter(([header]) => header.toLowerCase() !== 'authorization'),
    ] as const
    return places
      .filter(([, text]) => contains(text, secret))
      .map(([place]) => finding('client.secret', place, 'without the secret key', `<${secret.name}> is in it`))
  })
