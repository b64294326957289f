import { mask } from '../namespaces/mask.ts'
import type { Secrets } from '../namespaces/secrets.ts'
import { type Entry, headerPairs, identifiersOf, type ShownEntry } from './entry.ts'
import { hintsOf } from './hints.ts'

const SCHEME = /^(?:(?:DEV_)?SECRET_KEY|KakaoAK|Bearer|Basic)\s/i
/** Names of headers and query parameters that hold a secret, mistyped ones too. */
const SECRET_NAME = /auth|secret|token|cookie|passw|^namespace$|mock-namespace$/i
const PUBLIC_NAME = /^ns_[0-9a-f]{12}$/

/** The scheme is not masked: it is a frequent mistake. */
const maskValue = (value: string): string => {
  const scheme = /^(?:(?:DEV_)?SECRET_KEY|KakaoAK|Bearer|Basic)(?=\s|$)/i.exec(value)?.[0]
  const secret = value.slice(scheme?.length ?? 0).trim()
  if (secret === '') return value
  return scheme ? `${scheme} ${mask(secret)}` : mask(secret)
}

const maskNamed = (name: string, value: string, secrets: Secrets): string =>
  !PUBLIC_NAME.test(value) && (SECRET_NAME.test(name) || SCHEME.test(value)) ? maskValue(value) : secrets.mask(value)

const maskPath = (path: string, secrets: Secrets): string => {
  const [before = '', ...query] = path.split('?')
  if (query.length === 0) return secrets.mask(path)
  const fields = query.join('?').split('&')
  const masked = fields.map((field) => {
    const [name = '', ...value] = field.split('=')
    return value.length === 0
      ? secrets.mask(field)
      : `${secrets.mask(name)}=${maskNamed(name, value.join('='), secrets)}`
  })
  return `${secrets.mask(before)}?${masked.join('&')}`
}

/** Shows entries without secrets: everything that leaves the journal is made from what this returns. */
export const createShown = (secrets: Secrets) => {
  const known = new WeakMap<Entry, { readonly version: number; readonly shown: ShownEntry }>()
  return (entry: Entry): ShownEntry => {
    const before = known.get(entry)
    if (before?.version === secrets.version) return before.shown
    const { identifiers, ...kept } = entry
    const shown: ShownEntry = {
      ...kept,
      masked: true,
      path: maskPath(entry.path, secrets),
      headers: headerPairs(entry).flatMap(([name, value]) => [
        secrets.mask(name),
        entry.masked ? secrets.mask(value) : maskNamed(name, value, secrets),
      ]),
      body: entry.body === null ? null : secrets.mask(entry.body),
      response: entry.response === null ? null : secrets.mask(entry.response),
      identifiers: secrets.maskAll(identifiersOf(entry)),
      hints: hintsOf(entry),
    }
    known.set(entry, { version: secrets.version, shown })
    return shown
  }
}
