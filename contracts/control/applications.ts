import * as z from 'zod'
import { controlEndpoint } from './endpoint.ts'
import { instant, removed } from './words.ts'

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

const fields = {
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
  name: fields.name,
  web_domains: fields.web_domains.default(null),
  app_schemes: fields.app_schemes.default([]),
  payment_api: fields.payment_api.default(true),
})
export const applicationChange = z.strictObject(fields).partial()

export const application = z.object({
  id: z.string(),
  ...fields,
  secret_key: z.string().meta({ description: 'Masked' }),
  namespace: z.string(),
  configured: z.boolean().meta({ description: 'From the config: comes back with the next start' }),
  created_at: instant,
})

/** The only two answers that show a key whole. */
export const issued = application.extend({
  secret_key: z.string().meta({ description: 'DEV and 37 upper-case hex digits, shown this once' }),
})

export const applicationCalls = {
  applications: controlEndpoint({
    name: 'applications',
    method: 'GET',
    path: '/_mock/applications',
    summary: 'Lists registered applications; while there is none every key works',
    response: z.object({ applications: z.array(application), any_key_works: z.boolean() }),
  }),
  registerApplication: controlEndpoint({
    name: 'registerApplication',
    method: 'POST',
    path: '/_mock/applications',
    summary: 'Registers an application and issues its secret key, which is shown this once',
    request: applicationInput,
    response: issued,
    status: 201,
  }),
  application: controlEndpoint({
    name: 'application',
    method: 'GET',
    path: '/_mock/applications/{id}',
    summary: 'Shows one application',
    response: application,
  }),
  changeApplication: controlEndpoint({
    name: 'changeApplication',
    method: 'PATCH',
    path: '/_mock/applications/{id}',
    summary: 'Changes its name, web domains, app schemes or APIs',
    request: applicationChange,
    response: application,
  }),
  reissueKey: controlEndpoint({
    name: 'reissueKey',
    method: 'POST',
    path: '/_mock/applications/{id}/reissue',
    summary: 'Issues a new secret key, shown this once; the old one answers −401 from now on',
    response: issued,
  }),
  removeApplication: controlEndpoint({
    name: 'removeApplication',
    method: 'DELETE',
    path: '/_mock/applications/{id}',
    summary: 'Removes an application',
    response: removed,
  }),
} as const
