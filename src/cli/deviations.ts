import { flag } from '../config/option.ts'
import { defineCommand, UsageError } from './command.ts'
import { FAILED } from './exit-codes.ts'
import { printable } from './printable.ts'
import { askMock, MockUnreachable, mockFlags, mockSettings, mockUrl } from './running-mock.ts'

/** Time for the answer, in ms. */
const TIMEOUT_MS = 15_000

interface Answer {
  readonly relay: boolean
  readonly dropped: number
  readonly deviations: readonly {
    readonly call: string
    readonly rule: string
    readonly evidence: string
    readonly source: string
    readonly at: string
    readonly expected: string
    readonly actual: string
    readonly count: number
  }[]
}

export const deviations = defineCommand({
  name: 'deviations',
  usage: ['[URL] [flags]'],
  about: `Asks GET /_mock/deviations of a mock that was started with --relay: where the server behind it behaves otherwise than the contract, with
the rule, how well the rule is known, and what came instead.`,
  flags: { ...mockFlags, json: flag(false, 'Print the answer as JSON.') },
  settings: mockSettings,
  exits: { 0: 'nothing differs', 1: 'something differs', 3: 'the mock does not answer' },
  examples: `
  kakaopay-mock serve --relay https://open-api.kakaopay.com --record recorded.json
  kakaopay-mock deviations`,
  async act(input, io) {
    const { rest, flags, config } = input
    if (rest.length > 1)
      throw new UsageError('deviations takes one URL at the most; see kakaopay-mock deviations --help')
    const base = mockUrl(input, io, rest[0])
    const response = await askMock(base, '/_mock/deviations', config, { timeoutMs: TIMEOUT_MS })
    const text = await response.text()
    if (!response.ok)
      throw new MockUnreachable(`${base} has no deviations: HTTP ${response.status} ${text.slice(0, 300)}`)
    const answer = JSON.parse(text) as Answer
    io.stdout.write(flags.json ? `${text.trimEnd()}\n` : printable(linesOf(answer)))
    return answer.deviations.length === 0 ? 0 : FAILED
  },
})

const linesOf = ({ relay, deviations, dropped }: Answer): string => {
  const head = relay ? [] : ['this mock passes nothing on: start it with --relay URL']
  const lines = deviations.flatMap(({ call, rule, evidence, source, at, expected, actual, count }) => [
    `${call}  ${rule}  ${evidence} (${source})  ${count === 1 ? 'once' : `${count} times`}`,
    `  ${at}: expected ${expected.replace(/^expected /, '')}, was ${actual}`,
  ])
  const total = deviations.length === 1 ? '1 deviation' : `${deviations.length} deviations`
  return `${[...head, ...lines, dropped > 0 ? `${total}, ${dropped} more not kept` : total].join('\n')}\n`
}
