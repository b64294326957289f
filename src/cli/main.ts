#!/usr/bin/env node
import type { Writable } from 'node:stream'
import { ConfigError } from '../config/config.ts'
import { type Io, UsageError } from './command.ts'
import { dispatch, type OnCommand } from './dispatch.ts'
import { BROKEN_PIPE, UNDECIDED, UNREACHABLE, WRONG_USAGE } from './exit-codes.ts'
import { MockUnreachable } from './running-mock.ts'

/** Time for messages to be read at the end, in ms; what a command prints on stdout is waited for, as any Unix program does. */
const MESSAGES_MS = 500
/** The same for a command that outlives its readers, for everything it wrote. */
const OUTLIVING_MS = 100

/** Runs a command line. Resolves to the exit code. */
const run = async (args: readonly string[], io: Io, onCommand: OnCommand): Promise<number> => {
  try {
    return await dispatch(args, io, onCommand)
  } catch (error) {
    const usage = error instanceof ConfigError || error instanceof UsageError
    if (!usage && !(error instanceof MockUnreachable)) throw error
    io.stderr.write(`kakaopay-mock: ${error.message}\n`)
    return usage ? WRONG_USAGE : UNREACHABLE
  }
}

/** Runs this process's command line and ends the process. Output that nobody can read any more ends a command quietly. */
const runProcess = async () => {
  const { stdout, stderr, argv, env } = process
  let outlivesReaders = false
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (outlivesReaders) return
    if (error.code === 'EPIPE') process.exit(BROKEN_PIPE)
    stderr.write(`kakaopay-mock: cannot write the output: ${error.message}\n`)
    process.exit(UNDECIDED)
  })
  stderr.on('error', () => {})
  const code = await run(argv.slice(2), { stdout, stderr, env }, (command) => {
    outlivesReaders = command.outlivesReaders === true
  })
  await Promise.all([
    written(stdout, outlivesReaders ? OUTLIVING_MS : undefined),
    written(stderr, outlivesReaders ? OUTLIVING_MS : MESSAGES_MS),
  ])
  process.exit(code)
}

/** Resolves when everything was read, when it cannot be any more, or after `ms`. */
const written = (stream: Writable, ms: number | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (stream.destroyed || stream.writableLength === 0) return resolve()
    stream.write('', () => resolve())
    if (ms !== undefined) setTimeout(resolve, ms)
  })

await runProcess()
