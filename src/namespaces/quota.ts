import { kst } from '../payment/clock.ts'
import type { Records } from '../store/records.ts'

/** Counts calls per owner and KST day, of all processes on one store. Only the day of the last call is kept for each owner. */
export interface Quota {
  /** Counts one call; false where the owner had made `limit` of them that day. */
  take(owner: string, limit: number, now: number): Promise<boolean>
  /** Calls of an owner on the day of `now`. */
  used(owner: string, now: number): Promise<number>
  clear(owner?: string): Promise<void>
}

/** Owners counted; then the one that called first is forgotten. */
export const MAX_OWNERS = 10_000

const KIND = 'quota'

interface Count {
  readonly owner: string
  readonly day: string
  readonly count: number
}

export const createQuota = (records: Records, maxOwners: number = MAX_OWNERS): Quota => {
  const list = () => records.list<Count>(KIND)
  const forget = (owner: string) => records.change<Count>(KIND, owner, () => undefined)
  const take: Quota['take'] = async (owner, limit, now) => {
    const day = kst(now).slice(0, 10)
    let isAllowed = false
    const counted = (found: Count | undefined): Count | undefined => {
      const count = found?.day === day ? found.count : 0
      isAllowed = count < limit
      return isAllowed ? { owner, day, count: count + 1 } : found
    }
    if ((await records.change<Count>(KIND, owner, counted, maxOwners)) !== 'full') return isAllowed
    const [first] = await list()
    if (first) await forget(first.owner)
    return take(owner, limit, now)
  }
  return {
    take,
    async used(owner, now) {
      const found = (await list()).find((count) => count.owner === owner)
      return found?.day === kst(now).slice(0, 10) ? found.count : 0
    },
    async clear(owner) {
      const owners = owner === undefined ? (await list()).map((count) => count.owner) : [owner]
      await Promise.all(owners.map(forget))
    },
  }
}
