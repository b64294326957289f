import { type EndpointName, endpoints } from '../../../../contracts/index.ts'
import type { Fixture } from '../../../../src/kit/fixture.ts'
import { quick } from './check.ts'
import { Client, type ClientClass, type Params } from './client.ts'

/** A client that treats one field wrongly, the rules that may find it, and the flows in which the field is there. */
export interface GeneratedMutant {
  readonly Kind: ClientClass
  readonly rules: readonly string[]
  readonly flows: readonly Fixture[]
}

const calls = Object.keys(endpoints) as EndpointName[]

const altered = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'string') return `${value}x`
  if (Array.isArray(value)) return value.slice(1)
  const [first] = Object.entries(value as object)
  return first ? { ...(value as object), [first[0]]: altered(first[1] ?? '') } : { new: 'x' }
}

const changes: Readonly<Record<string, (params: Params, name: string) => Params>> = {
  drops: (params, name) => Object.fromEntries(Object.entries(params).filter(([key]) => key !== name)),
  alters: (params, name) => (params[name] == null ? params : { ...params, [name]: altered(params[name]) }),
  'sends null for': (params, name) => (params[name] == null ? params : { ...params, [name]: null }),
  'writes as a list': (params, name) => (params[name] == null ? params : { ...params, [name]: [params[name]] }),
}

/** Flows in which a call is sent with a field. */
const sending = (call: EndpointName, name: string) =>
  quick.filter(({ steps }) => steps.some((step) => 'call' in step && step.call === call && step.send?.[name] != null))

/** Flows in which a call is accepted. */
const accepting = (call: EndpointName) =>
  quick.filter(
    ({ steps, id }) =>
      /^client\/(ordinary|request|subscription|parameters)/.test(id) &&
      steps.some((step) => 'call' in step && step.call === call && step.expect.status === 200),
  )

/** Each field of each call that a flow sends: dropped, altered, null, in a list. */
const requests = (): readonly [string, GeneratedMutant][] =>
  calls.flatMap((call) =>
    Object.keys(endpoints[call].request).flatMap((name) => {
      const flows = sending(call, name)
      if (flows.length === 0) return []
      return Object.entries(changes).map(([how, change]): [string, GeneratedMutant] => [
        `${how} ${name} of ${call}`,
        {
          Kind: class extends Client {
            override fields = (called: EndpointName, params: Params) =>
              called === call ? change(params, name) : params
          },
          rules: ['client.fields', 'client.contract', ...(how === 'writes as a list' ? ['client.types'] : [])],
          flows,
        },
      ])
    }),
  )

const reportsAnother = (call: EndpointName, key: string): ClientClass =>
  class extends Client {
    override result = (json: Params, name: EndpointName) =>
      name === call && json[key] != null ? { ...json, [key]: altered(json[key]) } : json
  }

/** Each key of each answer that a flow has: reported with another value. */
const answers = (): readonly [string, GeneratedMutant][] =>
  calls.flatMap((call) =>
    Object.keys(endpoints[call].response.shape)
      .filter((key) => !absent.has(`${call}.${key}`))
      .map((key): [string, GeneratedMutant] => [
        `reports another ${key} of ${call}`,
        { Kind: reportsAnother(call, key), rules: ['client.result'], flows: accepting(call) },
      ]),
  )

/** Keys of answers that are null in every flow: what fills them was never published. */
const absent: ReadonlySet<string> = new Set([
  'approve.sequential_payment_methods',
  'subscription.sequential_payment_methods',
])

/** One for each field of each call, in each way. */
export const generatedMutants = (): Readonly<Record<string, GeneratedMutant>> =>
  Object.fromEntries([...requests(), ...answers()])
