import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Io } from './command.ts'

/** What a shell answers where a command is not found, or may not be run. */
const NOT_FOUND = 127
const NOT_EXECUTABLE = 126
export const NOT_STARTED: ReadonlySet<number> = new Set([NOT_FOUND, NOT_EXECUTABLE])

const forwarded = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const

/** Signals that a terminal sends to every process of the foreground by itself. */
const fromTerminal: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT'])

/**
 * Runs a command on this process's own input and output to its end, and passes signals on to it. Resolves to its exit code as a shell gives it:
 * 128 + N where signal N ended it.
 */
export const runChild = (
  [command = '', ...args]: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  io: Io,
): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', env })
    const listeners = forwarded.map((signal) => {
      // A second SIGINT means "now!" to many programs: the terminal has sent the first one.
      const pass = () => void (process.stdin.isTTY && fromTerminal.has(signal) ? undefined : child.kill(signal))
      process.on(signal, pass)
      return () => process.off(signal, pass)
    })
    const ended = (code: number) => {
      for (const stop of listeners) stop()
      resolve(code)
    }
    child.once('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT'
      io.stderr.write(
        `kakaopay-mock: ${missing ? `${command}: command not found` : `cannot run ${command}: ${error.message}`}\n`,
      )
      ended(missing ? NOT_FOUND : NOT_EXECUTABLE)
    })
    child.once('close', (code, signal) => ended(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
