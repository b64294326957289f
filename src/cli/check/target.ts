import type { Config } from '../../config/config.ts'
import { flag, flagOf, integer, optional, string, type Values } from '../../config/option.ts'
import { controlPayer } from '../../kit/payer.ts'
import { hasControl } from '../../kit/probe.ts'
import type { Profile } from '../../kit/profile.ts'
import { inProcess, overHttp, type Target } from '../../kit/target.ts'
import { createMock } from '../../mock.ts'
import { type Io, UsageError } from '../command.ts'
import { payerFlags, payerOf } from './payer.ts'
import { profileFlags, profileOf } from './profile.ts'

/** Requests per second to the real service. */
const REAL_PACE = 2

/** Flags that name the server to check, its keys and its payer. */
export const targetFlags = {
  url: optional(string('', 'URL', 'The server.')),
  keyEnv: optional(
    string(
      '',
      'NAME',
      'Variable that holds your secret key. Default: a key for each flow, where the server takes any.',
    ),
  ),
  otherKeyEnv: optional(string('', 'NAME', 'Variable that holds the key of a second merchant.')),
  allowLiveKey: flag(false, 'Go on with a live key (PRD…).'),
  ...payerFlags,
  shop: optional(
    string(
      '',
      'URL',
      'Where redirect URLs lead; the real service wants a registered domain. Default: https://shop.example',
    ),
  ),
  pace: optional(
    integer(
      REAL_PACE,
      1,
      1000,
      `Requests per second. Default: ${REAL_PACE} to the real service, any number to others.`,
    ),
  ),
  ...profileFlags,
}

export type TargetFlags = Values<typeof targetFlags>

/** The mock in this process, made for each flow with the settings that it needs over `settings`. */
export const mockTarget = (settings: Partial<Config> = {}): Target =>
  inProcess({
    label: 'this mock, in this process',
    serve: (config) => createMock({ ...settings, ...(config as Partial<Config>) }).fetch,
    payer: controlPayer,
    controlled: true,
  })

/** `payments`: how many a payer will have to make. `sends`: false where nothing may be sent, not even a probe. */
export interface TargetOptions {
  readonly payments: number
  readonly sends: boolean
  readonly goOn: boolean
}

/** The server that the flags name. Throws UsageError for a wrong flag, Unreachable where nothing answers. */
export const targetOf = async (flags: TargetFlags, io: Io, options: TargetOptions): Promise<Target> => {
  const profile = profileOf(flags)
  if (flags.url === undefined) {
    const stray = (['keyEnv', 'otherKeyEnv', 'payer', 'browser', 'shop', 'pace'] as const).find(
      (name) => flags[name] !== undefined,
    )
    if (stray) throw new UsageError(`${flagOf(stray)} needs --url: in this process the kit makes its own server`)
    if (profile) throw new UsageError('--profile needs --url: in this process each flow has the settings that it needs')
    return mockTarget()
  }
  const url = urlOf(flags.url, '--url')
  const shop = flags.shop ?? profile?.shop
  const shopUrl = shop === undefined ? {} : { shop: shopOf(shop) }
  const key = keyFrom(flags.keyEnv, flags, url, io)
  const otherKey = flags.otherKeyEnv === undefined ? undefined : keyFrom(flags.otherKeyEnv, flags, url, io)
  const real = isReal(url)
  const controlled = !real && (await isControlled(url, profile, options))
  const payer = await payerOf(flags, profile?.offers?.payer ?? controlled, options.payments, io)
  // A person acts at one payment at a time, and the real service has a quota.
  const single = payer?.name === 'person' || real
  return overHttp({
    url: url.origin + url.pathname,
    key,
    otherKey,
    keyName: flags.keyEnv,
    otherKeyName: flags.otherKeyEnv,
    payer,
    controlled,
    run: String(Date.now()),
    profile,
    extraCalls: !real,
    goOn: options.goOn,
    pace: flags.pace ?? (real ? REAL_PACE : undefined),
    ...(single ? { parallel: 1 } : {}),
    ...shopUrl,
  })
}

/** A dry run may not probe the server: it assumes that one on this machine is this mock. */
const isControlled = async (url: URL, profile: Profile | undefined, { sends }: TargetOptions): Promise<boolean> => {
  if (sends) return hasControl(url.origin + url.pathname)
  return profile?.offers?.payer ?? /^(localhost|127\.|\[::1\])/.test(url.hostname)
}

const urlOf = (text: string, name: string): URL => {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError(`${name} must be an http or https URL, not "${text}"`)
  return new URL(text)
}

/** Paths are appended to it, so that it can have no query. */
const shopOf = (text: string): string => {
  const { href, search, hash } = urlOf(text, '--shop')
  if (search !== '' || hash !== '') throw new UsageError(`--shop takes no query and no fragment: "${text}"`)
  return href
}

export const isReal = ({ hostname }: URL) => hostname === 'kakaopay.com' || hostname.endsWith('.kakaopay.com')

const keyFrom = (
  name: string | undefined,
  { allowLiveKey }: Pick<TargetFlags, 'allowLiveKey'>,
  url: URL,
  { env }: Io,
): string | undefined => {
  if (name === undefined) {
    if (isReal(url))
      throw new UsageError('the real service wants your own Secret key(dev): name its variable by --key-env')
    return undefined
  }
  const key = env[name]
  if (!key) throw new UsageError(`--key-env ${name}: that variable is not set`)
  if (key.startsWith('PRD') && !allowLiveKey)
    throw new UsageError(
      `${name} holds a live key (PRD…): the flows order and pay. Use a Secret key(dev), or say --allow-live-key`,
    )
  return key
}
