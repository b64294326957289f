import { defineConfig } from 'vitest/config'

/** `architecture` is what `npm run check` runs; `product` is everything else. */
export default defineConfig({
  test: {
    testTimeout: 20_000,
    // Without this a style sheet that is imported as text arrives empty.
    css: true,
    projects: [
      { extends: true, test: { name: 'architecture', include: ['test/architecture.test.ts'] } },
      {
        extends: true,
        test: { name: 'product', include: ['test/**/*.test.ts'], exclude: ['test/architecture.test.ts'] },
      },
    ],
  },
})
