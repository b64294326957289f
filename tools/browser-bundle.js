import { build } from 'esbuild'

/**
 * The dashboard's components as one script. `import script from './browser/main.tsx?bundle'` gives its text: the bundler (build.js) and the
 * test runner (vitest.config.ts) both come here, so no generated file can be out of date.
 */
export const browserBundle = async (entry) => (await browserBuild(entry)).outputFiles[0].text

/** The same with the list of its inputs, for the licences of what is bundled. */
export const browserBuild = (entry) =>
  build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  })
