import { excuse, strayEntries } from '../../kit/known-failures.ts'
import { terminalReport } from '../../kit/report/index.ts'
import { exitCode, type Run } from '../../kit/result.ts'
import type { Io } from '../command.ts'
import { knownFailuresOf, reportFiles, writeReports } from './files.ts'

/** Flags of what happens to a run's results. */
export const outcomeFlags = {
  verbose: { type: 'boolean' },
  report: { type: 'string', multiple: true },
  'known-failures': { type: 'string' },
} as const

export const outcomeHelp = `  --verbose             Each of them with its time
  --report FORM=FILE,…  Also write junit, ctrf, markdown or html
  --known-failures FILE JSON list of {"id", "reason", "date", "expires"}: run, and must fail`

interface OutcomeValues {
  readonly verbose?: boolean | undefined
  readonly report?: readonly string[] | undefined
  readonly 'known-failures'?: string | undefined
}

/**
 * Reads the flags before anything is run, so that a wrong one costs nothing. What it gives back excuses known failures, writes the reports
 * and resolves to the exit code. `ids`: every id that a known failure may name.
 */
export const prepareOutcome = (values: OutcomeValues, ids: readonly string[], io: Io) => {
  const files = reportFiles(values.report)
  const known = knownFailuresOf(values['known-failures'])
  return (run: Run): number => {
    const judged = { ...run, results: excuse(run.results, known, new Date().toISOString().slice(0, 10)) }
    writeReports(files, judged)
    const color = io.stdout.isTTY === true && !io.env['NO_COLOR']
    io.stdout.write(terminalReport(judged, { color, verbose: values.verbose ?? false }))
    const stray = strayEntries(known, new Set(ids))
    for (const id of stray) io.stdout.write(`${id} is listed as a known failure, but nothing is called so: remove it\n`)
    return exitCode(judged.results) || (stray.length > 0 ? 1 : 0)
  }
}
