import type { Records } from '../store/records.ts'
import { createLive, type LiveNamespace, type LiveOptions } from './live.ts'
import type { NamespaceRecord, RecordChange } from './namespace.ts'

const KIND = 'namespace'

/** The namespaces of this process by name, and their records in the store: what is changed there is changed here. */
export const createKept = (records: Records, options: LiveOptions) => {
  const byName = new Map<string, LiveNamespace>()
  const apply = (name: string, record: NamespaceRecord | undefined) => {
    const found = byName.get(name)
    if (!record) byName.delete(name)
    else if (found) found.update(record)
    else byName.set(name, createLive(record, options))
  }
  records.subscribe<NamespaceRecord>(KIND, apply)
  const write = (name: string, change: RecordChange) => records.change<NamespaceRecord>(KIND, name, change)
  return {
    byName,
    apply,
    write,
    /** Not awaited here: the answer awaits the store's `saved`, which rejects when this fails. */
    writeBehind(name: string, change: RecordChange) {
      write(name, change).catch(() => {})
    },
    /** In this process alone, until it is written. */
    put(record: NamespaceRecord): LiveNamespace {
      const namespace = byName.get(record.name) ?? createLive(record, options)
      byName.set(record.name, namespace)
      return namespace
    },
    async load() {
      for (const record of await records.list<NamespaceRecord>(KIND)) apply(record.name, record)
    },
  }
}
