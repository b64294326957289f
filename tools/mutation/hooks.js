import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { transform } from 'esbuild'

/** Lets Node import the project's sources as its bundler does, and `suite.js` in the place of Vitest. */

const suite = new URL('./suite.js', import.meta.url).href

export const resolve = (specifier, context, next) =>
  specifier === 'vitest' ? { url: suite, shortCircuit: true } : next(specifier, context)

const text = (source) => ({ format: 'module', shortCircuit: true, source: `export default ${JSON.stringify(source)}` })

export const load = async (url, context, next) => {
  const [path, query] = url.split('?')
  if (query === 'bundle') return text('')
  if (path.endsWith('.json') && query === undefined)
    return { format: 'json', shortCircuit: true, source: await readFile(fileURLToPath(path), 'utf8') }
  if (query === 'raw' || path.endsWith('.css')) return text(await readFile(fileURLToPath(path), 'utf8'))
  if (!/\.tsx?$/.test(path)) return next(url, context)
  const { code } = await transform(await readFile(fileURLToPath(path), 'utf8'), {
    loader: path.endsWith('x') ? 'tsx' : 'ts',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    target: 'node20',
  })
  return { format: 'module', shortCircuit: true, source: code }
}
