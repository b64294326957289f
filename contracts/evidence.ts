/**
 * How well a statement about KakaoPay is known.
 * - `documented`: official KakaoPay text, or a public copy of it.
 * - `observed`: a real answer of the real service that somebody published.
 * - `inferred`: it follows from evidence, or it is this project's own choice because no real answer was published.
 */
export type Evidence = 'documented' | 'observed' | 'inferred'

/** Where a statement comes from. The keys are the short names that contracts, openapi.yaml and the README use. */
export const sources = {
  'single-payment':
    'Official page "single payment": https://developers.kakaopay.com/docs/payment/online/single-payment',
  cancellation: 'Official page "cancellation": https://developers.kakaopay.com/docs/payment/online/cancellation',
  'payment-detail':
    'Official page "payment detail": https://developers.kakaopay.com/docs/payment/online/payment-detail',
  'subscription-tables':
    'Field tables of subscription, inactive and status of the retired kapi.kakao.com (public copies; field names are the same on both hosts). The current page was not read',
  'field-tables': 'Official field tables of approve, order and status as several public client programs copied them',
  'payment-common': 'Official page "common": https://developers.kakaopay.com/docs/payment/online/common',
  'api-common-guide':
    'Official API common guide (authentication, error codes, quota): https://developers.kakaopay.com/docs/getting-started/api-common-guide/error-code',
  applications:
    'Official pages on applications (platform, using API): https://developers.kakaopay.com/docs/getting-started/applications/platform',
  'error-table': 'Official table of payment error codes of the retired kapi.kakao.com (a public copy)',
  'error-table-v1.7':
    'Official spreadsheet "payment error codes v1.7", quoted second-hand for −702, −731, −780, −781 and −785',
  'agent-toolkit': 'Official client code: the schemas of KakaoPay’s agent toolkit (npm, 0.1.2)',
  forum: 'Answers of KakaoPay’s staff in its developer forum, quoted by public client programs',
  'integrator-guide': 'PortOne’s guide to KakaoPay: a payment integrator’s text, not KakaoPay’s own',
  'live-answers': 'Real answers of open-api.kakaopay.com that developers published (2024-07 to 2025-11)',
  'kapi-answers':
    'Real answers of the retired kapi.kakao.com that developers published (same fields, older error envelope)',
  'client-practice': 'What public client code sends and reads: 158 source files, several with real results',
  'payment-page': 'Published automation and bridge data of the real payment page',
  ours: 'Nobody has published this: our own choice and wording',
} as const

export type Source = keyof typeof sources

/** Every rule, field and refusal carries this. */
export interface Known {
  readonly evidence: Evidence
  readonly source: Source
}

export const documented = (source: Source): Known => ({ evidence: 'documented', source })
export const observed = (source: Source): Known => ({ evidence: 'observed', source })
export const inferred = (source: Source = 'ours'): Known => ({ evidence: 'inferred', source })
