import { endpoints } from '../../contracts/index.ts'
import { defaultVat } from '../payment/amount.ts'
import { type Entry, identifiersOf } from './entry.ts'

/** What a hint reads of a call, masked or not. */
type HintedCall = Pick<Entry, 'call' | 'headers' | 'body'> & Parameters<typeof identifiersOf>[0]

/**
 * Likely mistakes in a call that the rules accept, as sentences: the answer is right, but probably not what the sender meant.
 */
export const hintsOf = (entry: HintedCall): string[] => {
  if (entry.call === null || !integers.has(entry.call)) return []
  const sent = identifiersOf(entry).json ?? {}
  return [...keyHints(entry), ...urlHints(sent), ...amountHints(sent, entry.body ?? ''), ...typeHints(entry.call, sent)]
}

/** Texts that stand where a variable was not set. */
const PLACEHOLDER = /^(?:DEV_)?SECRET_KEY\s+(undefined|null|none|nil|NaN|\[object Object\]|\$\{?\w+\}?|your[_-]\S*)$/i

const keyHints = ({ headers }: HintedCall): string[] => {
  const authorization = rawHeader(headers, 'authorization')
  const [, key] = PLACEHOLDER.exec(authorization ?? '') ?? []
  return key ? ['the secret key is a placeholder: the variable that holds the key is not set.'] : []
}

const rawHeader = (headers: HintedCall['headers'], name: string): string | null => {
  if (headers instanceof Headers) return headers.get(name)
  const at = headers.findIndex((text, i) => i % 2 === 0 && text.toLowerCase() === name)
  return at < 0 ? null : (headers[at + 1] ?? null)
}

/** `localhost:3000/paid` is an app scheme named localhost to every parser of URLs. */
const SCHEMELESS = /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+):\d{2,5}(?:[/?#]|$)/i

const urlHints = (sent: Json): string[] =>
  ['approval_url', 'cancel_url', 'fail_url'].flatMap((name) => {
    const url = sent[name]
    return typeof url === 'string' && SCHEMELESS.test(url)
      ? [`${name} has no http:// or https://, so it is read as the app scheme ${url.slice(0, url.indexOf(':'))}:.`]
      : []
  })

type Json = Readonly<Record<string, unknown>>

const amountHints = (sent: Json, body: string): string[] => {
  const [total, taxFree, vat] = ['total_amount', 'tax_free_amount', 'vat_amount'].map((name) => Number(sent[name] ?? 0))
  const found: string[] = []
  if (total && vat && Math.abs(vat - total / 10) < 1 && vat !== defaultVat(total, taxFree ?? 0))
    found.push(`vat_amount is 10 % of total_amount; contained VAT is an eleventh: ${defaultVat(total, taxFree ?? 0)}.`)
  const [, float] =
    /"((?:total|cancel|tax_free|vat|cancel_tax_free|cancel_vat)_amount)"\s*:\s*\d+\.\d+/.exec(body) ?? []
  if (float) found.push(`${float} is written as a float: amounts are whole won.`)
  return found
}

/** The integers of each call's request. */
const integers = new Map(
  Object.values(endpoints).map(({ name, request }) => [
    name as string,
    Object.entries(request).flatMap(([field, { kind }]) => (kind === 'integer' ? [field] : [])),
  ]),
)

const typeHints = (call: string, sent: Json): string[] => {
  const texts = (integers.get(call) ?? []).filter((name) => typeof sent[name] === 'string')
  return texts.length === 0
    ? []
    : [`${texts.join(', ')} sent as text: numbers are JSON numbers (--strict refuses them).`]
}
