import type { Config } from '../config/config.ts'
import { flag } from '../config/option.ts'
import { settingNames } from '../config/settings.ts'
import { createLog, type Log } from '../log.ts'
import { type RunningServer, startServer } from '../server.ts'
import { usesColor } from './color.ts'
import { defineCommand, type Io, UsageError } from './command.ts'
import { openBrowser } from './open-browser.ts'
import { shellQuoted } from './printable.ts'

/** Time for open requests to finish after SIGTERM or SIGINT, and for the log to be read, in ms: together less than a second. */
const GRACE_MS = 700
const FLUSH_MS = 100

export const serve = defineCommand({
  name: 'serve',
  usage: ['[flags]'],
  about: 'Starts the server and prints its addresses.',
  flags: { open: flag(false, 'Open the dashboard in the browser.') },
  settings: settingNames,
  exits: { 0: 'it was ended by SIGTERM or SIGINT' },
  examples: `
  kakaopay-mock serve --port 9000
  kakaopay-mock serve --payer approve --log json      for CI: redirect URLs approve at once
  kakaopay-mock serve --redirects real --strict
  kakaopay-mock serve --https 8443 --proxy 8586       see kakaopay-mock ca
  KAKAOPAY_MOCK_PORT=0 kakaopay-mock serve`,
  outlivesReaders: true,
  async act({ config, origin, flags, rest }, io) {
    if (rest.length > 0) throw new UsageError(`serve takes no argument "${rest[0]}"; see kakaopay-mock serve --help`)
    const log = createLog(config.log, io.stderr, usesColor(io.stderr, io.env))
    const server = await startServer(config, {
      originOf: (name) => origin[name],
      onError: (error) => log.write('error', { message: error.stack ?? error.message }),
      onLiveKey: (namespace) =>
        log.write('WARNING: a live secret key (PRD…) was sent to a mock; use a test key', { namespace }),
      onLeak: (leak) => log.write('leak', { ...leak }),
      ...(config.logCalls && config.log !== 'silent' ? { onCall: ({ what, ...line }) => log.write(what, line) } : {}),
    })
    // Before anyone reads the address: a signal may follow at once.
    const ended = stopSignal()
    announce(server, config, io, log)
    if (flags.open) openBrowser(dashboardOf(server), io)
    log.write('stopping', { signal: await ended })
    await server.close(GRACE_MS)
    await log.flush(FLUSH_MS)
    return 0
  },
})

const stopSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })

const dashboardOf = ({ url }: RunningServer) => `${url}/_mock/`

const isLoopback = (host: string) => /^(127\.|localhost$|::1$)/.test(host)

const announce = (server: RunningServer, config: Config, io: Io, log: Log) => {
  const { url, https, proxy } = server
  const addresses = { url, ...(https ? { https } : {}), ...(proxy ? { proxy } : {}) }
  io.stdout.write(config.log === 'silent' ? `${JSON.stringify(addresses)}\n` : greeting(server))
  if (!isLoopback(config.host) && config.controlToken === '')
    log.write(
      `WARNING: listens beyond loopback without a control token: any client that reaches ${config.host} can change payments; ` +
        'set --control-token TEXT (KAKAOPAY_MOCK_CONTROL_TOKEN)',
    )
  log.write('listening', addresses)
}

const greeting = (server: RunningServer): string => {
  const { url, https, proxy } = server
  const rows = [
    ['KakaoPay API', url],
    ...(https ? [['HTTPS', https]] : []),
    ...(proxy ? [['Proxy', proxy]] : []),
    ['Dashboard', dashboardOf(server)],
  ].map(([name = '', address]) => `${name.padEnd(13)} ${address}`)
  return `${rows.join('\n')}

Try it:
  ${curlLine(url)}

Ctrl-C to stop

`
}

/** The documented request, ready to be pasted. */
export const curlLine = (url: string): string =>
  `curl -s ${shellQuoted(`${url}/online/v1/payment/ready`)} -H 'Authorization: SECRET_KEY DEV_ANY_KEY' -H 'Content-Type: application/json' -d '{"cid":"TC0ONETIME","partner_order_id":"order-1","partner_user_id":"user-1","item_name":"초코파이","quantity":1,"total_amount":2200,"vat_amount":200,"tax_free_amount":0,"approval_url":"http://localhost:3000/approve","cancel_url":"http://localhost:3000/cancel","fail_url":"http://localhost:3000/fail"}'`
