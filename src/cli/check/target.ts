import { createInterface } from 'node:readline/promises'
import type { Config } from '../../config/config.ts'
import { choice, flag, flagOf, optional, string, type Values } from '../../config/option.ts'
import { browserPayer } from '../../kit/browser.ts'
import { controlPayer, type Payer, personPayer } from '../../kit/payer.ts'
import { hasControl } from '../../kit/probe.ts'
import { inProcess, overHttp, type Target } from '../../kit/target.ts'
import { HarnessError } from '../../kit/template.ts'
import { createMock } from '../../mock.ts'
import { type Io, UsageError } from '../command.ts'

/** Flags that name the server to check, its key and its payer. */
export const targetFlags = {
  url: optional(string('', 'URL', 'The server.')),
  keyEnv: optional(
    string(
      '',
      'NAME',
      'Variable that holds your secret key. Default: a key for each flow, where the server takes any.',
    ),
  ),
  allowLiveKey: flag(false, 'Go on with a live key (PRD…).'),
  payer: optional(
    choice(
      ['control', 'browser', 'person'],
      'control: this mock’s control API (default where there is one); browser: its page, by playwright-core; person: prints the link and waits for the address that the browser was sent to.',
    ),
  ),
  browser: optional(
    string('', 'PATH', 'Chromium for --payer browser. Default: /usr/bin/chromium, or KAKAOPAY_MOCK_BROWSER.'),
  ),
  shop: optional(
    string(
      '',
      'URL',
      'Where redirect URLs lead; the real service wants a registered domain. Default: https://shop.example',
    ),
  ),
}

export type TargetFlags = Values<typeof targetFlags>

/** The mock in this process, made for each flow with the settings that it needs over `settings`. */
export const mockTarget = (settings: Partial<Config> = {}): Target =>
  inProcess({
    label: 'this mock, in this process',
    serve: (config) => createMock({ ...settings, ...(config as Partial<Config>) }).fetch,
    payer: controlPayer,
    controlled: true,
  })

/** The server that the flags name. Throws UsageError for a wrong flag, Unreachable where nothing answers. */
export const targetOf = async (flags: TargetFlags, io: Io): Promise<Target> => {
  if (flags.url === undefined) {
    const stray = (['keyEnv', 'payer', 'browser', 'shop'] as const).find((name) => flags[name] !== undefined)
    if (stray) throw new UsageError(`${flagOf(stray)} needs --url: in this process the kit makes its own server`)
    return mockTarget()
  }
  const url = urlOf(flags.url, '--url')
  const shop = flags.shop === undefined ? {} : { shop: shopOf(flags.shop) }
  const key = keyOf(flags, url, io)
  const controlled = await hasControl(url.origin + url.pathname)
  const payer = await payerOf(flags, controlled, io)
  // One person has two hands, and the real service has a quota.
  const single = payer?.name === 'person' || isReal(url)
  return overHttp({
    url: url.origin + url.pathname,
    key,
    payer,
    controlled,
    run: String(Date.now()),
    ...(single ? { parallel: 1 } : {}),
    ...shop,
  })
}

const urlOf = (text: string, flag: string): URL => {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError(`${flag} must be an http or https URL, not "${text}"`)
  return new URL(text)
}

/** Paths are appended to it: a query would swallow them. */
const shopOf = (text: string): string => {
  const { href, search, hash } = urlOf(text, '--shop')
  if (search !== '' || hash !== '') throw new UsageError(`--shop takes no query and no fragment: "${text}"`)
  return href
}

export const isReal = ({ hostname }: URL) => hostname === 'kakaopay.com' || hostname.endsWith('.kakaopay.com')

const keyOf = (flags: TargetFlags, url: URL, { env }: Io): string | undefined => {
  const name = flags.keyEnv
  if (name === undefined) {
    if (isReal(url))
      throw new UsageError('the real service wants your own Secret key(dev): name its variable by --key-env')
    return undefined
  }
  const key = env[name]
  if (!key) throw new UsageError(`--key-env ${name}: that variable is not set`)
  if (key.startsWith('PRD') && !flags.allowLiveKey)
    throw new UsageError(
      `${name} holds a live key (PRD…): the flows order and pay. Use a Secret key(dev), or say --allow-live-key`,
    )
  return key
}

const payerOf = async (flags: TargetFlags, controlled: boolean, io: Io): Promise<Payer | undefined> => {
  switch (flags.payer) {
    case undefined:
      return controlled ? controlPayer : undefined
    case 'control':
      if (!controlled) throw new UsageError('--payer control: this server has no control API; try --payer person')
      return controlPayer
    case 'browser':
      return startBrowser(flags.browser ?? io.env['KAKAOPAY_MOCK_BROWSER'] ?? '/usr/bin/chromium')
    case 'person':
      return personPayer(ask(io))
  }
}

const startBrowser = async (path: string): Promise<Payer> => {
  try {
    return await browserPayer(path)
  } catch (error) {
    if (error instanceof HarnessError) throw new UsageError(error.message)
    throw error
  }
}

/** Asks on stderr, so that a report on stdout stays whole, and reads a line of stdin. */
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
