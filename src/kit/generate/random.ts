import type { CallStep, Fixture, Step } from '../fixture.ts'
import { defaultVat, minus, NOTHING, plus } from '../ledger/records.ts'
import { accepted, standard } from './base.ts'
import { generated } from './fields.ts'

/** Flows of a seed that are run by default. */
export const RANDOM_FLOWS = 20

/** Numbers from 0 to 1 that follow from a text: mulberry32. */
const randomFrom = (seed: string) => {
  let state = [...seed].reduce((hash, c) => Math.imul(hash ^ c.charCodeAt(0), 16_777_619), 2_166_136_261) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * Random payments and cancels. Whether a call is accepted, and with which number it is refused, follows from the contracts' rules; the
 * ledger judges each answer. The same seed gives the same flows.
 */
export const randomFlows = (seed: string, count: number = RANDOM_FLOWS): readonly Fixture[] =>
  Array.from({ length: count }, (_, i) => randomFlow(seed, i + 1))

const known = { evidence: 'documented', source: 'cancellation' } as const

const randomFlow = (seed: string, number: number): Fixture => {
  const random = randomFrom(`${seed}/${number}`)
  const upTo = (max: number) => Math.floor(random() * (max + 1))
  const total = random() < 0.2 ? 1 + upTo(2_147_483_646) : 1 + upTo(random() < 0.5 ? 99 : 200_000)
  const tax_free = random() < 0.5 ? 0 : upTo(total)
  const vat = random() < 0.3 ? upTo(total - tax_free) : undefined
  const ready = {
    item_name: random() < 0.5 ? '초코파이' : `물건 ${upTo(999)}`,
    quantity: 1 + upTo(9),
    total_amount: total,
    tax_free_amount: tax_free,
    ...(vat === undefined ? {} : { vat_amount: vat }),
    ...(random() < 0.5 ? { item_code: `code-${upTo(9999)}` } : {}),
  }
  const method = random() < 0.5 ? 'CARD' : 'MONEY'
  const amount = { ...NOTHING, total, tax_free, vat: vat ?? defaultVat(total, tax_free) }
  const steps: Step[] = [
    accepted('ready', ready),
    { payer: 'approve', method, keep: { pg_token: 'pg_token' } },
    accepted('approve', random() < 0.5 ? { payload: `p-${upTo(99)}` } : {}),
    accepted('order'),
    ...randomCancels(amount, random, upTo),
  ]
  return generated(`model/random.${number}`, `A random payment of seed ${seed} and its cancels.`, known, [], steps)
}

const randomCancels = (
  amount: typeof NOTHING,
  random: () => number,
  upTo: (max: number) => number,
): readonly Step[] => {
  let canceled = NOTHING
  return Array.from({ length: 1 + upTo(4) }).flatMap((): readonly Step[] => {
    const left = minus(amount, canceled)
    if (left.total === 0) return [refusedCancel(1, 0, -784)]
    if (random() < 0.25) return [refusedCancel(left.total + 1 + upTo(5), 0, undefined), accepted('order')]
    const all = random() < 0.3
    const total = all ? left.total : 1 + upTo(left.total - 1)
    const taxable = left.total - left.tax_free
    const least = Math.max(0, total - taxable)
    const tax_free = all ? left.tax_free : least + upTo(Math.min(left.tax_free, total) - least)
    const takesAll = total === left.total
    const standardVat = defaultVat(total, tax_free)
    // A default VAT above what is left would be refused by some servers and clamped by others: it is stated then.
    const stated = !takesAll && (standardVat > left.vat || random() < 0.2)
    const vat = takesAll ? left.vat : stated ? Math.min(left.vat, total - tax_free, upTo(standardVat)) : standardVat
    canceled = plus(canceled, { ...NOTHING, total, tax_free, vat })
    const send = {
      cancel_amount: total,
      cancel_tax_free_amount: tax_free,
      ...(stated ? { cancel_vat_amount: vat } : {}),
      ...(random() < 0.3 ? { cancel_available_amount: left.total } : {}),
      ...(random() < 0.3 ? { payload: `c-${upTo(99)}` } : {}),
    }
    return [accepted('cancel', send), accepted('order')]
  })
}

const refusedCancel = (
  cancel_amount: number,
  cancel_tax_free_amount: number,
  error_code: number | undefined,
): CallStep => ({
  call: 'cancel',
  send: { ...standard.cancel, cancel_amount: Math.min(cancel_amount, 2_147_483_647), cancel_tax_free_amount },
  expect: { status: 400, body: { error_code: error_code ?? { $oneOf: [-710, -711] } } },
})
