import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expand } from './expand.ts'
import type { Fixture, FixtureFile } from './fixture.ts'

const SCHEMA = 'fixture.schema.json'

/** The folder `fixtures`, in the first folder upwards that has it: sources and bundle are at different depths. */
export const fixturesFolder = (from: string = dirname(fileURLToPath(import.meta.url))): string => {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'fixtures', SCHEMA))) return join(folder, 'fixtures')
  }
  throw new Error(`no fixtures/${SCHEMA} above ${from}`)
}

/** Every flow of every file, by folder and file name. Throws where two have the same id. */
export const loadFixtures = (folder: string = fixturesFolder()): readonly Fixture[] => {
  const fixtures = jsonFiles(folder).flatMap((name) =>
    expand(JSON.parse(readFileSync(join(folder, name), 'utf8')) as FixtureFile, name),
  )
  const seen = new Map<string, string>()
  for (const { id, file } of fixtures) {
    const other = seen.get(id)
    if (other !== undefined) throw new Error(`fixture id ${id} is in ${other} and in ${file}`)
    seen.set(id, file)
  }
  return fixtures
}

/** A payment's calls first, in their order, so that a report begins with what the others depend on. */
const order = [
  ...['wire', 'cid', 'ready', 'payer', 'approve', 'order', 'cancel', 'subscription', 'inactive', 'status'],
  ...['fault', 'client'],
]

export const jsonFiles = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name) || a.name.localeCompare(b.name))
    .flatMap((entry) =>
      readdirSync(join(folder, entry.name))
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => `${entry.name}/${name}`),
    )
