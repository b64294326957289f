import * as z from 'zod'
import { type CallStep, type Fixture, isCall, isPage, type Step } from './fixture.ts'

interface MerchantCode {
  readonly cid: string
  readonly secret?: string | undefined
}

/**
 * What a server under test is like, where servers may rightly differ. Named like the settings of this project's own server. Spelled out, so that
 * the published declarations need no zod.
 */
export interface Profile {
  /** It accepts exactly what openapi.yaml says. */
  readonly strict?: boolean | undefined
  /** ready answers android_app_scheme and ios_app_scheme. */
  readonly appSchemes?: boolean | undefined
  /** Keys of approve's answer without a value. */
  readonly emptyKeys?: 'null' | 'omit' | undefined
  /** A partial cancel whose default VAT is more than what is left. */
  readonly vatRemainder?: 'refuse' | 'clamp' | undefined
  /** Redirect URLs of ready: on the server itself, or on KakaoPay's hosts. */
  readonly redirects?: 'local' | 'real' | undefined
  /** The payer is automatic: every payment is approved, cancelled, … when its redirect URL is opened. */
  readonly payer?: 'manual' | 'approve' | 'cancel' | 'fail' | 'expire' | undefined
  /** It accepts only redirect URLs below `shop`. */
  readonly domains?: boolean | undefined
  /** Where redirect URLs lead: `{{shop}}` of the fixtures. */
  readonly shop?: string | undefined
  /** Merchant code for one-time payments, in the place of TC0ONETIME. */
  readonly cid?: MerchantCode | undefined
  /** Merchant code for subscriptions, in the place of TCSUBSCRIP; null: it has none. */
  readonly subscriptionCid?: MerchantCode | null | undefined
  /** It knows only these merchant codes. */
  readonly onlyCids?: boolean | undefined
  /** Whether it offers this project's control API for the payer, the clock and faults. Default: it is asked. */
  readonly offers?:
    | {
        readonly payer?: boolean | undefined
        readonly clock?: boolean | undefined
        readonly faults?: boolean | undefined
      }
    | undefined
}

const cid = z.strictObject({ cid: z.string().length(10), secret: z.string().length(24).optional() })

const schema = z.strictObject({
  strict: z.boolean().optional(),
  appSchemes: z.boolean().optional(),
  emptyKeys: z.enum(['null', 'omit']).optional(),
  vatRemainder: z.enum(['refuse', 'clamp']).optional(),
  redirects: z.enum(['local', 'real']).optional(),
  payer: z.enum(['manual', 'approve', 'cancel', 'fail', 'expire']).optional(),
  domains: z.boolean().optional(),
  shop: z.url().optional(),
  cid: cid.optional(),
  subscriptionCid: cid.nullable().optional(),
  onlyCids: z.boolean().optional(),
  offers: z.strictObject({ payer: z.boolean(), clock: z.boolean(), faults: z.boolean() }).partial().optional(),
}) satisfies z.ZodType<Profile>

/** The names of a profile's values, for help texts. */
export const profileHelp = Object.keys(schema.shape).join(', ')

/** Reads a profile's JSON text. Throws a sentence that says what is wrong with it. */
export const readProfile = (text: string): Profile => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Error(`it is not JSON: ${(error as Error).message}`)
  }
  const result = schema.safeParse(json)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new Error(`${issue?.path.join('.') || 'it'}: ${issue?.message}. A profile is an object with ${profileHelp}`)
}

const ONE_TIME = 'TC0ONETIME'
const SUBSCRIPTION = 'TCSUBSCRIP'

/** Settings of fixtures that a profile can answer for. */
const answerable = ['strict', 'appSchemes', 'emptyKeys', 'vatRemainder', 'redirects'] as const

/** What a server without a setting is taken to be like. */
const defaults = {
  strict: false,
  appSchemes: true,
  emptyKeys: 'null',
  vatRemainder: 'refuse',
  redirects: 'local',
} as const

/** The fixture as it is played against a server of this profile; a sentence where it does not apply to such a server. */
export const adapt = (fixture: Fixture, profile: Profile | undefined): Fixture | string => {
  if (!profile) return fixture
  const { config = {} } = fixture
  for (const name of answerable) {
    if (!Object.hasOwn(config, name)) continue
    const value = profile[name] ?? defaults[name]
    if (config[name] !== value)
      return `is about a server with ${name} ${String(config[name])}; the profile says ${value}`
  }
  const left = Object.fromEntries(
    Object.entries(config).filter(([name]) => !answerable.some((known) => known === name)),
  )
  const calls = fixture.steps.filter(isCall)
  if ((profile.payer ?? 'manual') !== 'manual' && fixture.steps.some(isPage))
    return 'opens a page, and the payer is automatic'
  const reason = calls.map((step) => inapplicable(step, profile)).find((found) => found !== undefined)
  if (reason !== undefined) return reason
  const { config: _, ...rest } = fixture
  const steps = fixture.steps.map((step) => withMerchant(step, profile))
  return { ...rest, ...(Object.keys(left).length > 0 ? { config: left } : {}), steps }
}

const inapplicable = (step: CallStep, profile: Profile): string | undefined => {
  const { send = {}, lenient, expect } = step
  const secret = profile.cid?.secret ?? profile.subscriptionCid?.secret
  if (secret !== undefined && step.raw !== undefined && step.expect.status === 200)
    return 'writes the body itself, and so sends no cid_secret'
  if (secret !== undefined && step.expect.status === 200 && send['cid_secret'] === null) return 'sends no cid_secret'
  if (profile.strict && lenient) return 'sends what a strict server may refuse'
  if (profile.subscriptionCid === null && JSON.stringify(send).includes(SUBSCRIPTION))
    return 'needs a subscription cid, and the profile says that there is none'
  const { error_code } = (expect.body ?? {}) as { error_code?: unknown }
  const reachesPayment = expect.status === 200 || (typeof error_code === 'number' && error_code <= -700)
  if (profile.domains && step.call === 'ready' && reachesPayment) {
    const urls = Object.entries(send).filter(([name]) => /^(approval|cancel|fail)_url$/.test(name))
    if (urls.some(([, url]) => !String(url).startsWith('{{shop}}')))
      return 'sends a redirect URL outside of the registered domain'
  }
  const sent = send['cid']
  const isOther = typeof sent === 'string' && sent !== ONE_TIME && sent !== SUBSCRIPTION && !sent.includes('{{')
  if (profile.onlyCids && isOther && reachesPayment) return `needs the cid ${sent}`
  return undefined
}

/** The test merchant codes of the fixtures stand for those of the profile, whose secret is sent along. */
const withMerchant = (step: Step, profile: Profile): Step => {
  const { cid: one, subscriptionCid: subscription } = profile
  if (!one && !subscription) return step
  const json = JSON.stringify(step)
    .replaceAll(ONE_TIME, one?.cid ?? ONE_TIME)
    .replaceAll(SUBSCRIPTION, subscription?.cid ?? SUBSCRIPTION)
  const replaced = JSON.parse(json) as Step
  if (!isCall(replaced) || replaced.send === undefined || Object.hasOwn(replaced.send, 'cid_secret')) return replaced
  const secret = [one, subscription].find((known) => known?.cid === replaced.send?.['cid'])?.secret
  return secret === undefined ? replaced : { ...replaced, send: { ...replaced.send, cid_secret: secret } }
}
