import { countOutcomes, grouped, type Outcome, type Result, type Run } from '../result.ts'
import { failureLines, millis, seconds } from './text.ts'

export interface TerminalOptions {
  readonly color: boolean
  /** Every flow with its time, instead of the sum of each group. */
  readonly verbose: boolean
}

const marks: Readonly<Record<Outcome, string>> = {
  passed: '✓',
  failed: '✗',
  'known failure': '~',
  'not evaluated': '?',
  'harness error': '!',
}
const colors: Readonly<Record<Outcome, number>> = {
  passed: 32,
  failed: 31,
  'known failure': 33,
  'not evaluated': 36,
  'harness error': 35,
}

const SLOWEST = 3

/** Groups with their counts, each failing step, what could not be evaluated and why, times. */
export const terminalReport = (run: Run, { color, verbose }: TerminalOptions): string => {
  const paint = (outcome: Outcome, text: string) => (color ? `\u001b[${colors[outcome]}m${text}\u001b[0m` : text)
  const line = (r: Result) =>
    `  ${paint(r.outcome, marks[r.outcome])} ${r.id}  ${r.title}${r.outcome === 'failed' ? `  (${r.level})` : ''}${verbose ? `  (${millis(r.ms)})` : ''}`
  const groups = [...grouped(run.results)].flatMap(([group, results]) => {
    const shown = results.filter((r) => verbose || r.outcome === 'failed' || r.outcome === 'harness error')
    return [
      `${group}  ${counts(results)}  ${millis(sum(results))}`,
      ...shown.flatMap((r) => [line(r), ...(r.outcome === 'passed' ? [] : failureLines(r).map((l) => `      ${l}`))]),
    ]
  })
  return [`Checked ${run.target}`, '', ...groups, '', ...unevaluated(run.results), ...closing(run)].join('\n')
}

const sum = (results: readonly Result[]) => results.reduce((total, { ms }) => total + ms, 0)

const counts = (results: readonly Result[]): string => {
  const count = countOutcomes(results)
  const words: [Outcome, string][] = [
    ['passed', 'passed'],
    ['failed', 'failed'],
    ['known failure', 'known failures'],
    ['not evaluated', 'not evaluated'],
    ['harness error', 'the kit failed'],
  ]
  return words
    .filter(([outcome]) => count[outcome] > 0)
    .map(([outcome, word]) => `${count[outcome]} ${word}`)
    .join(', ')
}

/** What was not evaluated, by reason. */
const unevaluated = (results: readonly Result[]): readonly string[] => {
  const reasons = new Map<string, number>()
  for (const { outcome, reason = '' } of results)
    if (outcome === 'not evaluated') reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return reasons.size === 0
    ? []
    : ['Not evaluated:', ...[...reasons].map(([reason, n]) => `  ${String(n).padStart(4)}  ${reason}`), '']
}

const closing = ({ results, ms }: Run): readonly string[] => {
  const slowest = [...results].sort((a, b) => b.ms - a.ms).slice(0, SLOWEST)
  return [
    `${results.length} flows in ${seconds(ms)}: ${counts(results)}`,
    `Time per flow, with others at the same time: ${millis(sum(results) / Math.max(1, results.length))} on average; slowest ${slowest.map((r) => `${r.id} ${millis(r.ms)}`).join(', ')}`,
    '',
  ]
}
