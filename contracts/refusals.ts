import { documented, inferred, type Known, observed } from './evidence.ts'

/**
 * A refusal as it is sent. `error_message` may hold `{names}`, which are filled in when it is sent. `wording` grades the text alone:
 * most codes are documented while their text is ours, since few texts of the new host were published.
 */
export interface RefusalText extends Known {
  /** When it is answered: one sentence. */
  readonly when: string
  readonly status: number
  readonly error_code: number
  readonly error_message: string
  readonly wording: Known
  /** Sent where the payment method itself failed. */
  readonly extras?: { readonly method_result_code: string; readonly method_result_message: string }
}

const ours = inferred()
const platform = documented('api-common-guide')
const table = documented('error-table')
const spreadsheet = documented('error-table-v1.7')

const refusal = (
  error_code: number,
  status: number,
  when: string,
  error_message: string,
  code: Known,
  wording: Known = ours,
  extras?: RefusalText['extras'],
): RefusalText => ({ when, status, error_code, error_message, ...code, wording, ...(extras ? { extras } : {}) })

/** Payment refusals all answer HTTP 400. */
const payment = (
  code: number,
  when: string,
  message: string,
  k: Known = table,
  wording: Known = ours,
  extras?: RefusalText['extras'],
) => refusal(code, 400, when, message, k, wording, extras)

export const refusals = {
  // The platform, before a call is looked at.
  'authorization-missing': refusal(
    -400,
    400,
    'The Authorization header is missing.',
    'Authorization header is missing! send `Authorization: SECRET_KEY <your secret key>`.',
    platform,
  ),
  'key-refused': refusal(
    -401,
    401,
    'The scheme is not SECRET_KEY or DEV_SECRET_KEY, or the key is empty, unknown, replaced or not a test key.',
    'secret key is not valid! {why}',
    platform,
  ),
  'api-forbidden': refusal(
    -403,
    403,
    'The application does not use the payment API.',
    '접근 금지됨',
    platform,
    observed('live-answers'),
  ),
  'not-found': refusal(
    -404,
    404,
    'The path or the method does not exist.',
    'no such API: {method} {path}. every call is a POST with JSON to /online/v1/payment/….',
    platform,
  ),
  'quota-exceeded': refusal(
    -429,
    429,
    'The daily quota is used up; it starts anew at 00:00 KST.',
    'daily quota exceeded!',
    platform,
  ),
  'internal-error': refusal(-500, 500, 'KakaoPay failed.', 'internal error!', platform),
  maintenance: refusal(-503, 503, 'KakaoPay is under maintenance.', 'service is under maintenance!', platform),

  // The body. −2 is the retired host's code for parameters; the new host's own code for them was never published.
  'field-missing': refusal(
    -2,
    400,
    'A required field is absent or null.',
    "{field} can't be null.",
    inferred('kapi-answers'),
    observed('kapi-answers'),
  ),
  'field-invalid': refusal(
    -2,
    400,
    'A field breaks its rule.',
    'invalid param({field} {reason})',
    inferred('kapi-answers'),
    inferred('client-practice'),
  ),
  'body-invalid': refusal(
    -2,
    400,
    'The body is not one JSON object in UTF-8 with Content-Type application/json.',
    'invalid param(body {reason})',
    inferred('kapi-answers'),
    inferred('client-practice'),
  ),
  'body-too-large': refusal(
    -2,
    413,
    'The body is larger than the limit.',
    'invalid param(body is larger than {limit} bytes)',
    ours,
  ),
  'header-too-large': refusal(
    -400,
    431,
    'The header is larger than the limit.',
    'request header is larger than {limit} bytes!',
    ours,
  ),
  'request-malformed': refusal(
    -400,
    400,
    'The bytes received are not an HTTP request.',
    'malformed HTTP request!',
    ours,
  ),
  'request-timeout': refusal(
    -400,
    408,
    'The request was not complete in time.',
    'request was not complete within {ms} ms!',
    ours,
  ),

  // The payment. The codes are KakaoPay's table; where a text was never published it is ours.
  'not-authenticated': payment(
    -701,
    'approve before the payer has authenticated.',
    "authentication doesn't complete!",
    table,
    observed('kapi-answers'),
    { method_result_code: '9999', method_result_message: '결제 실패. 잠시 후 재시도 바랍니다.' },
  ),
  'already-paid': payment(
    -702,
    'approve of a payment that is already paid.',
    'payment is already done!',
    spreadsheet,
    observed('live-answers'),
  ),
  'point-amount-wrong': payment(-703, 'The point amount is wrong.', 'point amount is wrong!'),
  'amount-wrong': payment(-704, 'An amount, or an amount per method, is wrong.', 'amount is wrong!'),
  'method-unsupported': payment(-705, 'The payment method is not supported.', 'payment method is not supported!'),
  'order-id-differs': payment(
    -706,
    'partner_order_id differs from the one in ready.',
    'partner order id is different when you ordered!',
    table,
    inferred('kapi-answers'),
  ),
  'user-id-differs': payment(
    -707,
    'partner_user_id differs from the one in ready.',
    'partner user id is different when you ordered!',
    table,
    observed('kapi-answers'),
  ),
  'pg-token-wrong': payment(-708, 'pg_token is not the one that came to approval_url.', 'pg_token is wrong!'),
  'cancel-above-available': payment(
    -710,
    'A cancel asks for more than is left, in total, tax-free or VAT.',
    'requested cancel amount is bigger than cancelable amount{explanation}',
    table,
    observed('kapi-answers'),
  ),
  'cancel-above-approved': payment(
    -711,
    'A cancel asks for more than was approved.',
    'requested cancel amount is bigger than approved amount!{explanation}',
  ),
  'tid-unknown': payment(-721, 'The tid does not exist, or belongs to another key or cid.', 'tid does not exist!'),
  'amount-info-wrong': payment(-722, 'The amounts do not fit together.', 'amount information is wrong!{explanation}'),
  'payment-expired': payment(-723, 'The 15 minutes from ready are over.', 'payment is expired!'),
  'one-time-amount-wrong': payment(-724, 'The one-time amount is wrong.', 'one time amount is wrong!'),
  'total-amount-differs': payment(
    -725,
    'total_amount differs from the one in ready.',
    'total amount is different when you ordered!',
    inferred('error-table'),
  ),
  'order-info-wrong': payment(-726, 'The order information is wrong.', 'order information is wrong!'),
  'app-info-wrong': payment(-730, 'The merchant application is wrong.', 'merchant application is wrong!'),
  'cid-wrong': payment(-731, 'The cid is not one of this merchant.', 'cid is wrong!', spreadsheet),
  'gid-wrong': payment(-732, 'The gid is wrong.', 'gid is wrong!'),
  'cid-secret-wrong': payment(-733, 'cid_secret is missing or wrong for this cid.', 'cid_secret is wrong!'),
  'sid-unknown': payment(-750, 'The sid does not exist, or belongs to another key or cid.', 'sid does not exist!'),
  'sid-inactive': payment(-751, 'The sid is inactive.', 'sid is inactive!'),
  'sid-limit-exceeded': payment(-752, 'The sid was charged more often than a day allows.', 'sid usage limit exceeded!'),
  'sid-user-differs': payment(
    -753,
    'partner_user_id differs from the one of the first payment.',
    'partner user id is different when you issued sid!',
  ),
  'not-kakaotalk-user': payment(
    -761,
    'The phone number is not a KakaoTalk user’s.',
    'phone number is not a kakaotalk user!',
  ),
  'approval-failure': payment(
    -780,
    'The payment method refused the approval.',
    'approval failure!',
    spreadsheet,
    documented('single-payment'),
    {
      method_result_code: 'USER_LOCKED',
      method_result_message: '진행중인 거래가 있습니다. 잠시 후 다시 시도해 주세요.',
    },
  ),
  'cancel-failure': payment(
    -781,
    'The payment method refused the cancel.',
    'cancel failure!',
    spreadsheet,
    documented('kapi-answers'),
    { method_result_code: '6666', method_result_message: '원거래없음' },
  ),
  'subscription-failure': payment(
    -782,
    'The payment method refused the subscription payment.',
    'subscription payment failure!',
    table,
    ours,
    {
      method_result_code: 'USER_LOCKED',
      method_result_message: '진행중인 거래가 있습니다. 잠시 후 다시 시도해 주세요.',
    },
  ),
  'not-approvable': payment(
    -783,
    'approve after the payer has quit or failed.',
    'payment is not in an approvable state!',
  ),
  'not-cancelable': payment(
    -784,
    'cancel of a payment that is not paid, or that is wholly cancelled. Ours: a part of a payment with a cup deposit, too.',
    'payment is not in a cancelable state!{explanation}',
  ),
  'duplicate-request': payment(
    -785,
    'The same payment or cancel is being worked on by another request.',
    'duplicated request!',
    spreadsheet,
  ),
  'limit-exceeded': payment(-797, 'The amount is above the limit of one payment.', 'payment limit exceeded!'),
  'ip-forbidden': payment(-798, 'The caller’s address is not allowed.', 'ip address is not allowed!'),
  'domain-unregistered': payment(
    -799,
    'A redirect URL is outside the registered domains.',
    '{field}({url}) does not match registered website domain.',
    table,
    observed('kapi-answers'),
  ),
} as const satisfies Record<string, RefusalText>

export type RefusalName = keyof typeof refusals

/** Refusals that every call can answer before its own rules are checked, in the order of the checks. */
export const everyCallRefuses = [
  'authorization-missing',
  'key-refused',
  'api-forbidden',
  'maintenance',
  'quota-exceeded',
  'body-too-large',
  'body-invalid',
  'field-missing',
  'field-invalid',
  'cid-wrong',
  'cid-secret-wrong',
] as const satisfies readonly RefusalName[]

/** Refusals that the server answers before it knows the call, or where it failed itself. */
export const anyCallMayMeet = [
  'request-malformed',
  'not-found',
  'request-timeout',
  'header-too-large',
  'internal-error',
] as const satisfies readonly RefusalName[]

/** Fills the `{names}` of a message. An unknown name is left as it is, so that a test finds it. */
export const wording = (message: string, params: Readonly<Record<string, string | number>> = {}): string =>
  message.includes('{')
    ? message.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
    : message

/** KakaoPay's form of a refusal: `error_code`, `error_message` and, where the payment method itself failed, `extras`. */
export const refusalBody = (name: RefusalName, params?: Readonly<Record<string, string | number>>) => {
  const { error_code, error_message, extras }: RefusalText = refusals[name]
  const text = wording(error_message, params).replace(/\{explanation\}/, '')
  return { error_code, error_message: text, ...(extras ? { extras } : {}) }
}
