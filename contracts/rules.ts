import { approveRules } from './approve.ts'
import { cancelRules } from './cancel.ts'
import { documented, type Evidence, inferred, type Known } from './evidence.ts'
import type { Aspect } from './fields.ts'
import { inactiveRules } from './inactive.ts'
import { endpoints } from './index.ts'
import { type Rule, rule } from './rule.ts'
import { subscriptionRules } from './subscription.ts'

export type { Rule } from './rule.ts'

/** Rules of the transport and between fields. The rules of single fields are derived from the contracts below. */
const written = {
  'wire.authorization': rule(
    'A call without an Authorization header is refused.',
    'authorization-missing',
    documented('api-common-guide'),
  ),
  'wire.scheme': rule(
    'The Authorization scheme is SECRET_KEY, or DEV_SECRET_KEY for a DEV key, with one space before the key.',
    'key-refused',
    inferred('api-common-guide'),
  ),
  'wire.key': rule(
    'The key is not empty and, where applications are registered, belongs to one of them.',
    'key-refused',
    documented('api-common-guide'),
  ),
  'wire.api': rule(
    'The application uses the payment API. −403 is documented; one published answer had −401 for this cause.',
    'api-forbidden',
    documented('api-common-guide'),
  ),
  'wire.maintenance': rule(
    'While KakaoPay is under maintenance (a setting) every call is refused.',
    'maintenance',
    documented('api-common-guide'),
  ),
  'wire.quota': rule(
    'Where a daily quota is set, the application has calls left of it; it starts anew at 00:00 KST.',
    'quota-exceeded',
    documented('api-common-guide'),
  ),
  'wire.path': rule('Only the documented paths exist, to the letter.', 'not-found', inferred('api-common-guide')),
  'wire.method': rule('Every call is a POST.', 'not-found', inferred('agent-toolkit')),
  'wire.content-type': rule('The body’s Content-Type is application/json.', 'body-invalid', inferred('single-payment')),
  'wire.encoding': rule('The body is UTF-8 and is not compressed.', 'body-invalid', inferred()),
  'wire.json': rule('The body is well-formed JSON.', 'body-invalid', inferred()),
  'wire.object': rule('The body is a JSON object.', 'body-invalid', inferred()),
  'wire.size': rule('The body is not larger than the limit.', 'body-too-large', inferred()),
  'wire.unknown-field': rule(
    'In strict mode a field that is not documented is refused; otherwise it is ignored.',
    'field-invalid',
    inferred('client-practice'),
    'should',
  ),

  'cid.configured': rule(
    'Where cids are configured, the cid is one of them.',
    'cid-wrong',
    documented('error-table-v1.7'),
  ),
  'cid.secret': rule(
    'Where a cid_secret is configured for the cid, it is sent and equal.',
    'cid-secret-wrong',
    documented('error-table'),
  ),
  'tid.known': rule(
    'The tid is that of a payment of the same application (the same key, where none is registered) and cid. The code is documented, the scope inferred. Checked before everything else about the payment (our order).',
    'tid-unknown',
    inferred('error-table'),
  ),

  'ready.total_amount.positive': rule(
    'total_amount is at least 1, or 0 with a subscription cid, which then only issues a sid.',
    'amount-info-wrong',
    inferred('agent-toolkit'),
  ),
  'ready.tax_free_amount.within-total': rule(
    'tax_free_amount is not more than total_amount.',
    'amount-info-wrong',
    inferred(),
  ),
  'ready.vat_amount.within-taxable': rule(
    'vat_amount is not more than total_amount − tax_free_amount.',
    'amount-info-wrong',
    inferred('client-practice'),
  ),
  'ready.green_deposit.within-total': rule(
    'green_deposit is not more than total_amount.',
    'amount-info-wrong',
    inferred(),
  ),
  'ready.approval_url.domain': rule(
    'Where web domains are registered, approval_url is in one of them.',
    'domain-unregistered',
    documented('applications'),
  ),
  'ready.cancel_url.domain': rule(
    'Where web domains are registered, cancel_url is in one of them.',
    'domain-unregistered',
    documented('applications'),
  ),
  'ready.fail_url.domain': rule(
    'Where web domains are registered, fail_url is in one of them.',
    'domain-unregistered',
    documented('applications'),
  ),

  ...approveRules,
  ...cancelRules,
  ...subscriptionRules,
  ...inactiveRules,
} as const

export type WrittenRule = keyof typeof written

export const fieldRule = (call: string, field: string, aspect: Aspect): string => `${call}.${field}.${aspect}`

const read: Rule[] = Object.values(endpoints).flatMap((e) =>
  Object.entries(e.request).flatMap(([name, field]) =>
    Object.entries(field.aspects).map(([aspect, { must, evidence, source }]: [string, Known & { must: string }]) => ({
      id: fieldRule(e.name, name, aspect as Aspect),
      level: 'must' as const,
      sentence: `${name} ${must}.`,
      refusal: aspect === 'required' ? ('field-missing' as const) : ('field-invalid' as const),
      evidence,
      source,
    })),
  ),
)

/** Every rule by id, in the order in which they are checked. */
export const rules: ReadonlyMap<string, Rule> = new Map(
  [...Object.entries(written).map(([id, r]): Rule => ({ id, ...r })), ...read].map((r) => [r.id, r]),
)

export const countByEvidence = (of: Iterable<Known>): Record<Evidence, number> => {
  const count = { documented: 0, observed: 0, inferred: 0 }
  for (const k of of) count[k.evidence]++
  return count
}
