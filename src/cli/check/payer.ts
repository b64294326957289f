import { createInterface } from 'node:readline/promises'
import { optional, string, type Values } from '../../config/option.ts'
import { browserPayer } from '../../kit/browser.ts'
import { HarnessError } from '../../kit/errors.ts'
import { controlPayer, type Payer } from '../../kit/payer.ts'
import { personPayer } from '../../kit/person-payer.ts'
import { execPayer, urlPayer } from '../../kit/program-payer.ts'
import { type Io, UsageError } from '../command.ts'

/** Flags that say who acts as the payer. */
export const payerFlags = {
  payer: optional(
    string(
      '',
      'control|browser|person|exec:CMD|url:TEMPLATE',
      'control: this mock’s control API (default where there is one); browser: its page, by playwright-core; person: prints the link and waits for the address that the browser was sent to; exec: a command that gets PAYER_ACTION, PAYER_TID, PAYER_PC_URL, … and prints that address; url: a URL with {action}, {tid}, {pc_url}, … that redirects there or answers it.',
    ),
  ),
  browser: optional(
    string('', 'PATH', 'Chromium for --payer browser. Default: /usr/bin/chromium, or KAKAOPAY_MOCK_BROWSER.'),
  ),
}

/** The payer of the flags; undefined where nobody can act. `payments`: how many a person has to make. */
export const payerOf = async (
  flags: Values<typeof payerFlags>,
  controlled: boolean,
  payments: number,
  io: Io,
): Promise<Payer | undefined> => {
  const { payer } = flags
  if (payer === undefined) return controlled ? controlPayer : undefined
  const [, kind, value = ''] = /^(exec|url):(.+)$/s.exec(payer) ?? []
  if (kind === 'exec') return execPayer(value)
  if (kind === 'url') return urlPayer(value)
  if (payer === 'browser') return startBrowser(flags.browser ?? io.env['KAKAOPAY_MOCK_BROWSER'] ?? '/usr/bin/chromium')
  if (payer === 'person') return personPayer(ask(io), payments)
  if (payer !== 'control')
    throw new UsageError(`--payer must be control, browser, person, exec:CMD or url:TEMPLATE, not "${payer}"`)
  if (!controlled) throw new UsageError('--payer control: this server has no control API; try --payer person')
  return controlPayer
}

const startBrowser = async (path: string): Promise<Payer> => {
  try {
    return await browserPayer(path)
  } catch (error) {
    if (error instanceof HarnessError) throw new UsageError(error.message)
    throw error
  }
}

/** Asks on stderr, so that stdout has the report alone, and reads a line of stdin. */
const ask = (io: Io) => async (question: string) => {
  io.stderr.write(question)
  const lines = createInterface({ input: process.stdin })
  try {
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
  }
}
