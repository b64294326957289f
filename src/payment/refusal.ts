/** What the payment itself can refuse, in words. The door translates them into KakaoPay's codes. */
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

/** One rule as a check: `breaks` gives the message's parameters, or true, where the input breaks it. */
export interface Check<Input> {
  readonly rule: string
  readonly refused: PaymentRefusal
  readonly violates: (input: Input) => boolean | NonNullable<Refusal['params']>
}

/** The checks in their order: the first that is broken refuses. Rules in `off` are not looked at, so that a test can prove each one. */
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
