import { broken } from '../judge.ts'
import { type Difference, shown } from '../match.ts'
import type { BrokenRule } from '../result.ts'
import { type Amounts, defaultVat, NOTHING } from './records.ts'

export type Body = Readonly<Record<string, unknown>>

/** Lenient servers take numbers as texts and texts as numbers: the answer has the documented type. */
export const text = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : String(value)
export const integer = (value: unknown): number | undefined => {
  const read = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof read === 'number' && Number.isSafeInteger(read) ? read : undefined
}

/**
 * Points or discount of a partial cancel, as the answer says, within what is left. How KakaoPay shares a part between money, points and
 * discount was never published, so any share is right; the sums of later answers must agree with it.
 */
export const partSaid = (answer: Body, left: Amounts, name: 'point' | 'discount'): number => {
  const said = integer((answer['approved_cancel_amount'] as Body | undefined)?.[name]) ?? 0
  return said >= 0 && said <= left[name] ? said : 0
}

export const secretOf = ({ cid_secret }: Body): Body => (cid_secret === undefined ? {} : { cid_secret })

export const amountsOf = (sent: Body) => {
  const total = integer(sent['total_amount']) ?? 0
  const tax_free = integer(sent['tax_free_amount']) ?? 0
  const vat = integer(sent['vat_amount']) ?? defaultVat(total, tax_free)
  return { ...NOTHING, total, tax_free, vat, green_deposit: integer(sent['green_deposit']) ?? 0 }
}

/** A KRW or id that the kit cannot read exactly makes the record useless. */
export const isReadable = (sent: Body) =>
  Object.values(sent).every((value) => typeof value !== 'number' || Number.isSafeInteger(value))

const NEW_ID = {
  sentence: 'An id is issued once: no two payments share a tid, no two acts an aid, no two subscriptions a sid.',
  evidence: 'documented',
  source: 'single-payment',
} as const

/** The id of an answer must be one that this run has not seen. */
export const newId = (name: string, value: unknown, seen: Set<string>): readonly BrokenRule[] => {
  if (typeof value !== 'string') return []
  const isNew = !seen.has(value)
  seen.add(value)
  const difference: Difference = {
    at: `body.${name}`,
    expected: 'an id that was never issued before',
    actual: shown(value),
  }
  return isNew ? [] : broken('answer.ids.new', NEW_ID, [difference])
}
