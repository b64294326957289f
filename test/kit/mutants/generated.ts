import { endpoints } from '../../../contracts/index.ts'
import { type RefusalText, refusals } from '../../../contracts/refusals.ts'
import { rules } from '../../../contracts/rules.ts'
import type { Config } from '../../../src/config/config.ts'
import { unprovokable } from '../../../src/kit/provoked.ts'
import type { Fetch } from '../../../src/kit/target.ts'
import { createMock } from '../../../src/mock.ts'
import { type Body, falsify } from './disguise.ts'

/** A server that is wrong in one way which follows from the contracts. */
export interface GeneratedMutant {
  /** Stable: its class, call, and field or rule. */
  readonly name: string
  readonly serve: (config: Partial<Config>) => Fetch
  /** Whether a rule with this id is the right one to name. */
  readonly isRight: (rule: string) => boolean
  /** Flows that are about it come first. */
  readonly about: (flow: { readonly id: string; readonly rules: readonly string[] }) => boolean
}

type Path = readonly (string | number)[]

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (found, key) => (typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined),
    value,
  )

/** A copy with another value at the path; undefined removes the key. */
const withValue = (body: Body, path: Path, value: unknown): Body => {
  const copy = structuredClone(body)
  const parent = at(copy, path.slice(0, -1)) as object
  const key = path.at(-1) as string
  if (value === undefined) Reflect.deleteProperty(parent, key)
  else Reflect.set(parent, key, value)
  return copy
}

const hex = (text: string) => (text.endsWith('0') ? '1' : '0')

/** Another value of the same form. */
const another = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (typeof value !== 'string') return 'x'
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return value.replace(/T\d\d/, (hour) => (hour === 'T05' ? 'T17' : 'T05'))
  if (/^[ATS][0-9a-f]{19}$/.test(value)) return value.slice(0, -1) + hex(value)
  if (value === 'CARD' || value === 'MONEY') return value === 'CARD' ? 'MONEY' : 'CARD'
  if (value === 'ACTIVE' || value === 'INACTIVE') return value === 'ACTIVE' ? 'INACTIVE' : 'ACTIVE'
  if (/_PAYMENT$/.test(value)) return value === 'CANCEL_PAYMENT' ? 'SUCCESS_PAYMENT' : 'CANCEL_PAYMENT'
  if (value === 'PAYMENT' || value === 'CANCEL') return value === 'PAYMENT' ? 'CANCEL' : 'PAYMENT'
  if (value === 'Y' || value === 'N') return value === 'Y' ? 'N' : 'Y'
  return `${value}x`
}

const otherType = (value: unknown): unknown => {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? 1 : String(value)
}

const changes: Readonly<Record<string, (value: unknown) => unknown>> = {
  another,
  missing: () => undefined,
  'other-type': otherType,
}

const families = ['amount', 'canceled_amount', 'cancel_available_amount', 'approved_cancel_amount']
const parts = ['total', 'tax_free', 'vat', 'point', 'discount', 'green_deposit']
const inside: Readonly<Record<string, readonly Path[]>> = {
  card_info: ['bin', 'install_month', 'card_type', 'kakaopay_issuer_corp', 'approved_id'].map((key) => [
    'card_info',
    key,
  ]),
  selected_card_info: ['card_bin', 'install_month', 'card_corp_name'].map((key) => ['selected_card_info', key]),
  payment_action_details: [
    ...['aid', 'payment_action_type', 'payment_method_type', 'amount', 'approved_at'],
    ...['point_amount', 'discount_amount', 'green_deposit'],
  ].map((key) => ['payment_action_details', 0, key]),
}

/** Every value in the answer of a call. */
const pathsOf = (call: keyof typeof endpoints): readonly Path[] =>
  Object.keys(endpoints[call].response.shape).flatMap((key): readonly Path[] => {
    if (families.includes(key)) return parts.map((part) => [key, part])
    return [[key], ...(inside[key] ?? [])]
  })

/** Keys that a server may leave out, or of which no more than the form is known. */
const free: ReadonlySet<string> = new Set([
  'android_app_scheme',
  'ios_app_scheme',
  'sequential_payment_methods',
  'use_point_status',
])
/** Texts of cards are the card company's: only their presence and type are required. */
const opaque = /^(card_info\.|selected_card_info\.|payment_action_details\.0\.payment_method)/

/** Each value of each call's answer, wrong in each way. */
export const answerMutants = (): readonly GeneratedMutant[] =>
  (Object.keys(endpoints) as (keyof typeof endpoints)[]).flatMap((call) =>
    pathsOf(call).flatMap((path) =>
      Object.entries(changes).flatMap(([how, change]): readonly GeneratedMutant[] => {
        const place = path.join('.')
        const key = String(path[0])
        if (free.has(key) || (how !== 'other-type' && opaque.test(place))) return []
        return [
          {
            name: `answer/${call}.${place}.${how}`,
            serve: falsify(({ call: called, status, body }) => {
              const value = called === call && status === 200 ? at(body, path) : undefined
              return value === undefined || value === null ? {} : { body: withValue(body, path, change(value)) }
            }),
            isRight: (rule) =>
              rule === `${call}.answer.${key}` ||
              rule === `${call}.answer` ||
              /^answer\.(shape|dates|ids)|^payer\./.test(rule) ||
              // A wrong id or method shows in what is asked with it.
              /^(tid|aid|sid|hash)$|redirect/.test(key) ||
              /^order\.answer/.test(rule),
            about: ({ id }) => id.startsWith(`${call}/`) || id.startsWith('model/'),
          },
        ]
      }),
    ),
  )

/** The mock cannot leave these unchecked; test/tools/traceability.test.ts has servers that do. */
const routed: ReadonlySet<string> = new Set(['wire.path', 'wire.method', 'wire.size'])

/** Each rule of the contracts, not checked. */
export const ruleMutants = (): readonly GeneratedMutant[] =>
  [...rules.keys()]
    .filter((id) => !routed.has(id))
    .map((id) => ({
      name: `rule/${id}`,
      serve: (config) => createMock({ ...config }, { rulesOff: new Set([id]) }).fetch,
      isRight: (rule) => rule === id,
      about: ({ rules: ids }) => ids.includes(id),
    }))

/** Each refusal, with another number, and with another status. */
export const refusalMutants = (): readonly GeneratedMutant[] =>
  Object.entries<RefusalText>(refusals).flatMap(([name, { status, error_code }]): readonly GeneratedMutant[] => {
    if (Object.hasOwn(unprovokable, name)) return []
    const is = (body: Body, sent: number) => sent === status && body['error_code'] === error_code
    const about = ({ id }: { readonly id: string }) => id.startsWith('fault/refuse') || id.startsWith('wire/')
    const isRight = () => true
    return [
      {
        name: `refusal/${name}.number`,
        serve: falsify(({ body, status: sent }) => (is(body, sent) ? { body: { ...body, error_code: -1 } } : {})),
        isRight,
        about,
      },
      {
        name: `refusal/${name}.status`,
        serve: falsify(({ body, status: sent }) => (is(body, sent) ? { status: 418 } : {})),
        isRight,
        about,
      },
      {
        name: `refusal/${name}.accepted`,
        serve: falsify(({ body, status: sent, call }) =>
          is(body, sent)
            ? {
                status: 200,
                body:
                  (endpoints as Readonly<Record<string, { example: { response: Body } }>>)[call]?.example.response ??
                  {},
              }
            : {},
        ),
        isRight,
        about,
      },
    ]
  })
