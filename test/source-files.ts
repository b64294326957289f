import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, relative, resolve } from 'node:path'
import ts from 'typescript'

const root = resolve(import.meta.dirname, '..')

/** A file that is generated, and so neither read nor measured. */
const isGenerated = (path: string) => path.endsWith('.d.ts') && path !== 'src/raw.d.ts'

/** Paths of the source files under a folder, relative to the project. */
export const filesUnder = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesUnder(path)
    return /\.(tsx?|js|css|mjs)$/.test(entry.name) && !isGenerated(path) ? [path] : []
  })

export const foldersUnder = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${folder}/${entry.name}`)

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Specifiers of a file's imports, by the compiler's own scanner: static, dynamic, type-only and re-exporting ones alike. */
export const importsOf = (source: string): string[] =>
  ts.preProcessFile(source, true, true).importedFiles.map((file) => file.fileName)

/** Path of an imported file, relative to the project; undefined for a package. */
export const targetOf = (path: string, specifier: string): string | undefined =>
  specifier.startsWith('.') ? relative(root, resolve(root, path, '..', specifier)) : undefined

/** `node` for Node's own modules, else the package's name. */
export const packageOf = (specifier: string): string => {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node'
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

const parsed = (path: string) => ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest, true)

export interface FunctionLength {
  readonly path: string
  readonly line: number
  readonly lines: number
}

/** Every function of a file with the lines it takes. */
export const functionsOf = (path: string): FunctionLength[] => {
  const file = parsed(path)
  const found: FunctionLength[] = []
  const visit = (node: ts.Node) => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const first = file.getLineAndCharacterOfPosition(node.getStart(file)).line
      const last = file.getLineAndCharacterOfPosition(node.end).line
      found.push({ path, line: first + 1, lines: last - first + 1 })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** Names that a file declares at its top level: constants, functions, types, classes. */
export const namesOf = (path: string): string[] =>
  parsed(path).statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []))
    const { name } = statement as { name?: ts.Node }
    return name && ts.isIdentifier(name) ? [name.text] : []
  })

/** The words of a name or path in lower case: `createHttpServer` → create, http, server. */
export const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')

/** A path of a directed graph that ends where it began, or undefined. */
export const cycleIn = (graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined => {
  const done = new Set<string>()
  const walk = (node: string, path: readonly string[]): readonly string[] | undefined => {
    const at = path.indexOf(node)
    if (at >= 0) return [...path.slice(at), node]
    if (done.has(node)) return undefined
    for (const next of graph.get(node) ?? []) {
      const cycle = walk(next, [...path, node])
      if (cycle) return cycle
    }
    done.add(node)
    return undefined
  }
  for (const node of graph.keys()) {
    const cycle = walk(node, [])
    if (cycle) return cycle
  }
  return undefined
}
