/**
 * Sums the runner's JSON reports: `node .ci/sum.js FAILED REPORT…`. A test that ran in several reports counts once for each Node it ran on;
 * one that was skipped in the first and passed in the second has passed. Exits 1 where anything failed or was skipped for good.
 */
import { readFileSync } from 'node:fs'

const [failedBefore, ...files] = process.argv.slice(2)
const outcomes = new Map()
let broken = 0
for (const file of files) {
  let report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    console.log(`no report ${file}`)
    broken++
    continue
  }
  const runtime = file.includes('node24') ? 'Node 24' : ''
  for (const suite of report.testResults) {
    // A file that could not be loaded has no tests to fail.
    if (suite.status === 'failed' && suite.assertionResults.length === 0) broken++
    const seen = new Map()
    for (const { fullName, status } of suite.assertionResults) {
      const nth = seen.get(fullName) ?? 0
      seen.set(fullName, nth + 1)
      const id = `${runtime} ${suite.name} ${fullName} ${nth}`
      const before = outcomes.get(id)
      if (before === 'failed' || (before === 'passed' && status !== 'failed')) continue
      outcomes.set(id, status)
      if (status === 'failed') console.log(`failed: ${fullName}`)
    }
  }
}
const count = (...wanted) => [...outcomes.values()].filter((status) => wanted.includes(status)).length
// On Node 24 only what npm alone can run is run again, and what Node 20 lacks: a test has run when it ran on either.
const skippedForGood = [...outcomes].filter(
  ([id, status]) =>
    !id.startsWith('Node 24') &&
    !['passed', 'failed'].includes(status) &&
    !['passed', 'failed'].includes(outcomes.get(`Node 24${id}`)),
)
const skipped = skippedForGood.length
const failures = count('failed') + broken
for (const [id] of skippedForGood) console.log(`skipped:${id}`)
console.log(`${count('passed')} passed, ${failures} failed, ${skipped} skipped`)
process.exitCode = failures > 0 || skipped > 0 || failedBefore !== '0' ? 1 : 0
