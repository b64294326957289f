import type { Kept, Store } from '../store/store.ts'

/** Adds a state, or what one namespace has of it, to a store that was emptied. A record that is there already becomes that of the state. */
export const addState = async (store: Store, state: Kept, namespace?: string): Promise<void> => {
  const isMeant = (item: object) => namespace === undefined || namespaceOf(item) === namespace
  for (const payment of state.payments.filter(isMeant)) await store.add(payment)
  for (const subscription of state.subscriptions.filter(isMeant)) await store.subscriptions.add(subscription)
  for (const [kind, records] of Object.entries(state.records))
    for (const { id, value } of records.filter((record) => isMeant(record.value)))
      await store.records.change<object>(kind, id, () => value)
}

/** The record of a namespace has its name itself. */
const namespaceOf = (item: { readonly namespace?: unknown; readonly name?: unknown }) =>
  'namespace' in item ? item.namespace : item.name
