import { countOutcomes, groupOf, type Outcome, type Run } from '../result.ts'
import { failureLines, headline } from './text.ts'

const statuses: Readonly<Record<Outcome, 'passed' | 'failed' | 'skipped' | 'other'>> = {
  passed: 'passed',
  failed: 'failed',
  'known failure': 'other',
  'not evaluated': 'skipped',
  // Not `other`, which CI servers show as harmless. `extra.outcome` tells it from a broken requirement.
  'harness error': 'failed',
}

/** CTRF JSON, the Common Test Report Format. */
export const ctrfReport = (run: Run): string => {
  const count = countOutcomes(run.results)
  const report = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    results: {
      tool: { name: 'kakaopay-mock' },
      summary: {
        tests: run.results.length,
        passed: count.passed,
        failed: count.failed + count['harness error'],
        pending: 0,
        skipped: count['not evaluated'],
        other: count['known failure'],
        start: run.started,
        stop: Math.round(run.started + run.ms),
      },
      tests: run.results.map((r) => ({
        name: `${r.id}: ${r.title}`,
        status: statuses[r.outcome],
        duration: Math.round(r.ms),
        suite: groupOf(r),
        tags: [r.level, r.evidence],
        ...(r.outcome === 'passed' ? {} : { message: r.reason ?? headline(r), trace: failureLines(r).join('\n') }),
        extra: { id: r.id, outcome: r.outcome, rules: r.rules, source: r.source },
      })),
      environment: { appName: run.target },
    },
  }
  return `${JSON.stringify(report, null, 2)}\n`
}
