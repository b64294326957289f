import { countOutcomes, grouped, type Outcome, outcomes, type Result, type Run } from '../result.ts'
import { xml as escaped } from './junit.ts'
import { failureLines, millis, seconds } from './text.ts'

const words: Readonly<Record<Outcome, string>> = {
  passed: 'passed',
  failed: 'failed',
  'known failure': 'known failure',
  'not evaluated': 'not evaluated',
  'harness error': 'the kit failed',
}

const STYLE = `
:root { color-scheme: light dark; --line: #d5d8dd; --bad: #b3261e; --good: #1a7f4b; --dim: #5c6570; --odd: #8a5a00; --back: #fff; --ink: #16191d }
@media (prefers-color-scheme: dark) { :root { --line: #3a3f46; --bad: #ff8a80; --good: #6fd6a0; --dim: #a4adb8; --odd: #f0c46a; --back: #14171a; --ink: #e9ecef } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; background: var(--back); color: var(--ink) }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
.sum { display: flex; flex-wrap: wrap; gap: 1rem; list-style: none; padding: 0 }
.sum b { font-size: 1.5rem; display: block }
details, .flow { border-top: 1px solid var(--line); padding: .35rem 0 }
summary, .flow { display: flex; gap: .75rem; align-items: baseline } summary { cursor: pointer }
.mark { flex: 0 0 8.5rem; font-size: .85rem } .time { margin-left: auto; color: var(--dim); font-variant-numeric: tabular-nums; white-space: nowrap }
code { font-size: .85rem; color: var(--dim); overflow-wrap: anywhere }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid var(--line); padding-left: 1rem }
.passed { color: var(--good) } .failed, .harness-error { color: var(--bad) } .known-failure, .not-evaluated { color: var(--odd) }
`

/** One page without script, font and request. Everything that a server sent is shown as text. */
export const htmlReport = (run: Run): string => {
  const count = countOutcomes(run.results)
  const sums = outcomes.map((o) => `<li><b class="${classOf(o)}">${count[o]}</b>${words[o]}</li>`).join('')
  const groups = [...grouped(run.results)].map(
    ([group, results]) => `<h2>${escaped(group)}</h2>\n${results.map(flow).join('\n')}`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>KakaoPay contract: ${escaped(run.target)}</title>
<style>${STYLE}</style>
<h1>KakaoPay contract: ${escaped(run.target)}</h1>
<p>${run.results.length} flows in ${seconds(run.ms)}, ${new Date(run.started).toISOString()}</p>
<ul class="sum">${sums}</ul>
${groups.join('\n')}
</html>
`
}

const classOf = (outcome: Outcome) => outcome.replace(' ', '-')

const flow = (r: Result): string => {
  const head = `<span class="mark ${classOf(r.outcome)}">${words[r.outcome]}</span><span>${escaped(r.title)} <code>${escaped(r.id)}</code></span><span class="time">${millis(r.ms)}</span>`
  if (r.outcome === 'passed') return `<div class="flow">${head}</div>`
  const open = r.outcome === 'failed' || r.outcome === 'harness error' ? ' open' : ''
  return `<details${open}><summary>${head}</summary><pre>${escaped(failureLines(r).join('\n'))}</pre></details>`
}
