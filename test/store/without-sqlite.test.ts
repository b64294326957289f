import { expect, test } from 'vitest'
import { startServer } from '../../src/server.ts'
import { hasSqlite } from './drivers.ts'

test.skipIf(hasSqlite)('where Node has no SQLite, a start is refused in one line', async () => {
  await expect(startServer({ port: 0, store: 'sqlite:/nowhere/state.db' })).rejects.toThrow(
    /^--store: the sqlite store needs Node 22\.13 or later; this is [\d.]+\. use --store memory$/,
  )
})
