import { documented, inferred, type Known, observed } from '../../../contracts/evidence.ts'

/** What is required of a client: how it asks KakaoPay, and what it reports to its own program. */
export interface ClientRule extends Known {
  readonly level: 'must' | 'should'
  readonly sentence: string
}

const rule = (sentence: string, known: Known, level: ClientRule['level'] = 'must'): ClientRule => ({
  sentence,
  ...known,
  level,
})

/** By id, which never changes its meaning. First what is sent, then what is reported. */
export const clientRules = {
  'client.method': rule('Every call is a POST.', documented('agent-toolkit')),
  'client.path': rule('The path is exactly the documented one, without a query.', documented('single-payment')),
  'client.authorization': rule(
    'Authorization is SECRET_KEY, or DEV_SECRET_KEY for a DEV key, one space and the key.',
    documented('api-common-guide'),
  ),
  'client.content-type': rule('The body’s Content-Type is application/json.', documented('single-payment')),
  'client.json': rule('The body is one JSON object in UTF-8.', documented('single-payment')),
  'client.fields': rule(
    'Every parameter arrives unchanged, and no other parameter is sent.',
    documented('single-payment'),
  ),
  'client.contract': rule(
    'What KakaoPay requires is sent, and each value is one that it allows.',
    documented('single-payment'),
  ),
  'client.types': rule(
    'Numbers travel as JSON numbers. The real service reads digits in a text too, and the official sample sends them.',
    inferred('single-payment'),
    'should',
  ),
  'client.unknown-field': rule(
    'Only documented fields are sent. KakaoPay ignores others, so a misspelt one is lost silently.',
    observed('client-practice'),
  ),
  'client.secret': rule(
    'The secret key is in Authorization and nowhere else: not in a URL, a body, another header or the output.',
    documented('api-common-guide'),
  ),
  'client.once': rule(
    'approve, cancel and subscription are sent once: a lost answer is no reason to send them again.',
    inferred('client-practice'),
  ),
  'client.unasked': rule('Nothing is paid, cancelled or prepared that was not asked for.', inferred('client-practice')),
  'client.verify': rule(
    'An answer about another payment, another order or another amount is not reported as a success.',
    inferred('client-practice'),
    'should',
  ),
  'client.redirect': rule(
    'A redirect is not followed: KakaoPay sends none, and the call would go with the key to whoever is named.',
    inferred('client-practice'),
    'should',
  ),
  'client.patience': rule(
    'The client waits for an answer that comes within its own time-out. KakaoPay’s guideline is more than 11 s.',
    documented('api-common-guide'),
  ),
  'client.bounded': rule('A call that is never answered ends with the client’s time-out.', inferred('client-practice')),
  'client.whole-timeout': rule(
    'The time-out covers the whole answer: one that arrives byte by byte ends with it, too.',
    inferred('client-practice'),
    'should',
  ),
  'client.result': rule('An accepted call is reported as a result, with the values of the answer.', inferred()),
  'client.refusal': rule(
    'A refusal is reported as one, with error_code and error_message of the answer. One of approve or cancel may be reported as unknown instead, since money may have moved.',
    documented('api-common-guide'),
  ),
  'client.doubt': rule(
    '−702, −785, and a refusal with BANK_FIRM_UNKNOWN or USER_LOCKED do not say whether money moved: they are reported as unknown, or as what order answers.',
    documented('error-table-v1.7'),
    'should',
  ),
  'client.extras': rule(
    'extras of a refusal are reported too: method_result_message is the reason that a payer understands.',
    documented('single-payment'),
  ),
  'client.unknown': rule(
    'An answer that is lost, cut, no JSON or HTTP 500, 502 or 504 is reported as unknown: money may have moved.',
    inferred('client-practice'),
  ),
  'client.lookup': rule(
    'After an unknown outcome the client asks order, and neither pays anew nor sends the call again.',
    inferred('client-practice'),
  ),
  'client.tolerant': rule('New fields in an answer change nothing about the known ones.', inferred('client-practice')),
  'client.accepted': rule(
    'No call is refused, but by the payment method, a quota or maintenance.',
    documented('error-table'),
    'should',
  ),
  'client.doubled': rule(
    'An approve, a cancel or a payment by sid that was accepted is not sent again: of a cancel, both are carried out.',
    inferred('client-practice'),
    'should',
  ),
  'client.consistent': rule(
    'Calls about a payment name the order, user, cid and amount of its ready.',
    documented('single-payment'),
    'should',
  ),
  'client.vat': rule(
    'A VAT that is sent is an eleventh of the taxable amount, rounded to the nearest won as KakaoPay does.',
    documented('single-payment'),
    'should',
  ),
  'client.whole-won': rule(
    'Amounts are written as whole numbers: 5500.0 comes from a float, which cannot hold every amount.',
    observed('client-practice'),
    'should',
  ),
  'client.alive': rule('The driver reports on every call that it is given, in the protocol’s form.', inferred()),
} as const satisfies Record<string, ClientRule>

export type ClientRuleId = keyof typeof clientRules

/** A broken rule of a client: which, where, what was expected and what came. */
export interface Finding {
  readonly rule: ClientRuleId
  readonly at: string
  readonly expected: string
  readonly actual: string
}
