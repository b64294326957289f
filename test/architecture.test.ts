import { describe, expect, test } from 'vitest'
import retired from '../tools/retired-words.json' with { type: 'json' }
import {
  cycleIn,
  filesUnder,
  foldersUnder,
  functionsOf,
  importsOf,
  namesOf,
  packageOf,
  targetOf,
  textOf,
  wordsOf,
} from './source-files.ts'

/** Who may import whom. A folder may always import itself. `node` stands for Node's own modules. */
const folders: Record<string, { folders?: string[]; packages?: string[] }> = {
  contracts: { packages: ['zod'] },
  'src/payment': { folders: ['contracts'] },
  // Typed calls of the control API and of KakaoPay's, for the library and for the dashboard.
  'src/client': {},
  // Fixtures for test runners, each published under its own name with an optional peer.
  'src/testing': {
    folders: ['src/client', 'src/index.ts', 'src/intercept'],
    packages: ['node', 'vitest', 'playwright-core', 'msw'],
  },
  'src/store': { folders: ['src/payment'], packages: ['node', 'redis'] },
  'src/endpoints': { folders: ['contracts', 'src/payment', 'src/store'] },
  'src/namespaces': { folders: ['contracts', 'src/payment', 'src/store'], packages: ['node', 'zod'] },
  'src/faults': {
    folders: ['contracts', 'src/payment', 'src/store', 'src/namespaces', 'src/nearest.ts'],
    packages: ['node', 'zod'],
  },
  'src/journal': {
    folders: ['contracts', 'src/payment', 'src/namespaces', 'src/nearest.ts', 'src/store'],
    packages: ['node', 'ulid', 'zod'],
  },
  'src/config': {
    folders: ['contracts', 'src/payment', 'src/namespaces', 'src/nearest.ts', 'src/faults'],
    packages: ['node', 'zod'],
  },
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
    folders: ['contracts', 'src/checkout', 'src/client', 'src/faults', 'src/http', 'src/journal'],
    packages: ['node', 'hono', 'preact', '@preact/signals'],
  },
  // Passes calls on to another server and judges what comes back by the kit's own requirements.
  'src/relay': { folders: ['contracts', 'src/http', 'src/kit', 'src/payment'], packages: ['node'] },
  'src/control': {
    // The control API's own document is served as it is committed.
    folders: [
      'contracts',
      'src/checkout',
      'src/config',
      'src/relay',
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
  'src/intercept': { folders: ['src/http'], packages: ['node', 'pkijs', 'asn1js'] },
  'src/kit': { folders: ['contracts', 'src/faults'], packages: ['node', 'zod', 'playwright-core'] },
}

/** A file fits in one reading. A test tells a story and may be longer. */
const MAX_LINES = 200
const MAX_TEST_LINES = 400
const MAX_FUNCTION_LINES = 70

/** Tables of data may be longer: there is nothing in them to follow. */
const tables: ReadonlySet<string> = new Set([
  'contracts/fields.ts',
  'contracts/refusals.ts',
  'src/config/settings.ts',
  'src/faults/fault-types.ts',
  'src/checkout/words.ts',
])

const folderOf = (path: string) => Object.keys(folders).find((folder) => path.startsWith(`${folder}/`))

/** What the table forbids about one file's imports, as sentences. */
const violations = (path: string, source: string): string[] => {
  const folder = folderOf(path)
  const allowed = folder === undefined ? undefined : folders[folder]
  if (!allowed) return []
  return importsOf(source).flatMap((specifier) => {
    const target = targetOf(path, specifier)
    const needed = target === undefined ? packageOf(specifier) : (folderOf(target) ?? target)
    const isAllowed =
      target === undefined ? allowed.packages?.includes(needed) : needed === folder || allowed.folders?.includes(needed)
    return isAllowed ? [] : [`${path} imports ${target ?? needed}, which ${folder} may not`]
  })
}

const program = ['contracts', 'src', 'tools'].flatMap(filesUnder)
const tests = filesUnder('test')
const isCode = (path: string) => /\.tsx?$/.test(path)

describe('imports', () => {
  test('every folder imports only what the table allows', () => {
    expect(program.flatMap((path) => violations(path, textOf(path)))).toEqual([])
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
    expect(plant("const z = await import('../store/store.ts')")).toHaveLength(1)
    expect(plant("import type { Store } from '../store/store.ts'")).toHaveLength(1)
    expect(plant("import 'node:fs'")).toHaveLength(1)
    expect(plant("import { NOTHING } from './amount.ts'")).toEqual([])
  })

  test('every folder of src is in the table, and the table points in one direction', () => {
    const unlisted = foldersUnder('src').filter((folder) => !(folder in folders) && folder !== 'src/cli')
    expect(unlisted).toEqual([])
    expect(cycleIn(new Map(Object.entries(folders).map(([name, { folders: used = [] }]) => [name, used])))).toBe(
      undefined,
    )
  })

  test('no file imports itself by way of others, type imports included', () => {
    const graph = new Map(
      program
        .filter(isCode)
        .map((path) => [path, importsOf(textOf(path)).flatMap((specifier) => targetOf(path, specifier) ?? [])]),
    )
    expect(cycleIn(graph)).toBe(undefined)
    expect(
      cycleIn(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['b']],
        ]),
      ),
    ).toEqual(['b', 'c', 'b'])
  })
})

describe('names', () => {
  const anywhere = new RegExp(`\\b(?:${retired.anywhere.join('|')})\\b`, 'i')
  const inNames: ReadonlySet<string> = new Set(retired.inNames)

  test('no file, export or type has a retired name', () => {
    const files = [...program, ...tests].flatMap((path) => wordsOf(path).filter((word) => inNames.has(word)))
    const names = program

      .filter(isCode)
      .flatMap((path) =>
        namesOf(path).flatMap((name) => (wordsOf(name).some((word) => inNames.has(word)) ? [`${path}: ${name}`] : [])),
      )
    expect({ files, names }).toEqual({ files: [], names: [] })
    expect(wordsOf('createHttpUtils')).toEqual(['create', 'http', 'utils'])
  })

  test('no retired word stands in a name, comment or message', () => {
    const found = [...program, ...tests].flatMap((path) =>
      textOf(path)
        .split('\n')
        .flatMap((line, i) => (anywhere.test(line) ? [`${path}:${i + 1} ${line.trim()}`] : [])),
    )
    expect(found).toEqual([])
  })
})

describe('sizes', () => {
  test('every file fits in one reading', () => {
    const long = [...program, ...tests]

      .map((path) => ({ path, lines: textOf(path).trimEnd().split('\n').length }))
      .filter(({ path, lines }) => lines > (path.startsWith('test/') ? MAX_TEST_LINES : MAX_LINES))
      .filter(({ path }) => !tables.has(path))
    expect(long).toEqual([])
  })

  test('no function is longer than a screen', () => {
    const long = program.filter(isCode).flatMap(functionsOf)
    expect(long.filter(({ lines }) => lines > MAX_FUNCTION_LINES)).toEqual([])
  })
})
