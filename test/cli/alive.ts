import { readFileSync } from 'node:fs'

/** Whether a process runs. One that has ended stays as a zombie where nobody asks for its exit code. Linux. */
export const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
