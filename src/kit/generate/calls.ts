import { type EndpointName, endpoints } from '../../../contracts/index.ts'
import { refusals } from '../../../contracts/refusals.ts'
import { rules } from '../../../contracts/rules.ts'
import type { CallStep, Fixture } from '../fixture.ts'
import { standard, stepsBefore } from './base.ts'
import { generated } from './fields.ts'

/** How any call can be wrong before its own fields are looked at: the rule, and the change to a right call. */
interface WrongCall {
  readonly name: string
  readonly rule: string
  readonly change: (call: EndpointName) => Partial<CallStep>
  /** Only calls that have this field. */
  readonly field?: string
}

const json = (call: EndpointName) => JSON.stringify(standard[call])

/** As a form body, with the `{{names}}` of the flow left for it to fill. */
const formOf = (fields: Readonly<Record<string, unknown>>) =>
  new URLSearchParams(Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]))
    .toString()
    .replace(/%7B%7B(\w+)%7D%7D/g, '{{$1}}')

const wrongCalls: readonly WrongCall[] = [
  { name: 'authorization-absent', rule: 'wire.authorization', change: () => ({ headers: { authorization: null } }) },
  { name: 'scheme-kakaoak', rule: 'wire.scheme', change: () => ({ headers: { authorization: 'KakaoAK {{key}}' } }) },
  { name: 'scheme-bearer', rule: 'wire.scheme', change: () => ({ headers: { authorization: 'Bearer {{key}}' } }) },
  { name: 'scheme-basic', rule: 'wire.scheme', change: () => ({ headers: { authorization: 'Basic {{key}}' } }) },
  { name: 'scheme-absent', rule: 'wire.scheme', change: () => ({ headers: { authorization: '{{key}}' } }) },
  { name: 'scheme-no-space', rule: 'wire.scheme', change: () => ({ headers: { authorization: 'SECRET_KEY{{key}}' } }) },
  { name: 'key-empty', rule: 'wire.scheme', change: () => ({ headers: { authorization: 'SECRET_KEY ' } }) },
  {
    name: 'content-type-form',
    rule: 'wire.content-type',
    change: (call) => ({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      raw: formOf(standard[call]),
    }),
  },
  {
    name: 'content-type-text',
    rule: 'wire.content-type',
    change: () => ({ headers: { 'content-type': 'text/plain' } }),
  },
  {
    name: 'charset-other',
    rule: 'wire.encoding',
    change: () => ({ headers: { 'content-type': 'application/json;charset=EUC-KR' } }),
  },
  { name: 'gzip', rule: 'wire.encoding', change: () => ({ headers: { 'content-encoding': 'gzip' } }) },
  { name: 'json-empty', rule: 'wire.json', change: () => ({ raw: '' }) },
  { name: 'json-cut', rule: 'wire.json', change: (call) => ({ raw: json(call).slice(0, -1) }) },
  { name: 'json-trailing-comma', rule: 'wire.json', change: (call) => ({ raw: json(call).replace(/}$/, ',}') }) },
  { name: 'json-twice', rule: 'wire.json', change: (call) => ({ raw: `${json(call)}${json(call)}` }) },
  { name: 'object-null', rule: 'wire.object', change: () => ({ raw: 'null' }) },
  { name: 'object-list', rule: 'wire.object', change: (call) => ({ raw: `[${json(call)}]` }) },
  { name: 'object-text', rule: 'wire.object', change: () => ({ raw: '"ready"' }) },
  { name: 'object-number', rule: 'wire.object', change: () => ({ raw: '1' }) },
  {
    name: 'size',
    rule: 'wire.size',
    change: (call) => ({ raw: json(call).replace(/}$/, `,"x":"${'x'.repeat(300_000)}"}`) }),
  },
  { name: 'method-get', rule: 'wire.method', change: () => ({ method: 'GET' }) },
  { name: 'method-put', rule: 'wire.method', change: () => ({ method: 'PUT' }) },
  { name: 'method-delete', rule: 'wire.method', change: () => ({ method: 'DELETE' }) },
  { name: 'method-patch', rule: 'wire.method', change: () => ({ method: 'PATCH' }) },
  { name: 'path-slash', rule: 'wire.path', change: (call) => ({ path: `${endpoints[call].path}/` }) },
  { name: 'path-retired', rule: 'wire.path', change: (call) => ({ path: `/v1/payment/${call}` }) },
  { name: 'path-upper-case', rule: 'wire.path', change: (call) => ({ path: endpoints[call].path.toUpperCase() }) },
  {
    name: 'tid-unknown',
    rule: 'tid.known',
    field: 'tid',
    change: (call) => ({ send: { ...standard[call], tid: 'T0000000000000000000' } }),
  },
  { name: 'tid-other-key', rule: 'tid.known', field: 'tid', change: () => ({ as: 'other' }) },
  {
    name: 'tid-other-cid',
    rule: 'tid.known',
    field: 'tid',
    change: (call) => ({ send: { ...standard[call], cid: 'CT00000000' } }),
  },
  {
    name: 'sid-unknown',
    rule: 'sid.known',
    field: 'sid',
    change: (call) => ({ send: { ...standard[call], sid: 'S0000000000000000000' } }),
  },
  { name: 'sid-other-key', rule: 'sid.known', field: 'sid', change: () => ({ as: 'other' }) },
  {
    name: 'sid-other-cid',
    rule: 'sid.known',
    field: 'sid',
    change: (call) => ({ send: { ...standard[call], cid: 'CT00000000' } }),
  },
]

/** Every way in which any call can be wrong, for every call. */
export const refusedCalls = (): readonly Fixture[] =>
  (Object.keys(endpoints) as EndpointName[]).flatMap((call) =>
    wrongCalls.flatMap(({ name, rule: id, change, field }): readonly Fixture[] => {
      const rule = rules.get(id)
      if (!rule || (field !== undefined && !(field in endpoints[call].request))) return []
      const { status, error_code } = refusals[rule.refusal]
      const step: CallStep = {
        call,
        send: standard[call],
        lenient: true,
        ...change(call),
        expect: { status, body: { error_code } },
      }
      const title = `${call} is refused where it has ${name.replaceAll('-', ' ')}: ${rule.sentence}`
      return [generated(`call/${call}.${name}`, title, rule, [id], [...stepsBefore(call), step])]
    }),
  )

const rightCalls: readonly { readonly name: string; readonly change: (call: EndpointName) => Partial<CallStep> }[] = [
  { name: 'unknown-field', change: (call) => ({ send: { ...standard[call], unknown_field: 'x' }, lenient: true }) },
  { name: 'dev-scheme', change: () => ({ headers: { authorization: 'DEV_SECRET_KEY {{key}}' } }) },
  { name: 'content-type-charset', change: () => ({ headers: { 'content-type': 'application/json;charset=UTF-8' } }) },
  { name: 'accept-html', change: () => ({ headers: { accept: 'text/html' } }) },
  {
    name: 'escaped',
    change: (call) => ({
      raw: json(call).replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    }),
  },
  { name: 'spaces', change: (call) => ({ raw: JSON.stringify(standard[call], null, 2) }) },
  {
    name: 'any-cid-secret',
    change: (call) => ({ send: { ...standard[call], cid_secret: '0123456789abcdefghijklmn' } }),
  },
]

/** A payment by card, for every call that answers about one. */
export const cardCalls = (): readonly Fixture[] =>
  (['approve', 'order', 'cancel', 'subscription', 'status'] as const).map((call) =>
    generated(
      `call/${call}.card`,
      `${call} answers about a payment by card.`,
      { evidence: 'documented', source: 'single-payment' },
      [],
      [
        ...stepsBefore(call === 'order' ? 'cancel' : call, {}, {}, 'CARD'),
        { call, send: standard[call], expect: { status: 200 } },
      ],
    ),
  )

/** How any call may be written, for every call. */
export const acceptedCalls = (): readonly Fixture[] =>
  (Object.keys(endpoints) as EndpointName[]).flatMap((call) =>
    rightCalls.map(({ name, change }): Fixture => {
      const step: CallStep = { call, send: standard[call], ...change(call), expect: { status: 200 } }
      const known = { evidence: name === 'dev-scheme' ? 'documented' : 'inferred', source: 'client-practice' } as const
      const title = `${call} is accepted with ${name.replaceAll('-', ' ')}.`
      return generated(`call/${call}.accepts-${name}`, title, known, [], [...stepsBefore(call), step])
    }),
  )
