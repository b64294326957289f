import { spawn } from 'node:child_process'
import type { Io } from './command.ts'

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
}

/** Opens a URL in the user's browser: `BROWSER` names a program, else the system's own way. Where there is none, says the URL. */
export const openBrowser = (url: string, { env, stderr }: Io): void => {
  const own = env['BROWSER']
  const [command, ...args] = own ? [own] : (openers[process.platform] ?? ['xdg-open'])
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  child.once('error', () => stderr.write(`kakaopay-mock: no browser could be started; open ${url}\n`))
  child.unref()
}
