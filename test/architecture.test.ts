import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Who may import whom. A folder may always import itself. `node` stands for Node's own modules. */
const folders: Record<string, { folders?: string[]; packages?: string[] }> = {
  contracts: { packages: ['zod'] },
  'src/payment': { folders: ['contracts'] },
  'src/store': { folders: ['src/payment'], packages: ['node', 'redis'] },
  'src/endpoints': { folders: ['contracts', 'src/payment', 'src/store'] },
  'src/namespaces': { folders: ['contracts', 'src/payment', 'src/store'], packages: ['node', 'zod'] },
  'src/faults': { folders: ['contracts', 'src/payment', 'src/store', 'src/namespaces'], packages: ['node', 'zod'] },
  'src/journal': { folders: ['contracts', 'src/payment', 'src/namespaces'], packages: ['node', 'ulid', 'zod'] },
  'src/config': { folders: ['contracts', 'src/payment', 'src/namespaces', 'src/faults'], packages: ['node', 'zod'] },
  'src/http': {
    folders: ['contracts', 'src/endpoints', 'src/faults', 'src/journal', 'src/namespaces', 'src/payment', 'src/store'],
    packages: ['node', 'hono', '@hono/node-server', 'lossless-json', 'zod'],
  },
  'src/checkout': {
    folders: [
      'contracts',
      'src/endpoints',
      'src/faults',
      'src/http',
      'src/journal',
      'src/namespaces',
      'src/payment',
      'src/store',
    ],
    packages: ['node', 'hono', 'uqr'],
  },
  'src/dashboard': {
    // The payer's page and this one share their colours.
    folders: ['contracts', 'src/checkout', 'src/faults', 'src/journal'],
    packages: ['node', 'hono', 'preact', '@preact/signals'],
  },
  'src/control': {
    // The control API's own document is served as it is committed.
    folders: [
      'contracts',
      'src/checkout',
      'src/dashboard',
      'src/endpoints',
      'src/faults',
      'src/http',
      'src/journal',
      'src/namespaces',
      'src/payment',
      'src/store',
      'control.openapi.yaml?raw',
    ],
    packages: ['node', 'hono', '@hono/zod-openapi', 'zod'],
  },
  'src/intercept': { packages: ['node', 'pkijs', 'asn1js'] },
  'src/kit': { folders: ['contracts', 'src/faults'], packages: ['node', 'zod', 'playwright-core'] },
}

/** A folder without a subject collects whatever fits nowhere else. */
const forbiddenNames = /^(utils?|helpers?|common|shared|core|misc|lib)(\.|$)/

/** A file fits in one reading; a test tells a story and may be longer. */
const MAX_LINES = 300
const MAX_TEST_LINES = 400

const filesUnder = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesUnder(path)
    return /\.(tsx?|js|css|mjs)$/.test(entry.name) ? [path] : []
  })

const folderOf = (path: string) => Object.keys(folders).find((folder) => path.startsWith(`${folder}/`))

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
  const folder = folderOf(path)
  const table = folder === undefined ? undefined : folders[folder]
  if (!table) return []
  return importsOf(source).flatMap((specifier) => {
    if (!specifier.startsWith('.')) {
      const name = packageOf(specifier)
      return table.packages?.includes(name) ? [] : [`${path} imports ${name}, which ${folder} may not`]
    }
    const target = relative(root, resolve(root, path, '..', specifier))
    const other = folderOf(target) ?? target
    return other === folder || table.folders?.includes(other)
      ? []
      : [`${path} imports ${target}, which ${folder} may not`]
  })
}

const sources = ['contracts', 'src', 'test'].flatMap(filesUnder)
const text = (path: string) => readFileSync(join(root, path), 'utf8')

describe('the architecture', () => {
  test('every folder imports only what the table allows', () => {
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

  test('every folder of src is in the table', () => {
    const found = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((e) => e.isDirectory())
    const unlisted = found.map((e) => `src/${e.name}`).filter((folder) => !(folder in folders) && folder !== 'src/cli')
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
