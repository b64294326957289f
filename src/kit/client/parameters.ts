import type { Endpoint } from '../../../contracts/endpoint.ts'
import { endpoints } from '../../../contracts/index.ts'
import { shown } from '../match.ts'
import type { Exchange } from './exchange.ts'
import type { Finding } from './rules.ts'
import { finding, isAbsent, parsedBody } from './sent.ts'

/**
 * Parameters that did not arrive as they were asked for, and documented ones that nobody asked for. Digits in a string count as the number:
 * the type is a rule of its own. `total`: total_amount of the payment's ready.
 */
export const judgeFields = (
  asked: Readonly<Record<string, unknown>>,
  exchange: Exchange,
  total: unknown,
): readonly Finding[] => {
  const body = parsedBody(exchange) ?? {}
  const request: Endpoint['request'] = exchange.call === undefined ? {} : endpoints[exchange.call].request
  const added = Object.entries(body).filter(
    ([name, value]) =>
      !isAbsent(value) && isAbsent(asked[name]) && name in request && !isImplied(name, value, asked, total),
  )
  return [
    ...Object.entries(asked)
      .filter(([name, value]) => !same(value, body[name]))
      .map(([name, value]) => finding('client.fields', `body.${name}`, shown(value), shown(body[name]))),
    ...added.map(([name, value]) =>
      finding('client.fields', `body.${name}`, 'absent: nobody asked for it', shown(value)),
    ),
  ]
}

/** A value that means the same as an absent one: a client may write it out. */
const isImplied = (name: string, value: unknown, asked: Readonly<Record<string, unknown>>, total: unknown): boolean => {
  const [, prefix = '', part] = /^(cancel_)?(vat_amount|green_deposit|total_amount)$/.exec(name) ?? []
  if (part === 'total_amount') return prefix === '' && same(Number(total), value)
  if (part === 'green_deposit') return same(0, value)
  if (part === undefined) return false
  const [all, free] = prefix === '' ? ['total_amount', 'tax_free_amount'] : ['cancel_amount', 'cancel_tax_free_amount']
  return same(Math.round((Number(asked[all]) - Number(asked[free])) / 11), value)
}

const same = (asked: unknown, sent: unknown): boolean => {
  if (asked === null || asked === undefined) return sent === null || sent === undefined
  if (typeof asked === 'number') return (typeof sent === 'number' || typeof sent === 'string') && asked === Number(sent)
  return JSON.stringify(asked) === JSON.stringify(sent)
}
