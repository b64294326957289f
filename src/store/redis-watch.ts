/** Looks at the commands so often within the time for an answer. */
const CHECKS = 6

/**
 * Calls `onFrozen` when a command has no answer for `answerMs`. It counts checks in the place of reading a clock: while this process
 * itself is busy no check runs, and the answers that came meanwhile are read before the next.
 */
export const createWatch = (answerMs: number, onFrozen: () => void) => {
  const open = new Set<object>()
  let oldest: object | undefined
  let checks = 0
  const timer = setInterval(() => {
    const [first] = open
    checks = first !== undefined && first === oldest ? checks + 1 : 0
    oldest = first
    if (checks < CHECKS) return
    open.clear()
    onFrozen()
  }, answerMs / CHECKS)
  timer.unref()
  return {
    begin() {
      const command = {}
      open.add(command)
      return () => void open.delete(command)
    },
    end: () => clearInterval(timer),
  }
}
