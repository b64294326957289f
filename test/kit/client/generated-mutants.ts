import { type EndpointName, endpoints } from '../../../contracts/index.ts'
import { honest } from './mutants.ts'

type Params = Readonly<Record<string, unknown>>
type Client = typeof honest

/** Calls whose parameters the flows of clients send. */
const calls: readonly EndpointName[] = ['ready', 'approve', 'order', 'cancel', 'subscription', 'inactive', 'status']

const altered = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'string') return `${value}x`
  return Array.isArray(value) ? value.slice(1) : {}
}

const changes: Readonly<Record<string, (params: Params, name: string) => Params>> = {
  drops: (params, name) => Object.fromEntries(Object.entries(params).filter(([key]) => key !== name)),
  alters: (params, name) => (params[name] == null ? params : { ...params, [name]: altered(params[name]) }),
  'sends null for': (params, name) => (params[name] == null ? params : { ...params, [name]: null }),
}

/** A client that treats one parameter of one call wrongly, in each way. */
export const generatedClients = (): Readonly<Record<string, Client>> => {
  const all: Record<string, Client> = {}
  for (const call of calls) {
    for (const name of Object.keys(endpoints[call].request))
      for (const [how, change] of Object.entries(changes))
        all[`${how} ${name} of ${call}`] = class extends honest {
          override fields = (called: EndpointName, params: Params) => (called === call ? change(params, name) : params)
        }
  }
  return all
}
