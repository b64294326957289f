import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { foldersUnder } from '../source-files.ts'

const page = readFileSync('docs/architecture.md', 'utf8')

/** Paths in backticks. A name without a folder is one of src/http, which the walk in question is about. */
const named = [...page.matchAll(/`([\w./-]+\.(?:ts|tsx|yaml)|(?:src|contracts|fixtures|tools)\/[\w/-]*)`/g)].map(
  ([, path = '']) => (path.includes('/') || existsSync(path) ? path : `src/http/${path}`),
)

test('every file and folder that the page names exists', () => {
  expect(named.length).toBeGreaterThan(40)
  expect(named.filter((path) => !existsSync(path))).toEqual([])
})

test('every folder of src is in its table', () => {
  expect(foldersUnder('src').filter((folder) => !page.includes(`| \`${folder}/\` |`))).toEqual([])
})
