import { describe, expect, test } from 'vitest'
import { type Known, sources } from '../../contracts/evidence.ts'
import { endpoints } from '../../contracts/index.ts'
import { issuers } from '../../contracts/issuers.ts'
import { refusals } from '../../contracts/refusals.ts'
import { rules } from '../../contracts/rules.ts'
import { clientRules } from '../../src/kit/client/rules.ts'
import { loadFixtures } from '../../src/kit/load.ts'

type Graded = readonly [id: string, known: { readonly evidence: string; readonly source: string }]

const grades: ReadonlySet<string> = new Set(['documented', 'observed', 'inferred'])

/** What cites a source that the table does not have, or a grade that does not exist. */
const unsupported = (graded: readonly Graded[]): string[] =>
  graded
    .filter(([, { evidence, source }]) => !Object.hasOwn(sources, source) || !grades.has(evidence))
    .map(([id]) => id)

const byName = (of: Readonly<Record<string, Known>>): Graded[] => Object.entries(of)

describe('evidence', () => {
  test('every rule, refusal, card and fixture cites a source of the table', () => {
    const graded: Graded[] = [
      ...rules,
      ...byName(clientRules),
      ...byName(endpoints),
      ...byName(issuers),
      ...Object.entries(issuers).map(([name, { acquirer }]): Graded => [`${name} acquirer`, acquirer]),
      ...byName(refusals),
      ...Object.entries(refusals).map(([name, { wording }]): Graded => [`${name} wording`, wording]),
      ...loadFixtures().map((fixture): Graded => [fixture.id, fixture]),
    ]
    expect(unsupported(graded)).toEqual([])
    expect(graded.length).toBeGreaterThan(500)
  })

  test('a planted source that does not exist is refused, and so is a grade', () => {
    expect(unsupported([['a.rule', { evidence: 'documented', source: 'hearsay' }]])).toEqual(['a.rule'])
    expect(unsupported([['a.rule', { evidence: 'certain', source: 'forum' }]])).toEqual(['a.rule'])
    expect(unsupported([['a.rule', { evidence: 'inferred', source: 'forum' }]])).toEqual([])
  })

  test('BC is documented as an acquirer and inferred as an issuer', () => {
    const documented = { evidence: 'documented', source: 'single-payment' }
    expect(issuers.BC).toMatchObject({ code: '104', evidence: 'inferred', acquirer: { code: '104', ...documented } })
  })

  test.each([
    ['ready.redirect_scheme_url.max', 'inferred', 'ours'],
    ['ready.install_month.min', 'documented', 'single-payment'],
    ['approve.total_amount.min', 'inferred', 'ours'],
    ['cancel.cancel_vat_amount.min', 'inferred', 'ours'],
    ['cancel.cancel_amount.min', 'inferred', 'agent-toolkit'],
    ['cancel.tid.length', 'documented', 'cancellation'],
    ['order.tid.length', 'documented', 'payment-detail'],
    ['status.sid.length', 'documented', 'subscription-tables'],
    ['subscription.quantity.type', 'documented', 'subscription-tables'],
    ['tid.known', 'inferred', 'error-table'],
    ['sid.known', 'inferred', 'error-table'],
    ['wire.path', 'inferred', 'api-common-guide'],
    ['wire.api', 'documented', 'api-common-guide'],
    ['approve.state.in-time', 'documented', 'payment-common'],
  ])('%s is %s (%s)', (id, evidence, source) => {
    expect(rules.get(id)).toMatchObject({ evidence, source })
  })
})
