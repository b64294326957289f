import type * as z from 'zod'
import type { Finding } from './audit.ts'
import { printable } from './printable.ts'
import type { audit } from './schema.ts'

/** The audit but for its findings. */
type Summary = Omit<z.input<typeof audit>, 'findings' | 'settled'>

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** The audit as text for a terminal, one payment a paragraph, the payments of `findings` and the number of those that are `left`. */
export function* auditText(summary: Summary, findings: Iterable<Finding>, left: number): Generator<string> {
  const { payments, unsettled, unfired, calls_forgotten } = summary
  const unknown = summary.unknown > 0 ? ` ${summary.unknown} unknown,` : ''
  yield `${counted(payments, 'payment')}, ${unsettled} unsettled,${unknown} ${counted(unfired.length, 'fault')} unfired\n`
  if (!summary.journal) yield 'the journal is off: which answers reached the merchants is not known\n'
  if (calls_forgotten > 0)
    yield `the journal has forgotten ${counted(calls_forgotten, 'call')} for newer ones; --journal-length keeps more\n`
  for (const finding of findings) yield paragraph(finding)
  if (left > 0) yield `\n${left} more payments; limit shows more\n`
  if (unfired.length > 0) yield `\narmed and never fired: ${unfired.join(', ')}\n`
}

const paragraph = (finding: Finding): string => {
  const lines = ['', `${heading(finding)} ${finding.tid} ${printable(finding.partner_order_id)} ${finding.status}`]
  for (const { level, text } of finding.verdicts) lines.push(`  ${level}: ${text}`)
  for (const { at, type, total } of finding.moved) lines.push(`  moved ${at} ${type} ${total} KRW`)
  for (const { time, call, status, text } of finding.answers)
    lines.push(`  answer ${time} ${printable(call)} ${status ?? '–'} ${text}`)
  if (finding.asked_afterwards.length > 0) lines.push(`  then asked: ${printable(finding.asked_afterwards.join(', '))}`)
  return `${lines.join('\n')}\n`
}

const heading = (finding: Finding): string => {
  if (finding.settled) return 'settled  '
  return finding.verdicts[0]?.level === 'unknown' ? 'UNKNOWN  ' : 'UNSETTLED'
}
