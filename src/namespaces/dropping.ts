import type { NamespaceRecord, RecordChange } from './namespace.ts'

interface DroppingOptions {
  readonly write: (name: string, change: RecordChange) => Promise<NamespaceRecord | undefined | 'full'>
  /** Takes over what the store holds. */
  readonly apply: (name: string, record: NamespaceRecord) => void
  readonly onDrop: (name: string, payments: boolean) => unknown
}

export interface Unless {
  /** What takes its place. */
  readonly next?: NamespaceRecord
  /** Another process has used it meanwhile: then it stays. */
  readonly prolonged?: (record: NamespaceRecord) => boolean
}

/** Removes namespaces from the store, and what belongs to them after that. */
export const createDropping = ({ write, apply, onDrop }: DroppingOptions) => {
  let open: Promise<unknown> | undefined
  return {
    /** Set while something is being removed. */
    get open() {
      return open
    },
    forget(name: string, payments: boolean, { next, prolonged = () => false }: Unless = {}): Promise<unknown> {
      let gone = false
      const written = write(name, (current) => {
        gone = current !== undefined && !prolonged(current)
        return gone ? next : current
      })
      const all: Promise<unknown> = Promise.all([written, open])
        .then(([kept]) => {
          if (gone) return onDrop(name, payments)
          return kept === undefined || kept === 'full' ? undefined : apply(name, kept)
        })
        .catch(() => {})
        .then(() => {
          if (open === all) open = undefined
        })
      open = all
      return all
    },
  }
}
