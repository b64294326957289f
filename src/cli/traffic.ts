import { type Io, UsageError } from './command.ts'
import { commands } from './commands.ts'

/** Judges what a mock's journal holds, as `kakaopay-mock check traffic --url URL` does. Resolves to its exit code. */
export const judgeTraffic = async (mockUrl: string, io: Io): Promise<number> => {
  const check = await commands['check']?.load()
  if (!check) throw new UsageError('--check-traffic is not part of this build')
  return check.run(['traffic', '--url', mockUrl], io)
}
