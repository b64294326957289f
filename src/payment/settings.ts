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
  /** `fixed`: install_month is the one month that the payer may pay in; `max`: the longest. */
  readonly installMonth: 'fixed' | 'max'
  /** A sid may be charged with any subscription cid of its merchant, or with its own alone. */
  readonly sidCid: 'any' | 'same'
  /** Charges that a sid allows on a KST day; 0: any number. */
  readonly sidChargesPerDay: number
  /** A payment whose approve was refused with −780: it stays AUTH_PASSWORD and can be approved again, or becomes FAIL_PAYMENT. */
  readonly failedApprove: 'retry' | 'fail'
  /** Calls that an application may make on a KST day before −429; 0: any number. */
  readonly quota: number
  /** Every call is refused with −503. */
  readonly maintenance: boolean
}

/** These settings alone, of a config that holds more. */
export const settingsOf = (config: Settings): Settings => ({
  redirects: config.redirects,
  appSchemes: config.appSchemes,
  emptyKeys: config.emptyKeys,
  vatRemainder: config.vatRemainder,
  payer: config.payer,
  installMonth: config.installMonth,
  sidCid: config.sidCid,
  sidChargesPerDay: config.sidChargesPerDay,
  failedApprove: config.failedApprove,
  quota: config.quota,
  maintenance: config.maintenance,
})

/** A merchant code that the config knows. */
export interface Merchant {
  readonly cid: string
  readonly secret?: string
  readonly subscription?: boolean
}
