import { flag, optional, string } from '../config/option.ts'
import { defineCommand, UsageError } from './command.ts'
import { FAILED, UNDECIDED } from './exit-codes.ts'
import { printable } from './printable.ts'
import { askMock, MockUnreachable, mockFlags, mockSettings, mockUrl } from './running-mock.ts'

/** Time for the answer, in ms. */
const TIMEOUT_MS = 15_000

interface Answer {
  readonly unsettled: number
  readonly unknown: number
  readonly unfired: readonly string[]
}

export const audit = defineCommand({
  name: 'audit',
  usage: ['[URL] [flags]'],
  about: `Asks GET /_mock/audit of a running mock: for each payment what was charged, what the merchant's client received, and what it asked
afterwards.`,
  flags: {
    ...mockFlags,
    failUnfired: flag(false, 'Exit code 1 also when a fault rule was armed and never fired.'),
    namespace: optional(string('', 'NAME', 'Only this namespace, by its public name or its secret key.')),
    json: flag(false, 'Print the answer as JSON.'),
  },
  settings: mockSettings,
  exits: {
    0: 'every payment is settled',
    1: 'a payment is unsettled',
    3: 'the mock does not answer',
    4: 'unknown: the journal no longer has the calls that would settle a payment',
  },
  examples: `
  kakaopay-mock audit
  kakaopay-mock audit http://127.0.0.1:9000 --fail-unfired
  kakaopay-mock audit --namespace ns_839ea7e6ae57 --json`,
  async act(input, io) {
    const { rest, flags, config } = input
    if (rest.length > 1) throw new UsageError('audit takes one URL at the most; see kakaopay-mock audit --help')
    if (flags.namespace === '') throw new UsageError('--namespace needs a value; see kakaopay-mock audit --help')
    const base = mockUrl(input, io, rest[0])
    const headers = flags.namespace === undefined ? {} : { 'x-kakaopay-mock-namespace': flags.namespace }
    const ask = async (form: 'json' | 'text') => {
      const response = await askMock(base, `/_mock/audit?as=${form}`, config, { headers, timeoutMs: TIMEOUT_MS })
      const text = await response.text()
      if (!response.ok)
        throw new MockUnreachable(`${base} cannot be audited: HTTP ${response.status} ${text.slice(0, 300)}`)
      return text
    }
    const json = await ask('json')
    io.stdout.write(flags.json ? `${json}\n` : printable(await ask('text')))
    return exitCodeOf(JSON.parse(json), flags.failUnfired)
  },
})

const exitCodeOf = ({ unsettled, unknown, unfired }: Answer, failUnfired: boolean): number => {
  if (unsettled > 0 || (failUnfired && unfired.length > 0)) return FAILED
  return unknown > 0 ? UNDECIDED : 0
}
