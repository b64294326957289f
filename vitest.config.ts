import { defineConfig } from 'vitest/config'
import { installedTools } from './test/needs.ts'
import { browserBundle } from './tools/browser-bundle.js'

/** `import script from './main.tsx?bundle'` gives what a browser runs, as build.js does. */
const browser = {
  name: 'browser',
  enforce: 'pre' as const,
  async load(id: string) {
    return id.endsWith('?bundle') ? `export default ${JSON.stringify(await browserBundle(id.slice(0, -7)))}` : null
  },
}

/**
 * `npm test` runs what npm alone can run. `npm run test:all` (mode `all`) adds the tests that need a browser, another language or minutes.
 * The project `architecture` is what `npm run check` runs; `product` is everything else.
 */
export default defineConfig(({ mode }) => {
  // The workers inherit it. Each project reads this file again, in a mode of its own: the first reading counts.
  process.env['TEST_TOOLS'] ??= mode === 'all' ? installedTools().join() : ''
  return {
    plugins: [browser],
    test: {
      testTimeout: 20_000,
      // Without this a style sheet that is imported as text arrives empty.
      css: true,
      env: { NODE_ENV: 'test' },
      // Test files share a worker's modules: to load them anew for each file took a third of the run.
      pool: 'threads',
      isolate: false,
      // Many tests wait for a process or a time-out: by default one core would stay idle.
      maxWorkers: '100%',
      reporters: ['default', './test/summary.ts'],
      projects: [
        { extends: true, test: { name: 'architecture', include: ['test/architecture.test.ts'] } },
        {
          extends: true,
          test: { name: 'product', include: ['test/**/*.test.ts'], exclude: ['test/architecture.test.ts'] },
        },
      ],
    },
  }
})
