import { countOutcomes, grouped, type Result, type Run } from '../result.ts'
import { failureLines, millis, seconds } from './text.ts'

/** Markdown for a pull request or a job summary: a table of counts, the failed flows, then those that were not evaluated. */
export const markdownReport = (run: Run): string => {
  const rows = [...grouped(run.results)].map(([group, results]) => {
    const c = countOutcomes(results)
    return `| ${group} | ${c.passed} | ${c.failed} | ${c['known failure']} | ${c['not evaluated']} | ${c['harness error']} |`
  })
  const failed = run.results.filter((r) => r.outcome === 'failed' || r.outcome === 'harness error')
  const unevaluated = run.results.filter((r) => r.outcome === 'not evaluated' || r.outcome === 'known failure')
  return [
    '# KakaoPay contract',
    '',
    `${plain(run.target)}, ${new Date(run.started).toISOString()}, ${run.results.length} flows in ${seconds(run.ms)}`,
    '',
    '| group | passed | failed | known failure | not evaluated | the kit failed |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    ...(failed.length === 0 ? [] : ['## Failed', '', ...failed.flatMap(section)]),
    ...(unevaluated.length === 0 ? [] : ['## Not evaluated', '', ...unevaluated.map(item), '']),
    '## Time per flow',
    '',
    '| flow | outcome | time |',
    '|---|---|---|',
    ...run.results.map((r) => `| \`${r.id}\` | ${r.outcome} | ${millis(r.ms)} |`),
    '',
  ].join('\n')
}

const section = (r: Result): readonly string[] => [
  `### \`${r.id}\` (${r.level})`,
  '',
  plain(r.title),
  '',
  ...fenced(failureLines(r).join('\n')),
  '',
]

/** A fence longer than any run of backticks in the text, so that an answer cannot end it. */
const fenced = (text: string): readonly string[] => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}text`, text, fence]
}

const item = (r: Result) => `- \`${r.id}\` (${r.outcome}): ${plain(r.reason ?? '')}`

const plain = (text: string) => text.replaceAll('<', '&lt;').replaceAll('\n', ' ')
