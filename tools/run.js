/** Runs one of the project's TypeScript tools: `node tools/run.js generate`. Bundled first, since Node 20 does not read TypeScript. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { browser, raw } from '../build.js'

const root = resolve(import.meta.dirname, '..')
const name = process.argv[2]
// Below the project's folder, so that the bundle finds node_modules and fixtures/.
const outfile = resolve(root, `node_modules/.cache/tools/${name}.mjs`)
await build({
  entryPoints: [resolve(root, `tools/${name}.ts`)],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  plugins: [raw, browser],
  logLevel: 'warning',
})
await import(pathToFileURL(outfile).href)
