import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Who may import whom. A room may always import itself. `node` stands for Node's own modules. */
const rooms: Record<string, { rooms?: string[]; packages?: string[] }> = {
  contracts: { packages: ['zod'] },
  'src/payment': {},
  'src/store': { rooms: ['src/payment'], packages: ['node'] },
  'src/endpoints': { rooms: ['contracts', 'src/payment', 'src/store'] },
  'src/control': { rooms: ['contracts', 'src/payment', 'src/store'], packages: ['node', 'ulid', 'zod'] },
  'src/http': {
    // The control API's own document is served as it is committed.
    rooms: ['contracts', 'src/endpoints', 'src/control', 'src/payment', 'src/store', 'control.openapi.yaml?raw'],
    packages: ['node', 'hono', '@hono/node-server', '@hono/zod-openapi', 'uqr', 'zod'],
  },
  'src/intercept': { packages: ['node', 'pkijs', 'asn1js'] },
  'src/kit': { rooms: ['contracts'], packages: ['node', 'zod', 'playwright-core'] },
}

/** Rooms without a subject become corridors. */
const forbiddenNames = /^(utils?|helpers?|common|shared|core|misc|lib)(\.|$)/

/** A file fits in one reading; a test tells a story and may be longer. */
const MAX_LINES = 300
const MAX_TEST_LINES = 400

const filesUnder = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesUnder(path)
    return /\.(ts|js|css|mjs)$/.test(entry.name) ? [path] : []
  })

const roomOf = (path: string) => Object.keys(rooms).find((room) => path.startsWith(`${room}/`))

/** Read by the compiler's own scanner: static, dynamic and re-exporting imports alike. */
const importsOf = (source: string): string[] =>
  ts.preProcessFile(source, true, true).importedFiles.map((f) => f.fileName)

const packageOf = (specifier: string): string => {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node'
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** What the table forbids about one file's imports, as sentences. */
const violations = (path: string, source: string): string[] => {
  const room = roomOf(path)
  const table = room === undefined ? undefined : rooms[room]
  if (!table) return []
  return importsOf(source).flatMap((specifier) => {
    if (!specifier.startsWith('.')) {
      const name = packageOf(specifier)
      return table.packages?.includes(name) ? [] : [`${path} imports ${name}, which ${room} may not`]
    }
    const target = relative(root, resolve(root, path, '..', specifier))
    const other = roomOf(target) ?? target
    return other === room || table.rooms?.includes(other) ? [] : [`${path} imports ${target}, which ${room} may not`]
  })
}

const sources = ['contracts', 'src', 'test'].flatMap(filesUnder)
const text = (path: string) => readFileSync(join(root, path), 'utf8')

describe('the architecture', () => {
  test('every room imports only what the table allows', () => {
    expect(sources.flatMap((path) => violations(path, text(path)))).toEqual([])
  })

  test('a planted wrong import is found, in each form that an import can take', () => {
    const plant = (line: string) => violations('src/payment/amount.ts', `${line}\n`)
    expect(plant("import { Hono } from 'hono'")).toEqual([
      'src/payment/amount.ts imports hono, which src/payment may not',
    ])
    expect(plant("import {\n  x,\n} from '../http/app.ts'")).toEqual([
      'src/payment/amount.ts imports src/http/app.ts, which src/payment may not',
    ])
    expect(plant("export { y } from '../store/store.ts'")).toHaveLength(1)
    expect(plant("const z = await import('../../contracts/index.ts')")).toHaveLength(1)
    expect(plant("import 'node:fs'")).toHaveLength(1)
    expect(plant("import { NOTHING } from './amount.ts'")).toEqual([])
  })

  test('every room of the table exists and every folder of src is in the table', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((e) => e.isDirectory())
    const unlisted = folders.map((e) => `src/${e.name}`).filter((room) => !(room in rooms) && room !== 'src/cli')
    expect(unlisted).toEqual([])
  })

  test('nothing is named after no subject', () => {
    const named = sources.filter((path) => path.split('/').some((part) => forbiddenNames.test(part)))
    expect(named).toEqual([])
    expect(forbiddenNames.test('utils.ts')).toBe(true)
  })

  test('every file fits in one reading', () => {
    const long = sources
      .filter((path) => !path.endsWith('.d.ts'))
      .map((path) => ({ path, lines: text(path).split('\n').length }))
      .filter(({ path, lines }) => lines > (path.startsWith('test/') ? MAX_TEST_LINES : MAX_LINES))
    expect(long).toEqual([])
  })
})
