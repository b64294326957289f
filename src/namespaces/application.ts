import * as z from 'zod'

/** Documented: at most 10 web domains, with their scheme, http and https apart, wildcards allowed. */
export const MAX_WEB_DOMAINS = 10

const WEB_DOMAIN =
  'must be a scheme and a host, such as https://shop.example, https://*.shop.example or http://localhost:3000'

const webDomain = z
  .string()
  .max(255)
  .regex(/^https?:\/\/(\*\.)?[^\s/?#*@\\]+$/i, WEB_DOMAIN)
  .refine((v) => URL.canParse(v.replace('://*.', '://')), WEB_DOMAIN)
const appScheme = z
  .string()
  .max(100)
  .regex(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/$/, 'must be a scheme such as myapp://')
  .refine((v) => !/^https?:/i.test(v), 'http and https are web domains')
  .refine((v) => !/^(javascript|data|vbscript|file|blob):/i.test(v), 'is no scheme of an app')

export const applicationFields = {
  name: z.string().min(1).max(100),
  web_domains: z
    .array(webDomain)
    .max(MAX_WEB_DOMAINS)
    .nullable()
    .meta({ description: 'null: redirect URLs are not checked; an empty list refuses all of them' }),
  app_schemes: z.array(appScheme).max(MAX_WEB_DOMAINS),
  payment_api: z.boolean().meta({ description: 'Whether the application uses the payment API; false answers −403' }),
}

export const applicationInput = z.strictObject({
  name: applicationFields.name,
  web_domains: applicationFields.web_domains.default(null),
  app_schemes: applicationFields.app_schemes.default([]),
  payment_api: applicationFields.payment_api.default(true),
})
export const applicationChange = z.strictObject(applicationFields).partial()

/** A registered application as it is stored: of its secret key only a hash and a mask. */
export interface ApplicationRecord {
  readonly id: string
  readonly name: string
  /** With their scheme; null: redirect URLs are not checked. */
  readonly web_domains: readonly string[] | null
  /** Such as `myapp://`. */
  readonly app_schemes: readonly string[]
  readonly payment_api: boolean
  /** SHA-256 of the secret key, hex. */
  readonly key_hash: string
  /** The key as it may be shown. */
  readonly key_mask: string
  /** Public name of the key's namespace. */
  readonly namespace: string
  /** Epoch ms. */
  readonly created_at: number
}
