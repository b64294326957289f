import { type CallStep, type Fixture, isCall, isPage, type Step } from './fixture.ts'
import type { Profile } from './profile.ts'

const ONE_TIME = 'TC0ONETIME'
const SUBSCRIPTION = 'TCSUBSCRIP'

/** Settings of fixtures that a profile can answer for, and what a server is taken to be like whose profile does not say. */
const defaults = {
  strict: false,
  appSchemes: true,
  emptyKeys: 'null',
  vatRemainder: 'refuse',
  redirects: 'local',
  installMonth: 'fixed',
  sidCid: 'any',
  sidChargesPerDay: 0,
  failedApprove: 'retry',
  missingApi: '403',
  quota: 0,
  maintenance: false,
} as const

const answerable = Object.keys(defaults) as (keyof typeof defaults)[]

/** The limit that flows about large bodies suppose. */
const DEFAULT_BODY_BYTES = 262_144

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
  const beyond = unavailable(fixture, profile)
  if (beyond !== undefined) return beyond
  if ((profile.payer ?? 'manual') !== 'manual' && fixture.steps.some(isPage))
    return 'opens a page, and the payer is automatic'
  const reason = calls.map((step) => inapplicable(step, profile)).find((found) => found !== undefined)
  if (reason !== undefined) return reason
  const { config: _, ...rest } = fixture
  const steps = fixture.steps.map((step) => withMerchant(step, profile))
  return { ...rest, ...(Object.keys(left).length > 0 ? { config: left } : {}), steps }
}

/** The kit may look at a payment before and after each call. */
const CALLS_PER_STEP = 3

/** A server that serves no calls, or too few of them. */
const unavailable = (
  { config = {}, steps }: Fixture,
  { maintenance = false, quota = 0, sidChargesPerDay = 0 }: Profile,
): string | undefined => {
  if (maintenance && config['maintenance'] !== true) return 'the server is under maintenance'
  const calls = steps.filter(isCall)
  const sent = calls.reduce((sum, { times = 1 }) => sum + CALLS_PER_STEP * times, 0)
  if (quota > 0 && config['quota'] !== quota && sent > quota) return `needs more calls than the daily quota of ${quota}`
  const charges = calls.filter(({ call }) => call === 'subscription').length
  if (sidChargesPerDay > 0 && config['sidChargesPerDay'] !== sidChargesPerDay && charges > sidChargesPerDay)
    return `charges a sid more often than ${sidChargesPerDay} times a day`
  return undefined
}

const inapplicable = (step: CallStep, profile: Profile): string | undefined => {
  const { send = {}, lenient, expect } = step
  const secret = profile.cid?.secret ?? profile.subscriptionCid?.secret
  if (secret !== undefined && step.raw !== undefined && step.expect.status === 200)
    return 'writes the body itself, and so sends no cid_secret'
  if (secret !== undefined && step.expect.status === 200 && send['cid_secret'] === null) return 'sends no cid_secret'
  const { maxBodyBytes = DEFAULT_BODY_BYTES } = profile
  const isAbout = maxBodyBytes !== DEFAULT_BODY_BYTES && step.expect.status === 413
  if (isAbout) return `is about a limit of ${DEFAULT_BODY_BYTES} bytes; the profile says ${maxBodyBytes}`
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
