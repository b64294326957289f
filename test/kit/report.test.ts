import { describe, expect, test } from 'vitest'
import { reports, terminalReport } from '../../src/kit/report/index.ts'
import type { Result, Run } from '../../src/kit/result.ts'

const base = { level: 'must', evidence: 'documented', source: 'cancellation', rules: [], ms: 2 } as const
const results: readonly Result[] = [
  { ...base, id: 'ready/answer.tid-form', title: 'A tid is T and 19 digits.', outcome: 'passed' },
  {
    ...base,
    id: 'cancel/full',
    title: 'A full cancel gives everything back.',
    rules: ['cancel.state.paid'],
    outcome: 'failed',
    failures: [
      {
        step: 4,
        action: 'POST /online/v1/payment/cancel',
        requirements: [
          {
            id: 'cancel.state.paid',
            sentence: 'Only what is paid can be cancelled.',
            level: 'must',
            evidence: 'observed',
            source: 'Table',
            differences: [{ at: 'body.amount.vat', expected: '200', actual: '"<script>alert(1)</script>"' }],
          },
        ],
        script: "curl -sS -X POST 'http://x/'",
        answer: { status: 200, body: '{"a":"<b>]]>`````\u0001"}' },
      },
    ],
  },
  {
    ...base,
    id: 'cancel/part',
    title: 'A part.',
    outcome: 'not evaluated',
    reason: 'needs someone who acts as the payer',
  },
  { ...base, id: 'cancel/old', title: 'An old one.', outcome: 'known failure', reason: 'kept 10 won' },
  {
    ...base,
    id: 'order/paid',
    title: 'A paid one.',
    outcome: 'harness error',
    reason: 'no value is stored as {{tid}}',
  },
]
const run: Run = { target: 'http://127.0.0.1:8585', started: Date.UTC(2026, 0, 1), ms: 1234, results }

const failure = [
  'step 4: POST /online/v1/payment/cancel',
  'rule cancel.state.paid (must): Only what is paid can be cancelled.',
  '  observed: Table',
  'body.amount.vat',
  '  - expected 200',
  '  + came     "<script>alert(1)</script>"',
  'answer: HTTP 200 {"a":"<b>]]>`````\u0001"}',
  "again: curl -sS -X POST 'http://x/'",
]

describe('a report', () => {
  test('for the terminal groups, shows the failing step whole, and says what was not seen', () => {
    expect(terminalReport(run, { color: false, verbose: false })).toBe(
      [
        'Checked http://127.0.0.1:8585',
        '',
        'ready  1 passed  2.0 ms',
        'cancel  1 failed, 1 known failures, 1 not evaluated  6.0 ms',
        '  ✗ cancel/full  A full cancel gives everything back.  (must)',
        ...failure.map((line) => `      ${line}`),
        'order  1 the kit failed  2.0 ms',
        '  ! order/paid  A paid one.',
        '      no value is stored as {{tid}}',
        '',
        'Not evaluated:',
        '     1  needs someone who acts as the payer',
        '',
        '5 flows in 1.23 s: 1 passed, 1 failed, 1 known failures, 1 not evaluated, 1 the kit failed',
        'Time per flow, with others at the same time: 2.0 ms on average; slowest ready/answer.tid-form 2.0 ms, cancel/full 2.0 ms, cancel/part 2.0 ms',
        '',
      ].join('\n'),
    )
  })

  test('for the terminal shows every flow with its time where asked, in colours where they are wanted', () => {
    const text = terminalReport(run, { color: true, verbose: true })
    expect(text).toContain('  \u001b[32m✓\u001b[0m ready/answer.tid-form  A tid is T and 19 digits.  (2.0 ms)\n')
    expect(text).toContain(
      '  \u001b[36m?\u001b[0m cancel/part  A part.  (2.0 ms)\n      needs someone who acts as the payer\n',
    )
  })

  test('as JUnit XML distinguishes a failure from an error, and what was not seen is skipped', () => {
    expect(reports['junit']?.(run)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="KakaoPay contract: http://127.0.0.1:8585" tests="5" failures="1" errors="1" skipped="2" time="0.010">
  <testsuite name="ready" tests="1" failures="0" errors="0" skipped="0" time="0.002">
    <testcase classname="ready" name="ready/answer.tid-form: A tid is T and 19 digits." time="0.002"/>
  </testsuite>
  <testsuite name="cancel" tests="3" failures="1" errors="0" skipped="2" time="0.006">
    <testcase classname="cancel" name="cancel/full: A full cancel gives everything back." time="0.002">
      <failure type="must" message="cancel.state.paid: body.amount.vat">step 4: POST /online/v1/payment/cancel
rule cancel.state.paid (must): Only what is paid can be cancelled.
  observed: Table
body.amount.vat
  - expected 200
  + came     &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot;
answer: HTTP 200 {&quot;a&quot;:&quot;&lt;b&gt;]]&gt;\`\`\`\`\`\uFFFD&quot;}
again: curl -sS -X POST &apos;http://x/&apos;</failure>
    </testcase>
    <testcase classname="cancel" name="cancel/part: A part." time="0.002">
      <skipped message="not evaluated: needs someone who acts as the payer"/>
    </testcase>
    <testcase classname="cancel" name="cancel/old: An old one." time="0.002">
      <skipped message="known failure: kept 10 won"/>
    </testcase>
  </testsuite>
  <testsuite name="order" tests="1" failures="0" errors="1" skipped="0" time="0.002">
    <testcase classname="order" name="order/paid: A paid one." time="0.002">
      <error type="kit" message="no value is stored as {{tid}}">no value is stored as {{tid}}</error>
    </testcase>
  </testsuite>
</testsuites>
`)
  })

  test('as CTRF JSON has the summary and each flow with its outcome in our own words', () => {
    const { results: ctrf, ...head } = JSON.parse(reports['ctrf']?.(run) ?? '')
    expect(head).toEqual({ reportFormat: 'CTRF', specVersion: '0.0.0' })
    expect(ctrf.tool).toEqual({ name: 'kakaopay-mock' })
    expect(ctrf.summary).toEqual({
      tests: 5,
      passed: 1,
      failed: 2,
      pending: 0,
      skipped: 1,
      other: 1,
      start: Date.UTC(2026, 0, 1),
      stop: Date.UTC(2026, 0, 1) + 1234,
    })
    expect(ctrf.tests[0]).toEqual({
      name: 'ready/answer.tid-form: A tid is T and 19 digits.',
      status: 'passed',
      duration: 2,
      suite: 'ready',
      tags: ['must', 'documented'],
      extra: { id: 'ready/answer.tid-form', outcome: 'passed', rules: [], source: 'cancellation' },
    })
    expect(ctrf.tests[1]).toEqual({
      name: 'cancel/full: A full cancel gives everything back.',
      status: 'failed',
      duration: 2,
      suite: 'cancel',
      tags: ['must', 'documented'],
      message: 'cancel.state.paid: body.amount.vat',
      trace: failure.join('\n'),
      extra: { id: 'cancel/full', outcome: 'failed', rules: ['cancel.state.paid'], source: 'cancellation' },
    })
    expect(ctrf.tests.map(({ status }: { status: string }) => status)).toEqual([
      'passed',
      'failed',
      'skipped',
      'other',
      'failed',
    ])
  })

  test('as Markdown has a fence that an answer cannot end', () => {
    const text = reports['markdown']?.(run) ?? ''
    expect(text).toContain('| cancel | 0 | 1 | 1 | 1 | 0 |\n')
    expect(text).toContain(['``````text', ...failure, '``````'].join('\n'))
    expect(text).toContain('- `cancel/part` (not evaluated): needs someone who acts as the payer\n')
    expect(text).toContain('| `order/paid` | harness error | 2.0 ms |\n')
  })

  test('as HTML is one page that shows what a server sent as text and asks for nothing', () => {
    const page = reports['html']?.(run) ?? ''
    expect(page).toContain('&quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot;')
    expect(page).not.toMatch(/<script|\bsrc=|\bhref=|url\(|@import/i)
    expect(page).toContain("default-src 'none'")
    expect(page).toContain('<li><b class="failed">1</b>failed</li>')
    expect(page.match(/<details open>/g)).toHaveLength(2)
  })
})
