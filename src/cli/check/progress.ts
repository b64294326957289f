import { counts, type Result } from '../../kit/result.ts'
import type { Io } from '../command.ts'

export interface Progress {
  add(result: Result): void
  /** A line beside the progress. */
  note(text: string): void
  end(): void
}

const CLEAR_LINE = '\r\u001b[2K'

/** A line on stderr that counts the flows while they run, where stderr is a terminal. */
export const showProgress = (total: number, { stderr }: Io): Progress => {
  const isLive = stderr.isTTY === true
  let done = 0
  let failed = 0
  const draw = () => {
    if (isLive) stderr.write(`${CLEAR_LINE}${done} of ${total} flows${failed > 0 ? `, ${failed} failed` : ''}`)
  }
  const clear = () => {
    if (isLive) stderr.write(CLEAR_LINE)
  }
  draw()
  return {
    add(result) {
      done++
      if (counts(result, 'should') || result.outcome === 'harness error') failed++
      draw()
    },
    note(text) {
      clear()
      stderr.write(`kakaopay-mock: ${text}\n`)
      draw()
    },
    end: clear,
  }
}
