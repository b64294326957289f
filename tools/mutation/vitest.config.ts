import { defineConfig } from 'vitest/config'

/** The tests that go through these folders without sockets, browsers or other programs, the quick ones first. */
export default defineConfig({
  test: {
    css: true,
    // Mutants are switched while the modules stay loaded: to load them anew for each would take most of the time.
    isolate: false,
    testTimeout: 20_000,
    include: [
      'test/payment/**/*.test.ts',
      'test/endpoints/**/*.test.ts',
      'test/contracts/**/*.test.ts',
      'test/checkout/choice.test.ts',
      'test/http/{bad-input,numeric-ids,strict,refusals}.test.ts',
      'tools/mutation/fixtures.test.ts',
    ],
    exclude: ['test/endpoints/many-ids.test.ts'],
  },
})
