import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../../src/config/config.ts'
import { createMock, type Mock, type Overrides } from '../../src/mock.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'

const limits = { maxPayments: 1000, maxSubscriptions: 1000 }

export interface Opened {
  readonly mock: Mock
  readonly store: Store
}

let prefixes = 0
export const newPrefix = (): string => `test-${process.pid}-${Date.now()}-${++prefixes}:`

export const newFile = (): string => join(mkdtempSync(join(tmpdir(), 'kakaopay-mock-file-')), 'state.db')

/** A mock on an open store of its own, as a process would have it. */
export const openMock = async (
  store: string,
  storePrefix = '',
  config: Partial<Config> = {},
  overrides: Overrides = {},
): Promise<Opened> => {
  const opened = await openStore({ ...limits, ...config, store, storePrefix })
  return { store: opened, mock: createMock(config, { ...overrides, store: opened }) }
}
