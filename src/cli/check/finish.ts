import { choice, flag, list, optional, string, type Values } from '../../config/option.ts'
import { excuse, strayEntries } from '../../kit/known-failures.ts'
import { reports, terminalReport } from '../../kit/report/index.ts'
import { exitCode, type Run } from '../../kit/result.ts'
import { usesColor } from '../color.ts'
import type { Io } from '../command.ts'
import { knownFailuresOf, reportFiles, writeReports } from './files.ts'

/** Flags about a run's results. */
export const outcomeFlags = {
  verbose: flag(false, 'Print each of them with its time.'),
  report: list('FORM=FILE,…', `Also write ${Object.keys(reports).join(', ')}.`),
  knownFailures: optional(
    string('', 'FILE', 'JSON list of {"id", "reason", "date", "expires"}: these are run, and must fail.'),
  ),
  failOn: choice(
    ['must', 'should'],
    'Which failures end with exit code 1: of requirements that are documented or observed (must), or of inferred ones too (should).',
  ),
}

/**
 * Reads the flags before anything is run, so that a wrong one is reported at once. The returned function marks known failures, writes the
 * reports and returns the exit code. `ids`: every id that a known failure may name.
 */
export const prepareOutcome = (values: Values<typeof outcomeFlags>, ids: readonly string[], io: Io) => {
  const files = reportFiles(values.report)
  const known = knownFailuresOf(values.knownFailures)
  return (run: Run): number => {
    const judged = { ...run, results: excuse(run.results, known, new Date().toISOString().slice(0, 10)) }
    writeReports(files, judged)
    const color = usesColor(io.stdout, io.env)
    io.stdout.write(terminalReport(judged, { color, verbose: values.verbose }))
    const stray = strayEntries(known, new Set(ids))
    for (const id of stray) io.stdout.write(`${id} is listed as a known failure, but nothing is called so: remove it\n`)
    return exitCode(judged.results, values.failOn) || (stray.length > 0 ? 1 : 0)
  }
}
