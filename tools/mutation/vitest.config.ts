import { defineConfig } from 'vitest/config'

/** The tests that go through these folders without sockets, browsers or other programs. */
export default defineConfig({
  test: {
    css: true,
    include: [
      'test/payment/**/*.test.ts',
      'test/endpoints/**/*.test.ts',
      'test/checkout/{choice,redirect}.test.ts',
      'test/kit/fixtures.test.ts',
    ],
  },
})
