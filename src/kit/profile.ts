import * as z from 'zod'

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
  /** install_month of ready: the one month that the payer may pay in, or the longest. */
  readonly installMonth?: 'fixed' | 'max' | undefined
  /** A sid is charged with any subscription cid of its merchant, or with its own alone. */
  readonly sidCid?: 'any' | 'same' | undefined
  /** Charges that a sid allows on a day; 0: no limit. */
  readonly sidChargesPerDay?: number | undefined
  /** A payment whose approve was refused with −780: it can be approved again, or has failed. */
  readonly failedApprove?: 'retry' | 'fail' | undefined
  /** HTTP status for an application without the payment API. */
  readonly missingApi?: '403' | '401' | undefined
  /** Calls that an application may make on a day; 0: no limit. */
  readonly quota?: number | undefined
  /** It is under maintenance: every call is refused. */
  readonly maintenance?: boolean | undefined
  /** The largest body that it takes, in bytes. */
  readonly maxBodyBytes?: number | undefined
  /** The payer is automatic: every payment is approved, cancelled, … when its redirect URL is opened. */
  readonly payer?: 'manual' | 'approve' | 'cancel' | 'fail' | 'expire' | undefined
  /** It accepts only redirect URLs below `shop`. */
  readonly domains?: boolean | undefined
  /** Where browsers reach its pages, if not at the URL of its API. */
  readonly publicUrl?: string | undefined
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
  installMonth: z.enum(['fixed', 'max']).optional(),
  sidCid: z.enum(['any', 'same']).optional(),
  sidChargesPerDay: z.int().min(0).optional(),
  failedApprove: z.enum(['retry', 'fail']).optional(),
  missingApi: z.enum(['403', '401']).optional(),
  quota: z.int().min(0).optional(),
  maintenance: z.boolean().optional(),
  maxBodyBytes: z.int().min(1).optional(),
  payer: z.enum(['manual', 'approve', 'cancel', 'fail', 'expire']).optional(),
  domains: z.boolean().optional(),
  publicUrl: z.url().optional(),
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
