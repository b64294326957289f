import type { Failure, Result } from '../result.ts'

/** A server's answer is cut here in reports. */
const MAX_BODY = 600

/** A failure as lines of plain text: what was asked, which promise it is about, what differs, how to see it again. */
export const failureLines = (result: Result): readonly string[] => {
  const { failure, reason } = result
  if (!failure) return reason === undefined ? [] : [reason]
  return [
    ...(reason === undefined ? [] : [reason]),
    `step ${failure.step}: ${failure.act}`,
    ...promiseLines(failure, result),
    ...differenceLines(failure),
    ...(failure.answer ? [`answer: HTTP ${failure.answer.status} ${cut(failure.answer.body)}`] : []),
    ...(failure.curl === '' ? [] : [`again: ${failure.curl}`]),
  ]
}

const promiseLines = ({ promises }: Failure, { evidence, source, level }: Result): readonly string[] =>
  promises.length === 0
    ? [`${level}: known as ${evidence}, from ${source}`]
    : promises.flatMap((p) => [`rule ${p.id}: ${p.sentence}`, `  ${p.evidence}: ${p.source}`])

const differenceLines = ({ differences }: Failure): readonly string[] =>
  differences.flatMap(({ at, expected, actual }) => [`${at}`, `  - expected ${expected}`, `  + came     ${actual}`])

const cut = (text: string) => (text.length > MAX_BODY ? `${text.slice(0, MAX_BODY)}…` : text)

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
export const millis = (ms: number): string => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`
