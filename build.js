/**
 * Bundles what package.json points to, so that a start reads a few files instead of hundreds: `node build.js`. With `--all` it adds
 * declarations, licences and a bill of materials. With `--clean`, as for `npm pack`, it leaves nothing of earlier builds.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { browserBundle } from './tools/browser-bundle.js'

/** `import css from './page.css?raw'` gives the file's text, as Vite does in the tests. */
export const raw = {
  name: 'raw',
  setup(b) {
    b.onResolve({ filter: /\?raw$/ }, (a) => ({
      path: resolve(dirname(a.importer), a.path.slice(0, -4)),
      namespace: 'raw',
    }))
    b.onLoad({ filter: /.*/, namespace: 'raw' }, (a) => ({
      contents: readFileSync(a.path, 'utf8'),
      loader: 'text',
      watchFiles: [a.path],
    }))
  },
}

/** `import script from './main.tsx?bundle'` gives what a browser runs: the module with everything that it imports. */
export const browser = {
  name: 'browser',
  setup(b) {
    b.onResolve({ filter: /\?bundle$/ }, (a) => ({
      path: resolve(dirname(a.importer), a.path.slice(0, -7)),
      namespace: 'browser',
    }))
    b.onLoad({ filter: /.*/, namespace: 'browser' }, async (a) => ({
      contents: await browserBundle(a.path),
      loader: 'text',
    }))
  },
}

/** Zod's messages in fifty languages: nothing here shows one of them, and to read them took a tenth of a start. */
const oneLocale = {
  name: 'one-locale',
  setup(b) {
    b.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
    }))
  },
}

const { peerDependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

/** What can be imported, each with its declarations. */
const library = {
  index: 'src/index.ts',
  kit: 'src/kit/index.ts',
  register: 'src/intercept/register.ts',
  vitest: 'src/testing/vitest.ts',
  playwright: 'src/testing/playwright.ts',
  msw: 'src/testing/msw.ts',
  testcontainers: 'src/testing/testcontainers.ts',
}

/** Writes the bundles into `outdir`. */
const bundle = (outdir) =>
  build({
    entryPoints: { cli: 'src/cli/main.ts', ...library },
    metafile: true,
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    plugins: [raw, browser, oneLocale],
    logLevel: 'warning',
    splitting: true,
    // The libraries go into the bundle, so the package has no dependencies: to resolve and read their many files took a third of a start.
    external: Object.keys(peerDependencies),
    // Some of them are CommonJS and ask for Node's modules by `require`.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
    },
    minifySyntax: true,
    minifyWhitespace: true,
    chunkNames: 'chunks/[name]-[hash]',
  })

/** What an earlier build left stays for a day, since a server that runs from it reads its chunks when it first needs them. */
const KEPT_MS = 24 * 60 * 60 * 1000

const filesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile())
    : []

/** Puts each new file in its place at once, chunks before the entries that name them, and removes what is old. */
const swapIn = (from, to, clean) => {
  const fresh = filesIn(from)
    .sort((a, b) => a.split('/').length - b.split('/').length)
    .reverse()
  for (const name of fresh) {
    mkdirSync(dirname(join(to, name)), { recursive: true })
    renameSync(join(from, name), join(to, name))
  }
  const isOld = (name) =>
    clean || (name.startsWith('chunks') && statSync(join(to, name)).mtimeMs < Date.now() - KEPT_MS)
  for (const name of filesIn(to)) if (!fresh.includes(name) && isOld(name)) rmSync(join(to, name))
  rmSync(from, { recursive: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const beside = `dist/.build-${process.pid}`
  const { metafile } = await bundle(beside)
  if (process.argv.includes('--all')) {
    // Only then, since it reads the compiler and takes seconds.
    const { writeDeclarations, writeNotices } = await import('./tools/package.js')
    await writeDeclarations(library, beside, process.argv.includes('--clean'))
    await writeNotices(metafile, beside)
  }
  swapIn(beside, 'dist', process.argv.includes('--clean'))
}
