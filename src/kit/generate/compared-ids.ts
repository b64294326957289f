import { refusals } from '../../../contracts/refusals.ts'
import { rules } from '../../../contracts/rules.ts'
import type { Fixture } from '../fixture.ts'
import { standard, stepsBefore } from './base.ts'
import { generated } from './fields.ts'

/** Longer than what a server might cut it to before it compares. */
const RIGHT = `Compared-id-${'1'.repeat(40)}`

/** Ids that a careless comparison takes for the one that was sent to ready. */
const almost: Readonly<Record<string, (id: string) => string>> = {
  'in-upper-case': (id) => id.toUpperCase(),
  'with-a-space': (id) => `${id} `,
  'with-a-space-before': (id) => ` ${id}`,
  'one-shorter': (id) => id.slice(0, -1),
  'one-longer': (id) => `${id}0`,
}

const compared = [
  ['approve', 'partner_order_id'],
  ['approve', 'partner_user_id'],
  ['subscription', 'partner_user_id'],
] as const

/** The merchant's ids are compared to the letter. */
export const comparedIds = (): readonly Fixture[] =>
  compared.flatMap(([call, field]) =>
    Object.entries(almost).flatMap(([how, change]): readonly Fixture[] => {
      const rule = rules.get(`${call}.${field}.equal`)
      if (!rule) return []
      const { status, error_code } = refusals[rule.refusal]
      const before = stepsBefore(call, { [field]: RIGHT }, { [field]: RIGHT })
      const send = { ...standard[call], [field]: change(RIGHT) }
      const title = `${call} refuses ${field} that is the right one ${how.replaceAll('-', ' ')}: ${rule.sentence}`
      const steps = [...before, { call, send, expect: { status, body: { error_code } } }]
      return [generated(`history/${call}.${field}.${how}`, title, rule, [rule.id], steps)]
    }),
  )
