import { countOutcomes, grouped, type Result, type Run } from '../result.ts'
import { failureLines, headline } from './text.ts'

/** JUnit XML: a broken requirement is a failure, a failure of the kit an error; what was not evaluated is skipped. */
export const junitReport = (run: Run): string => {
  const suites = [...grouped(run.results)].map(([group, results]) => {
    const cases = results.map((r) => testcase(group, r)).join('\n')
    return `  <testsuite name="${xml(group)}" ${attributes(results)}>\n${cases}\n  </testsuite>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${xml(`KakaoPay contract: ${run.target}`)}" ${attributes(run.results)}>\n${suites.join('\n')}\n</testsuites>\n`
}

const attributes = (results: readonly Result[]): string => {
  const count = countOutcomes(results)
  const time = results.reduce((total, { ms }) => total + ms, 0) / 1000
  const skipped = count['not evaluated'] + count['known failure']
  return `tests="${results.length}" failures="${count.failed}" errors="${count['harness error']}" skipped="${skipped}" time="${time.toFixed(3)}"`
}

const testcase = (group: string, r: Result): string => {
  const head = `    <testcase classname="${xml(group)}" name="${xml(`${r.id}: ${r.title}`)}" time="${(r.ms / 1000).toFixed(3)}"`
  const inside = content(r)
  return inside === '' ? `${head}/>` : `${head}>\n      ${inside}\n    </testcase>`
}

const content = (r: Result): string => {
  const text = xml(failureLines(r).join('\n'))
  const message = xml(headline(r))
  switch (r.outcome) {
    case 'passed':
      return ''
    case 'failed':
      return `<failure type="${r.level}" message="${message}">${text}</failure>`
    case 'harness error':
      return `<error type="kit" message="${xml((r.reason ?? '').split('\n')[0] ?? '')}">${text}</error>`
    default:
      return `<skipped message="${xml(`${r.outcome}: ${r.reason ?? ''}`)}"/>`
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text for XML and HTML. XML allows no control characters, not even escaped. */
export const xml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (c) => entities[c] ?? c)
