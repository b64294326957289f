import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { analyse } from 'scslre'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { needs } from './needs.ts'
import { filesUnder } from './source-files.ts'

const root = resolve(import.meta.dirname, '..')

/** Every pattern that stands in a file, with its line. A pattern that is put together at run time escapes what it is put together from. */
const patternsOf = (path: string) => {
  const file = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true)
  const found: { readonly at: string; readonly pattern: RegExp }[] = []
  const visit = (node: ts.Node) => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      const { line } = file.getLineAndCharacterOfPosition(node.getStart())
      found.push({ at: `${path}:${line + 1}`, pattern: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)) })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** Texts for which a pattern takes more than linear time. */
const superLinear = (pattern: RegExp): string[] =>
  analyse(pattern).reports.map(
    ({ type, exponential, character }) => `${type} ${exponential ? 'exponential' : 'polynomial'} ${character.pick}`,
  )

test.skipIf(!needs('time'))('no pattern takes more than linear time, whatever it is matched with', () => {
  const patterns = ['contracts', 'src']
    .flatMap(filesUnder)
    .filter((path) => /\.(ts|tsx|js)$/.test(path))
    .flatMap(patternsOf)
  expect(patterns.length).toBeGreaterThan(100)
  const slow = patterns.map(({ at, pattern }) => ({ at, pattern: String(pattern), slow: superLinear(pattern) }))
  expect(slow.filter((p) => p.slow.length > 0)).toEqual([])
})

test.each([/\s+$/, /^(a+)+$/, /^\s*(.*?)\s*$/])('%s would be found', (pattern) => {
  expect(superLinear(pattern)).not.toEqual([])
})
