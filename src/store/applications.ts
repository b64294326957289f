type Later<T> = T | Promise<T>

/** A registered application as it rests: of its secret key only what recognises it. */
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

/** Where registered applications rest, beside the payments. They are few: whoever starts reads them all. */
export interface ApplicationStore {
  list(): Later<readonly ApplicationRecord[]>
  /** Keeps it in the place of the one with the same id. */
  put(application: ApplicationRecord): Later<void>
  remove(id: string): Later<boolean>
}

export const createMemoryApplications = (): ApplicationStore => {
  const byId = new Map<string, ApplicationRecord>()
  return {
    list: () => [...byId.values()],
    put: (application) => {
      byId.set(application.id, application)
    },
    remove: (id) => byId.delete(id),
  }
}
