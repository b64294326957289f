/** Bundles what package.json points to, so that a start reads a few files instead of hundreds. `--types` adds declarations. */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { build } from 'esbuild'

/** `import css from './page.css?raw'` gives the file's text, as Vite does in the tests. */
const raw = {
  name: 'raw',
  setup(b) {
    b.onResolve({ filter: /\?raw$/ }, (a) => ({
      path: resolve(dirname(a.importer), a.path.slice(0, -4)),
      namespace: 'raw',
    }))
    b.onLoad({ filter: /.*/, namespace: 'raw' }, (a) => ({ contents: readFileSync(a.path, 'utf8'), loader: 'text' }))
  },
}

const entries = {
  cli: 'src/cli/main.ts',
  index: 'src/index.ts',
  kit: 'src/kit/index.ts',
  register: 'src/intercept/register.ts',
}

const common = { bundle: true, format: 'esm', platform: 'node', target: 'node20', plugins: [raw], logLevel: 'warning' }

rmSync('dist', { recursive: true, force: true })
await build({
  ...common,
  entryPoints: entries,
  outdir: 'dist',
  splitting: true,
  sourcemap: true,
  // The libraries go into the bundle: to resolve and read their many files took a third of a start. Optional ones stay outside.
  external: ['playwright-core'],
  // Some of them are CommonJS and ask for Node's modules by `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
  minifySyntax: true,
  minifyWhitespace: true,
  chunkNames: 'chunks/[name]-[hash]',
})
// Only the project's own `npm run generate` runs this one, with its development tools beside it.
await build({ ...common, entryPoints: { generate: 'tools/generate.ts' }, outdir: 'dist', packages: 'external' })

if (process.argv.includes('--types')) {
  const args = [
    'tsc',
    '-p',
    'tsconfig.json',
    '--noEmit',
    'false',
    '--emitDeclarationOnly',
    '--declaration',
    '--incremental',
    'false',
    '--outDir',
    'dist/types',
  ]
  process.exitCode = spawnSync('npx', args, { stdio: 'inherit' }).status ?? 1
}
