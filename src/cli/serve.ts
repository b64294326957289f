import type { Server } from 'node:http'
import { type Config, loadConfig } from '../config/config.ts'
import { createHttpServer } from '../http/server.ts'
import { createMock } from '../mock.ts'
import { type Command, type Io, UsageError } from './command.ts'
import { openDoors } from './doors.ts'
import { listen } from './listen.ts'
import { createLog, type Log } from './log.ts'
import { settingsHelp } from './settings.ts'

/** Time for open requests to finish after SIGTERM or SIGINT, in ms. */
const GRACE_MS = 800

export const serve: Command = {
  name: 'serve',
  summary: 'Start the server',
  get help() {
    return `Usage: kakaopay-mock serve [flags]

Starts the server and prints its address. Every flag may also be set in the environment (KAKAOPAY_MOCK_PORT for --port) or in a JSON
file named by --config FILE or KAKAOPAY_MOCK_CONFIG ({"port": 8585}). A flag wins over the environment, the environment over the file.
A switch is turned off by --no-NAME.

${settingsHelp()}

Examples:
  kakaopay-mock serve --port 9000
  kakaopay-mock serve --payer approve --log json      for CI: redirect URLs approve at once
  kakaopay-mock serve --redirects real --strict
  kakaopay-mock serve --https 8443 --proxy 8586       see kakaopay-mock ca
  KAKAOPAY_MOCK_PORT=0 kakaopay-mock serve
`
  },
  async run(args, io) {
    const { config, rest } = loadConfig({ args, env: io.env })
    if (rest.length > 0) throw new UsageError(`serve takes no argument "${rest[0]}"; see kakaopay-mock serve --help`)
    const log = createLog(config.log, io)
    const mock = createMock(config, {
      onError: (error) => log('error', { message: error.stack ?? error.message }),
      onLiveKey: (namespace) =>
        log('WARNING: a live secret key (PRD…) was sent to a mock; use a test key', { namespace }),
      ...(config.logCalls && config.log !== 'silent' ? { onCall: ({ what, ...line }) => log(what, line) } : {}),
    })
    const doors = await openDoors(config, mock.listener, (leak) => log('leak', { ...leak }))
    const server = createHttpServer(doors.listener, config)
    doors.attach(server)
    const url = await listen(server, { host: config.host, port: config.port, flag: '--port' })
    const others = await doors.listen()
    mock.reachedAt(url)
    // Before anyone is told the address: a signal may follow at once.
    const ended = stopped(server, log)
    announce(mock.config, { url, ...others }, io, log)
    return ended.finally(() => doors.close(GRACE_MS))
  },
}

interface Addresses {
  readonly url: string
  readonly https?: string
  readonly proxy?: string
}

const announce = (config: Config, addresses: Addresses, { stdout }: Io, log: Log) => {
  const { url, https, proxy } = addresses
  if (config.log === 'silent') stdout.write(`${url}\n`)
  else
    stdout.write(`KakaoPay mock on ${url}${https ? `\nHTTPS on ${https}` : ''}${proxy ? `\nProxy on ${proxy}` : ''}

Try it:
  ${curlLine(url)}

`)
  log('listening', { ...addresses })
}

/** The documented request, ready to be pasted. */
export const curlLine = (url: string): string =>
  `curl -s ${url}/online/v1/payment/ready -H 'Authorization: SECRET_KEY DEV_ANY_KEY' -H 'Content-Type: application/json' -d '{"cid":"TC0ONETIME","partner_order_id":"order-1","partner_user_id":"user-1","item_name":"초코파이","quantity":1,"total_amount":2200,"vat_amount":200,"tax_free_amount":0,"approval_url":"http://localhost:3000/approve","cancel_url":"http://localhost:3000/cancel","fail_url":"http://localhost:3000/fail"}'`

/** Resolves to 0 after SIGTERM or SIGINT, when open requests are answered, or after the grace time. */
const stopped = (server: Server, log: Log): Promise<number> =>
  new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals) => {
      log('stopping', { signal })
      server.close(() => resolve(0))
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), GRACE_MS).unref()
    }
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
  })
