import { traffic } from './check/traffic.ts'
import type { Io } from './command.ts'

/**
 * Judges what a mock's journal holds, as `kakaopay-mock check traffic URL` does; resolves to its exit code. All of it goes to stderr, since
 * stdout is the command's.
 */
export const judgeTraffic = (mockUrl: string, io: Io): Promise<number> =>
  traffic.run([mockUrl], { ...io, stdout: io.stderr })
