import { readFileSync, writeFileSync } from 'node:fs'
import { defineCommand, type Io, UsageError } from './command.ts'
import { FAILED } from './exit-codes.ts'
import { printable } from './printable.ts'
import { askMock, MockUnreachable, mockFlags, mockSettings, mockUrl } from './running-mock.ts'

/** Time for the answer in ms: a state may be large. */
const TIMEOUT_MS = 60_000
const PATH = '/_mock/state'

const exits = { 1: 'it was refused, and nothing was changed', 3: 'the mock does not answer' }

export const exportState = defineCommand({
  name: 'state export',
  usage: ['[FILE] [flags]'],
  about: `Writes what a running mock keeps as JSON, to FILE or to stdout: payments, subscriptions, applications, namespaces and fault rules, an item a line,
without secret keys. The journal is not part of it.`,
  flags: mockFlags,
  settings: mockSettings,
  exits,
  examples: `
  kakaopay-mock state export yesterday.json
  kakaopay-mock state export --url http://127.0.0.1:9000 | gzip > yesterday.json.gz`,
  async act(input, io) {
    const [file, ...more] = input.rest
    if (more.length > 0) throw new UsageError('state export takes one file; see kakaopay-mock state export --help')
    const base = mockUrl(input, io)
    const response = await askMock(base, PATH, input.config, { timeoutMs: TIMEOUT_MS })
    const text = await response.text()
    if (!response.ok)
      throw new MockUnreachable(`${base} cannot be exported: HTTP ${response.status} ${printable(text.slice(0, 300))}`)
    if (file === undefined) io.stdout.write(text)
    else asUsage(file, () => writeFileSync(file, text))
    return 0
  },
})

export const importState = defineCommand({
  name: 'state import',
  usage: ['FILE [flags]'],
  about: `Puts the state of FILE ("-" for stdin) in the place of all that a running mock keeps, or says which line is wrong and changes nothing. A file written
by hand names what matters; the rest is filled in, and an instant may be a time ago, such as -1d. Its schema is kakaopay-mock/state.schema.json.`,
  flags: mockFlags,
  settings: mockSettings,
  exits,
  examples: `
  kakaopay-mock state import yesterday.json
  kakaopay-mock serve --state yesterday.json       the same at start, where nothing is kept yet`,
  async act(input, io) {
    const [file, ...more] = input.rest
    if (file === undefined || more.length > 0)
      throw new UsageError('state import takes one file; see kakaopay-mock state import --help')
    const body = asUsage(file, () => readFileSync(file === '-' ? 0 : file, 'utf8'))
    const base = mockUrl(input, io)
    const response = await askMock(base, PATH, input.config, { body, method: 'PUT', timeoutMs: TIMEOUT_MS })
    return print(file, response.status, await response.text(), io)
  },
})

const print = (file: string, status: number, text: string, io: Io): number => {
  if (status === 200) {
    const counts = Object.entries(JSON.parse(text) as Record<string, number>).map(([what, count]) => `${count} ${what}`)
    io.stdout.write(`imported ${counts.join(', ')}\n`)
    return 0
  }
  io.stderr.write(`kakaopay-mock: ${file}: ${printable(messageOf(text))}\n`)
  return FAILED
}

const messageOf = (text: string): string => {
  try {
    const { error_message } = JSON.parse(text) as { error_message?: unknown }
    return typeof error_message === 'string' ? error_message.replace(/^(the )?body, /, '') : text.slice(0, 300)
  } catch {
    return text.slice(0, 300)
  }
}

/** A file that cannot be read or written is a wrong argument. */
const asUsage = <T>(file: string, act: () => T): T => {
  try {
    return act()
  } catch (error) {
    throw new UsageError(`cannot use ${file}: ${(error as Error).message}`)
  }
}
