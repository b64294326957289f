import type { Records } from './records.ts'

/** A registered application as it is stored: of its secret key only a hash and a mask. */
export interface ApplicationRecord {
  readonly id: string
  readonly name: string
  /** With their scheme; null: redirect URLs are not checked. */
  readonly web_domains: readonly string[] | null
  /** Such as `myapp://`. */
  readonly app_schemes: readonly string[]
  readonly payment_api: boolean
  /** SHA-256 of the secret key, hex. */
  readonly key_hash: string
  /** The key as it may be shown. */
  readonly key_mask: string
  /** Public name of the key's namespace. */
  readonly namespace: string
  /** Epoch ms. */
  readonly created_at: number
}

/** Where registered applications are kept, beside the payments. They are few: all are read at start. */
export interface ApplicationStore {
  list(): Promise<readonly ApplicationRecord[]>
  /** Keeps it in the place of the one with the same id. */
  put(application: ApplicationRecord): Promise<void>
  remove(id: string): Promise<boolean>
}

export const applicationsOf = (records: Records): ApplicationStore => ({
  list: () => records.list('application'),
  put: async (application) => {
    await records.change<ApplicationRecord>('application', application.id, () => application)
  },
  async remove(id) {
    let removed = false
    await records.change('application', id, (found) => {
      removed = found !== undefined
      return undefined
    })
    return removed
  },
})
