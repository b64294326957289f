import type { Audit, Finding } from './audit.ts'

const heading = (finding: Finding): string => {
  if (finding.settled) return 'settled  '
  return finding.verdicts[0]?.level === 'unknown' ? 'UNKNOWN  ' : 'UNSETTLED'
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** The audit as text, one payment a paragraph. */
export const auditText = (audit: Audit): string => {
  const unknown = audit.unknown > 0 ? ` ${audit.unknown} unknown,` : ''
  const lines = [
    `${counted(audit.payments, 'payment')}, ${audit.unsettled} unsettled,${unknown} ${counted(audit.unfired.length, 'fault')} unfired`,
  ]
  if (!audit.journal) lines.push('the journal is off: which answers reached the merchants is not known')
  if (audit.calls_forgotten > 0)
    lines.push(
      `the journal has forgotten ${counted(audit.calls_forgotten, 'call')} for newer ones; --journal-length keeps more`,
    )
  for (const finding of audit.findings) {
    const { tid, partner_order_id, status } = finding
    lines.push('', `${heading(finding)} ${tid} ${partner_order_id} ${status}`)
    for (const { level: grade, text } of finding.verdicts) lines.push(`  ${grade}: ${text}`)
    for (const { at, type, total } of finding.moved) lines.push(`  moved ${at} ${type} ${total} KRW`)
    for (const { time, call, status, text } of finding.answers)
      lines.push(`  answer ${time} ${call} ${status ?? '–'} ${text}`)
    if (finding.asked_afterwards.length > 0) lines.push(`  then asked: ${finding.asked_afterwards.join(', ')}`)
  }
  const left = audit.payments - audit.findings.length
  if (left > 0) lines.push('', `${left} more payments; limit shows more`)
  if (audit.unfired.length > 0) lines.push('', `armed and never fired: ${audit.unfired.join(', ')}`)
  return `${lines.join('\n')}\n`
}
