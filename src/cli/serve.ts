import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Config, ConfigError, loadConfig } from '../config.ts'
import { createHttpServer } from '../http/server.ts'
import { createMock } from '../mock.ts'
import { type Command, type Io, UsageError } from './command.ts'
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
  KAKAOPAY_MOCK_PORT=0 kakaopay-mock serve
`
  },
  async run(args, io) {
    const { config, rest } = loadConfig({ args, env: io.env })
    if (rest.length > 0) throw new UsageError(`serve takes no argument "${rest[0]}"; see kakaopay-mock serve --help`)
    const log = createLog(config.log, io)
    const mock = createMock(config, { onError: (error) => log('error', { message: error.stack ?? error.message }) })
    const server = createHttpServer(mock.listener, config)
    const url = await listen(server, config)
    mock.reachedAt(url)
    // Before anyone is told the address: a signal may follow at once.
    const ended = stopped(server, log)
    announce(mock.config, url, io, log)
    return ended
  },
}

/** Resolves to the address once it listens. A port in use is a wrong setting: one line, exit code 2. */
const listen = (server: Server, { host, port }: Config): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(
          new ConfigError(
            `port ${port} on ${host} is in use; choose another with --port N, or --port 0 for any free one`,
          ),
        )
      else if (error.code === 'EACCES')
        reject(new ConfigError(`port ${port} needs more rights; choose one above 1023 with --port N`))
      else reject(new ConfigError(`cannot listen on ${host}:${port}: ${error.message}`))
    })
    server.listen(port, host, () => resolve(urlOf(server.address() as AddressInfo)))
  })

/** An address that can be opened: "every interface" is not a host, and IPv6 wants brackets. */
const urlOf = ({ address, port }: AddressInfo): string => {
  const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

const announce = (config: Config, url: string, { stdout }: Io, log: Log) => {
  if (config.log === 'silent') stdout.write(`${url}\n`)
  else
    stdout.write(`KakaoPay mock on ${url}

Try it:
  ${curlLine(url)}

`)
  log('listening', { url })
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
