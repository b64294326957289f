import type { Kept, Store } from './store.ts'

/** `Store.replace` of a store in this process: nothing but the store is waited for, so that no other call comes between. */
export const replaceIn = async (
  store: Pick<Store, 'add' | 'clear' | 'count' | 'subscriptions' | 'records'>,
  { payments, subscriptions, records }: Kept,
  { onlyIfEmpty = false } = {},
): Promise<boolean> => {
  const kinds = Object.entries(records)
  if (onlyIfEmpty) {
    const counts = [await store.count(), await store.subscriptions.count()]
    for (const [kind] of kinds) counts.push((await store.records.list(kind)).length)
    if (counts.some((count) => count > 0)) return false
  }
  await store.clear()
  for (const [kind, wanted] of kinds) {
    // What stays is changed, not made anew: a namespace in use goes on with its ids.
    const stays = new Set(wanted.map(({ id }) => id))
    for (const id of await store.records.ids(kind))
      if (!stays.has(id)) await store.records.change(kind, id, () => undefined)
    for (const { id, value } of wanted) await store.records.change<object>(kind, id, () => value)
  }
  for (const payment of payments) await store.add(payment)
  for (const subscription of subscriptions) await store.subscriptions.add(subscription)
  return true
}
