import type { Run } from '../result.ts'
import { ctrfReport } from './ctrf.ts'
import { htmlReport } from './html.ts'
import { junitReport } from './junit.ts'
import { markdownReport } from './markdown.ts'

export { terminalReport } from './terminal.ts'

/** The forms in which a run can be written to a file. */
export const reports: Readonly<Record<string, (run: Run) => string>> = {
  junit: junitReport,
  ctrf: ctrfReport,
  markdown: markdownReport,
  html: htmlReport,
}
