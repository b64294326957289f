import { type Move, resume, shows } from './clock.ts'
import type { LiveNamespace } from './live.ts'
import { changed, type Namespace, type NamespaceChange, type NamespaceRecord } from './namespace.ts'
import type { createRegistry } from './registry.ts'
import type { createStart } from './start.ts'

/** What changes namespaces: each in the store first, which tells this process and the others. */
export const createChanges = (
  registry: ReturnType<typeof createRegistry>,
  { start, ...starts }: ReturnType<typeof createStart>,
  use: (name: string) => LiveNamespace,
  system: () => number,
) => {
  const { byName, write } = registry
  const changeOne = async (name: string, change: (record: NamespaceRecord) => NamespaceRecord): Promise<Namespace> => {
    const namespace = use(name)
    if (registry.dropping) await registry.dropping
    await write(name, (current) => change(current ?? namespace.record))
    return byName.get(name) ?? namespace
  }
  const changeEach = async (change: (record: NamespaceRecord) => NamespaceRecord): Promise<number> => {
    const names = [...byName.keys()]
    await Promise.all(names.map((name) => write(name, (record) => record && change(record))))
    return names.length
  }
  const restarted = (record: NamespaceRecord): NamespaceRecord => ({
    ...record,
    clock: start.clock,
    calls: 0,
    generation: record.generation + 1,
  })

  return {
    change: (name: string, change: NamespaceChange) => changeOne(name, (record) => changed(record, change)),
    async changeAll(change: Omit<NamespaceChange, 'seed' | 'label'>) {
      await starts.change(change)
      return changeEach((record) => changed(record, change))
    },
    async restart(name: string) {
      await write(name, (record) => record && restarted(record))
    },
    async restartAll() {
      await starts.moveClock((clock) => resume(clock, system()))
      await changeEach(restarted)
    },
    async move(change: Move, name?: string): Promise<{ readonly namespace: Namespace; readonly before: number }[]> {
      const at = system()
      const before = new Map<string, number>()
      const moved = (record: NamespaceRecord): NamespaceRecord => {
        before.set(record.name, shows(record.clock, at))
        return { ...record, clock: change(record.clock, at) }
      }
      if (name !== undefined) {
        const namespace = await changeOne(name, moved)
        return [{ namespace, before: before.get(name) ?? at }]
      }
      await starts.moveClock((clock) => change(clock, at))
      await changeEach(moved)
      return [...byName.values()].map((namespace) => ({ namespace, before: before.get(namespace.name) ?? at }))
    },
  }
}
