import type { NoReport } from './driver.ts'
import type { Report } from './protocol.ts'
import type { Finding } from './rules.ts'

/** The merchant's secret, and the name under which a report may show it. */
export interface Secret {
  readonly value: string
  readonly name: string
}

/** So many characters of a secret in a row are a part of it; a masked key shows fewer. */
const PART = 16
/** A part is looked for at every so many characters. */
const STEP = 4

/** Base64 without its end, which depends on what follows. */
const base64 = (text: string) =>
  Buffer.from(text)
    .toString('base64')
    .replace(/(?<!=)=+$/, '')
    .slice(0, -2)

/** A secret, and the forms of it that anybody can decode. How base64 looks depends on where in a text the secret begins. */
const forms = (secret: string): readonly string[] => {
  const hex = Buffer.from(secret).toString('hex')
  const shifted = [1, 2].map((offset) => base64(`${' '.repeat(offset)}${secret}`).slice(4))
  const reversed = [...secret].reverse().join('')
  const twice = base64(Buffer.from(secret).toString('base64'))
  return [secret, secret.toLowerCase(), base64(secret), ...shifted, twice, hex, hex.toUpperCase(), reversed]
}

const pieces = new Map<string, readonly string[]>()

/** Every part of every form; of a short secret the whole forms. */
const piecesOf = (secret: string): readonly string[] => {
  const known = pieces.get(secret)
  if (known) return known
  const found = forms(secret).flatMap((form) =>
    Array.from({ length: Math.max(1, Math.ceil((form.length - PART + 1) / STEP)) }, (_, i) =>
      form.slice(i * STEP, i * STEP + PART),
    ),
  )
  const all = [...new Set(found)].filter((piece) => piece.length >= Math.min(PART, secret.length))
  pieces.set(secret, all)
  return all
}

/** A text without what escapes of URLs and JSON, and separators, add: `%44%45` and `\u0044\u0045` become `4445`. */
const squeezed = (text: string) => text.replaceAll(/%|\\x|\\u00|[\s:,-]/g, '')

/** The place of a secret in a text, or of an encoded one; -1 where it is not there, or is there between separators. */
const placeOf = (text: string, secret: string): number => {
  for (const piece of piecesOf(secret)) {
    const at = text.indexOf(piece)
    if (at >= 0) return at
  }
  return -1
}

export const contains = (text: string, { value }: Secret): boolean =>
  placeOf(text, value) >= 0 || placeOf(squeezed(text), value) >= 0

/** A text with every secret in it shown by name, encoded ones too. */
export const masked = (text: string, secrets: readonly Secret[]): string =>
  secrets.reduce((shownText, secret) => {
    const { value, name } = secret
    const plain = shownText.replaceAll(value, `<${name}>`)
    if (!contains(plain, secret)) return plain
    const replaced = piecesOf(value).reduce((rest, piece) => rest.replaceAll(piece, `<${name}>`), plain)
    return contains(replaced, secret) ? `<${name}> between other characters` : replaced
  }, text)

/** What a client wrote and reported during a call. */
export interface Written {
  readonly stdout: string
  readonly stderr: string
  readonly report: Report | NoReport
}

/** The key in what the client wrote or reported: as it is, in part, and in encodings that need no key to read. */
export const judgeOutput = ({ stdout, stderr, report }: Written, secrets: readonly Secret[]): readonly Finding[] =>
  secrets.flatMap((secret) => {
    const places = [
      ['report', report.kind === 'no report' ? report.reason : JSON.stringify(report)],
      ['stdout', stdout],
      ['stderr', stderr],
    ] as const
    const found = places.find(([, text]) => contains(text, secret))
    if (!found) return []
    const [at, text] = found
    const line = text.split('\n').find((each) => contains(each, secret)) ?? text
    const actual = masked(line, secrets).slice(0, 200)
    return [{ rule: 'client.secret', at, expected: 'without the secret key', actual }]
  })
