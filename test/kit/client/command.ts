import { dispatch } from '../../../src/cli/dispatch.ts'

/** Runs `kakaopay-mock check …` in this process. A wrong flag rejects with UsageError, which the program turns into exit code 2. */
export const run = async (args: readonly string[], env: Readonly<Record<string, string | undefined>> = process.env) => {
  let stdout = ''
  let stderr = ''
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env,
  }
  const code = await dispatch(['check', ...args], io)
  return { code, stdout, stderr }
}
