import { kst } from '../payment/clock.ts'

/** Counts calls per owner and KST day. Only the day of the last call is kept for each owner. */
export interface Quota {
  /** Counts one call; false where the owner had made `limit` of them that day. */
  take(owner: string, limit: number, now: number): boolean
  /** Calls of an owner on the day of `now`. */
  used(owner: string, now: number): number
  clear(owner?: string): void
}

/** Owners counted; then the one that called first is forgotten. */
export const MAX_OWNERS = 10_000

export const createQuota = (maxOwners: number = MAX_OWNERS): Quota => {
  const byOwner = new Map<string, { readonly day: string; count: number }>()
  const today = (owner: string, now: number) => {
    const found = byOwner.get(owner)
    return found?.day === kst(now).slice(0, 10) ? found : undefined
  }
  return {
    take(owner, limit, now) {
      const entry = today(owner, now) ?? { day: kst(now).slice(0, 10), count: 0 }
      if (entry.count >= limit) return false
      entry.count++
      if (!byOwner.has(owner) && byOwner.size >= maxOwners) byOwner.delete(byOwner.keys().next().value ?? '')
      byOwner.set(owner, entry)
      return true
    },
    used: (owner, now) => today(owner, now)?.count ?? 0,
    clear(owner) {
      if (owner === undefined) byOwner.clear()
      else byOwner.delete(owner)
    },
  }
}
