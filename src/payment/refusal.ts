/** Refusals of the payment, by name. src/http/errors.ts translates them into KakaoPay's codes. */
export type PaymentRefusal =
  | 'amount-info-wrong'
  | 'domain-unregistered'
  | 'not-authenticated'
  | 'already-paid'
  | 'order-id-differs'
  | 'user-id-differs'
  | 'pg-token-wrong'
  | 'cancel-above-available'
  | 'cancel-above-approved'
  | 'cancel-failure'
  | 'tid-unknown'
  | 'payment-expired'
  | 'total-amount-differs'
  | 'cid-wrong'
  | 'cid-secret-wrong'
  | 'sid-unknown'
  | 'sid-inactive'
  | 'sid-user-differs'
  | 'sid-limit-exceeded'
  | 'not-approvable'
  | 'not-cancelable'
  | 'duplicate-request'

/** A refusal is a value: it is returned, never thrown. `rule` is the id of the rule in the contracts that was broken. */
export interface Refusal<Name extends string = PaymentRefusal> {
  readonly refused: Name
  readonly rule: string
  readonly params?: Readonly<Record<string, string | number>>
}

export const refuse = <Name extends string>(refused: Name, rule: string, params?: Refusal['params']): Refusal<Name> =>
  params ? { refused, rule, params } : { refused, rule }

export const isRefusal = (value: unknown): value is Refusal<string> =>
  typeof value === 'object' && value !== null && 'refused' in value

/** One rule as a check: `violates` returns true, or the parameters of the message, where the input violates the rule. */
export interface Check<Input> {
  readonly rule: string
  readonly refused: PaymentRefusal
  readonly violates: (input: Input) => boolean | NonNullable<Refusal['params']>
}

/** Runs the checks in order and returns the first refusal. Rules in `off` are skipped, so that a test can prove each one. */
export const firstBroken = <Input>(
  checks: readonly Check<Input>[],
  input: Input,
  off: ReadonlySet<string>,
): Refusal | undefined => {
  for (const check of checks) {
    const broken = check.violates(input)
    if (broken === false || off.has(check.rule)) continue
    return refuse(check.refused, check.rule, broken === true ? undefined : broken)
  }
  return undefined
}
