/** Bundles what package.json points to, so that a start reads a few files instead of hundreds. `--types` adds declarations. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
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
  generate: 'src/cli/generate.ts',
}

rmSync('dist', { recursive: true, force: true })
await build({
  entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [raw],
  logLevel: 'warning',
})

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
