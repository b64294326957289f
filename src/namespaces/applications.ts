import { createHash } from 'node:crypto'
import type { RandomSource } from '../payment/ids.ts'
import type { Records } from '../store/records.ts'
import type { ApplicationRecord } from './application.ts'
import { mask } from './mask.ts'
import { namespaceName } from './namespaces.ts'

/** An application as the config names it, with the key that its file holds. */
export interface Application {
  readonly name: string
  readonly secret_key: string
  /** Registered web domains with their scheme, and app schemes; absent means unchecked. */
  readonly domains?: readonly string[]
  /** Whether the payment API is switched on. Default: true. */
  readonly payment_api?: boolean
}

/** A registered application as a call meets it. */
export interface Registered extends ApplicationRecord {
  /** Web domains and app schemes in one list; null: unchecked. */
  readonly domains: readonly string[] | null
  /** From the config: kept out of the store. */
  readonly configured: boolean
}

export type ApplicationFields = Pick<ApplicationRecord, 'name' | 'web_domains' | 'app_schemes' | 'payment_api'>

/** The answer that shows a key whole: nothing keeps it after that. */
export interface Issued {
  readonly application: Registered
  readonly secret_key: string
}

export interface Applications {
  /** The application that owns the key; `any` where none is registered, so every key works; undefined where the key is unknown. */
  of(key: string): Registered | 'any' | undefined
  list(): readonly Registered[]
  find(id: string): Registered | undefined
  register(fields: ApplicationFields): Promise<Issued | undefined>
  change(id: string, fields: Partial<ApplicationFields>): Promise<Registered | undefined>
  /** A new key; the old one is unknown from now on. */
  reissue(id: string): Promise<Issued | undefined>
  remove(id: string): Promise<boolean>
  /** Reads what an earlier run, or another process, has kept. */
  load(): Promise<void>
  readonly limit: number
}

export interface ApplicationOptions {
  readonly configured: readonly Application[]
  /** Without a registered application no key works. */
  readonly required: boolean
  readonly records: Records
  readonly random: RandomSource
  readonly now: () => number
  /** Default: MAX_APPLICATIONS. */
  readonly limit?: number
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex')

/** The form of KakaoPay's Secret key(dev), as published ones look: DEV and 37 upper-case hex digits. */
const issueKey = (random: RandomSource): string => `DEV${random.hex(19).slice(0, 37).toUpperCase()}`

const KIND = 'application'

/** Applications kept; one more is refused. */
export const MAX_APPLICATIONS = 1000

/** Keys whose application was looked up, so that a call computes no hash. */
const MAX_REMEMBERED = 10_000

const owned = (secret_key: string) => ({
  key_hash: hashOf(secret_key),
  key_mask: mask(secret_key),
  namespace: namespaceName(secret_key),
})

const registered = (record: ApplicationRecord, configured: boolean): Registered => ({
  ...record,
  configured,
  domains: record.web_domains === null ? null : [...record.web_domains, ...record.app_schemes],
})

/** A domain in the config's one list is a web domain or an app scheme. */
export const isWebDomain = (domain: string): boolean => /^https?:/i.test(domain)

const fromConfig = ({ name, secret_key, domains, payment_api }: Application, index: number, now: number) =>
  registered(
    {
      id: `configured-${index + 1}`,
      name,
      web_domains: domains?.filter(isWebDomain) ?? null,
      app_schemes: domains?.filter((d) => !isWebDomain(d)) ?? [],
      payment_api: payment_api !== false,
      ...owned(secret_key),
      created_at: now,
    },
    true,
  )

/** The applications by id and by key. */
const createIndex = () => {
  const byId = new Map<string, Registered>()
  const byHash = new Map<string, Registered>()
  const remembered = new Map<string, Registered | undefined>()
  const remove = (id: string) => {
    const found = byId.get(id)
    if (!found) return
    byId.delete(id)
    byHash.delete(found.key_hash)
    remembered.clear()
  }
  return {
    byId,
    remove,
    /** In the place of the one with the same id; it keeps that one's position in the list. */
    put(application: Registered) {
      const before = byId.get(application.id)
      if (before) byHash.delete(before.key_hash)
      byId.set(application.id, application)
      byHash.set(application.key_hash, application)
      remembered.clear()
      return application
    },
    withKey(key: string): Registered | undefined {
      if (remembered.has(key)) return remembered.get(key)
      const found = byHash.get(hashOf(key))
      if (remembered.size >= MAX_REMEMBERED) remembered.clear()
      remembered.set(key, found)
      return found
    },
  }
}

const recordOf = ({ configured, domains, ...record }: Registered): ApplicationRecord => record

export const createApplications = (options: ApplicationOptions): Applications => {
  const { records, random, now, limit = MAX_APPLICATIONS } = options
  const { byId, put, remove, withKey } = createIndex()
  records.subscribe<ApplicationRecord>(KIND, (id, record) => {
    if (record) put(registered(record, false))
    else remove(id)
  })
  const save = async (record: ApplicationRecord, configured: boolean): Promise<Registered | undefined> => {
    if (configured) return put(registered(record, true))
    const kept = await records.change<ApplicationRecord>(KIND, record.id, () => record, limit)
    return kept === 'full' ? undefined : byId.get(record.id)
  }

  options.configured.forEach((application, index) => {
    put(fromConfig(application, index, now()))
  })

  return {
    limit,
    async load() {
      for (const record of await records.list<ApplicationRecord>(KIND)) put(registered(record, false))
    },
    of(key) {
      if (byId.size === 0 && !options.required) return 'any'
      return withKey(key)
    },
    list: () => [...byId.values()],
    find: (id) => byId.get(id),
    async register(fields) {
      if (byId.size >= limit) return undefined
      const secret_key = issueKey(random)
      const id = `app_${random.hex(6)}`
      const application = await save({ id, ...fields, ...owned(secret_key), created_at: now() }, false)
      return application && { application, secret_key }
    },
    async change(id, fields) {
      const found = byId.get(id)
      return found && save({ ...recordOf(found), ...fields }, found.configured)
    },
    async reissue(id) {
      const found = byId.get(id)
      if (!found) return undefined
      const secret_key = issueKey(random)
      const application = await save({ ...recordOf(found), ...owned(secret_key) }, found.configured)
      return application && { application, secret_key }
    },
    async remove(id) {
      const found = byId.get(id)
      if (!found) return false
      if (found.configured) remove(id)
      else await records.change(KIND, id, () => undefined)
      return true
    },
  }
}
