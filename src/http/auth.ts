import type { Applications, Registered } from '../namespaces/applications.ts'
import { type Refusal, refuse } from '../payment/refusal.ts'

export type AuthRefusal = Refusal<'authorization-missing' | 'key-refused' | 'api-forbidden'>

export interface Access {
  readonly key: string
  readonly application: Registered | 'any'
}

const HEADER = /^(SECRET_KEY|DEV_SECRET_KEY) (\S+)$/

/** Whose call this is: the key of `Authorization: SECRET_KEY <key>` and the application it belongs to, or the refusal. */
export const authorize = (
  header: string | null,
  applications: Applications,
  off: ReadonlySet<string>,
): Access | AuthRefusal => {
  if (!header && !off.has('wire.authorization')) return refuse('authorization-missing', 'wire.authorization')
  const [, scheme, key] = HEADER.exec(header ?? '') ?? []
  if (key === undefined || (scheme === 'DEV_SECRET_KEY' && !key.startsWith('DEV'))) {
    if (!off.has('wire.scheme')) return refuse('key-refused', 'wire.scheme', { why: mistake(header ?? '') })
  }
  const application = applications.of(key ?? '')
  if (application === undefined) {
    if (!off.has('wire.key'))
      return refuse('key-refused', 'wire.key', {
        why: 'it belongs to no registered application, or was replaced by a newer key.',
      })
  } else if (application !== 'any' && application.payment_api === false && !off.has('wire.api'))
    return refuse('api-forbidden', 'wire.api')
  return { key: key ?? '', application: application ?? 'any' }
}

/** The key in the header, valid or not. */
export const keyOf = (header: string | null): string | undefined => HEADER.exec(header ?? '')?.[2]

/** Says what is wrong with the header without repeating the key. */
const mistake = (header: string): string => {
  const send = 'send `Authorization: SECRET_KEY <your secret key>`'
  if (/^KakaoAK\b/i.test(header)) return `KakaoAK is the retired kapi.kakao.com. ${send}.`
  if (/^DEV_SECRET_KEY \S+$/.test(header)) return 'DEV_SECRET_KEY takes a Secret key(dev), which starts with DEV.'
  if (/^(DEV_)?SECRET_KEY\s*$/.test(header)) return `the key is empty. ${send}.`
  if (/^(DEV_)?SECRET_KEY/.test(header)) return `${send}, with exactly one space before the key and nothing after it.`
  return `the scheme must be SECRET_KEY. ${send}.`
}
