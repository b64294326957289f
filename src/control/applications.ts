/** An application as KakaoPay's developer centre has it, as far as a call can tell. */
export interface Application {
  readonly name: string
  readonly secret_key: string
  /** Registered web domains with their scheme, and app schemes; absent means unchecked. */
  readonly domains?: readonly string[]
  /** Whether the payment API is switched on. Default: true. */
  readonly payment_api?: boolean
}

export interface Applications {
  /** The application that owns the key; `any` where none is registered, so every key works; undefined where the key is unknown. */
  of(key: string): Application | 'any' | undefined
}

export const createApplications = (registered: readonly Application[], required = false): Applications => {
  const byKey = new Map(registered.map((a) => [a.secret_key, a]))
  return { of: (key) => (byKey.size === 0 && !required ? 'any' : byKey.get(key)) }
}
