/** How this mock answers where the real service leaves a choice. Per namespace; the config gives the defaults. */
export interface Settings {
  /** `local`: redirect URLs point to this server; `real`: to KakaoPay's hosts. */
  readonly redirects: 'local' | 'real'
  /** Whether ready's answer has the two app schemes, which the newest official page no longer lists. */
  readonly appSchemes: boolean
  /** What approve does with keys that have no value: `null` as observed, `omit` as in the official samples. */
  readonly emptyKeys: 'null' | 'omit'
  /** A cancel whose default VAT is more than what is left: `refuse` as observed, or `clamp` to what is left. */
  readonly vatRemainder: 'refuse' | 'clamp'
  /** Who acts at the redirect URL: `manual` shows the page, the others redirect the browser at once. */
  readonly payer: 'manual' | 'approve' | 'cancel' | 'fail' | 'expire'
}

/** A merchant code that the config knows. */
export interface Merchant {
  readonly cid: string
  readonly secret?: string
  readonly subscription?: boolean
}
