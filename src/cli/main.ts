#!/usr/bin/env node
import type { Writable } from 'node:stream'
import { runCommandLine } from './dispatch.ts'
import { BROKEN_PIPE, UNDECIDED } from './exit-codes.ts'

/** How long the end waits for stderr to be read, in ms. stdout is waited for without a limit, as any Unix program does. */
const MESSAGES_MS = 500
/** The same for a command that outlives its readers, for everything it wrote. */
const OUTLIVING_MS = 100

/** Runs this process's command line and ends the process. Output that nobody can read any more ends a command quietly. */
const runProcess = async () => {
  const { stdout, stderr, argv, env } = process
  let outlivesReaders = false
  const failed = (error: NodeJS.ErrnoException) => {
    if (outlivesReaders) return
    if (error.code === 'EPIPE') process.exit(BROKEN_PIPE)
    stderr.write(`kakaopay-mock: cannot write the output: ${error.message}\n`)
    process.exit(UNDECIDED)
  }
  stdout.on('error', failed)
  stderr.on('error', () => {})
  const code = await runCommandLine(argv.slice(2), { stdout, stderr, env }, (command) => {
    outlivesReaders = command.outlivesReaders === true
  })
  await Promise.all([
    written(stdout, outlivesReaders ? OUTLIVING_MS : undefined),
    written(stderr, outlivesReaders ? OUTLIVING_MS : MESSAGES_MS),
  ])
  // The event comes a moment after the write that failed, which may be the last one.
  if (stdout.errored) failed(stdout.errored)
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
