import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { type FaultRuleInput, ruleInput } from '../faults/rule.ts'
import { applicationInput } from '../namespaces/application.ts'
import { type Application, isWebDomain } from '../namespaces/applications.ts'
import type { Merchant, Settings } from '../payment/settings.ts'

/** One setting: the same name as a flag, in the environment and in the config file. */
export interface Setting<T> {
  readonly default: T
  readonly help: string
  /** What to write in its place in `--help`: `N`, `URL`, `local|real`. Absent: a switch. */
  readonly placeholder?: string
  /** Reads a flag's or a variable's text. Throws a sentence that says what would be right. */
  readonly read: (text: string) => T
  /** Checks a value of the config file. Throws likewise. */
  readonly check: (value: unknown) => T
}

const integer = (initial: number, min: number, max: number, help: string): Setting<number> => {
  const check = (value: unknown) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
    throw new Error(`must be an integer from ${min} to ${max}`)
  }
  return {
    default: initial,
    help,
    placeholder: 'N',
    read: (text) => check(/^\d+$/.test(text) ? Number(text) : text),
    check,
  }
}

/** A second port, which is closed unless it is asked for. */
const port = (help: string): Setting<number | 'off'> => {
  const check = (value: unknown): number | 'off' => {
    if (value === 'off') return value
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535) return value
    throw new Error('must be a port from 0 to 65535, or off')
  }
  return {
    default: 'off',
    help,
    placeholder: 'PORT',
    read: (text) => check(/^\d+$/.test(text) ? Number(text) : text),
    check,
  }
}

const string = (initial: string, placeholder: string, help: string, form?: RegExp, must = ''): Setting<string> => {
  const check = (value: unknown) => {
    if (typeof value === 'string' && (value === '' || !form || form.test(value))) return value
    throw new Error(`must be ${must || 'a text'}`)
  }
  return { default: initial, help, placeholder, read: check, check }
}

const choice = <const V extends string>(values: readonly V[], help: string): Setting<V> => {
  const check = (value: unknown) => {
    if (values.includes(value as V)) return value as V
    throw new Error(`must be one of ${values.join(', ')}`)
  }
  return { default: values[0] as V, help, placeholder: values.join('|'), read: check, check }
}

const flag = (initial: boolean, help: string): Setting<boolean> => {
  const check = (value: unknown) => {
    if (typeof value === 'boolean') return value
    throw new Error('must be true or false')
  }
  const read = (text: string) =>
    check(text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text)
  return { default: initial, help, read, check }
}

const list = (placeholder: string, help: string): Setting<readonly string[]> => ({
  default: [],
  help,
  placeholder,
  read: (text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  check: (value) => {
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
    throw new Error('must be an array of strings')
  },
})

/** A list of objects, as JSON. `known` names each property with its type; `required` must be there. */
const records = <T>(
  help: string,
  known: Readonly<Record<string, string>>,
  required: readonly string[],
): Setting<readonly T[]> => {
  const typeOf = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value)
  const check = (value: unknown) => {
    if (!Array.isArray(value)) throw new Error('must be a JSON array of objects')
    for (const item of value as unknown[]) {
      if (typeof item !== 'object' || item === null) throw new Error('must be a JSON array of objects')
      const missing = required.find((name) => !(name in item))
      if (missing) throw new Error(`needs ${missing} in each object`)
      for (const [name, content] of Object.entries(item)) {
        if (!(name in known)) throw new Error(`does not know ${name}; it knows ${Object.keys(known).join(', ')}`)
        if (typeOf(content) !== known[name]) throw new Error(`needs ${name} to be of type ${known[name]}`)
      }
    }
    return value as readonly T[]
  }
  const read = (text: string) => {
    try {
      return check(JSON.parse(text))
    } catch (error) {
      if (error instanceof SyntaxError) throw new Error('must be a JSON array of objects')
      throw error
    }
  }
  return { default: [], help, placeholder: 'JSON', read, check }
}

/** Applications, held to what the control API asks of one: a domain that is none would refuse every redirect URL without a word. */
const applicationList = (help: string): Setting<readonly Application[]> => {
  const known = { name: 'string', secret_key: 'string', domains: 'array', payment_api: 'boolean' }
  const plain = records<Application>(help, known, ['name', 'secret_key'])
  const held = (applications: readonly Application[]): readonly Application[] => {
    for (const { name, secret_key, domains } of applications) {
      if (secret_key === '') throw new Error(`needs a secret_key that is not empty, for ${name}`)
      if (applications.filter((other) => other.secret_key === secret_key).length > 1)
        throw new Error(`gives the secret_key of ${name} to more than one`)
      const web_domains = domains?.filter(isWebDomain) ?? null
      const app_schemes = domains?.filter((domain) => !isWebDomain(domain)) ?? []
      const [issue] = applicationInput.safeParse({ name, web_domains, app_schemes }).error?.issues ?? []
      if (issue)
        throw new Error(`has in the domains of ${name} one that is not right: ${issue.path.join('.')} ${issue.message}`)
    }
    return applications
  }
  return { ...plain, read: (text) => held(plain.read(text)), check: (value) => held(plain.check(value)) }
}

/** Fault rules armed at start: a JSON file that holds a list of them, or the list itself. */
const faultList = (help: string): Setting<readonly FaultRuleInput[]> => {
  const check = (value: unknown): readonly FaultRuleInput[] => {
    if (typeof value === 'string') return check(value.startsWith('[') ? parsed(value) : fromFile(value))
    const result = z.array(ruleInput).safeParse(value)
    if (result.success) return result.data
    const [issue] = result.error.issues
    throw new Error(`must be a list of faults: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
  }
  const fromFile = (path: string): unknown => {
    try {
      return parsed(readFileSync(path, 'utf8'))
    } catch (error) {
      throw new Error(`must be a JSON file: ${(error as Error).message}`)
    }
  }
  const parsed = (text: string): unknown => JSON.parse(text)
  return { default: [], help, placeholder: 'FILE', read: check, check }
}

/** Every setting, in the order in which `--help` and the README list them. */
export const settings = {
  port: integer(8585, 0, 65_535, 'Port to listen on; 0 takes any free one and prints it.'),
  host: string('127.0.0.1', 'ADDRESS', 'Address to listen on.'),
  https: port(
    'Port for HTTPS, with a certificate of the local authority (see `kakaopay-mock ca`); 0 takes any free one.',
  ),
  proxy: port('Port of a proxy for KakaoPay’s hosts; the same as --port shares it, 0 takes any free one.'),
  pass: list('HOST,…', 'Hosts that the proxy lets through besides KakaoPay’s: host or host:port. Default: none.'),
  caDir: string('', 'DIR', 'Folder of the local certificate authority. Default: ~/.kakaopay-mock.'),
  publicUrl: string(
    '',
    'URL',
    'Where browsers reach this server, for redirect URLs. Default: the address it listens on.',
    /^https?:\/\/[^\s/]+[^\s]*$/,
    'an http or https URL',
  ),
  redirects: choice<Settings['redirects']>(
    ['local', 'real'],
    'Redirect URLs of ready: this server, or the real hosts.',
  ),
  payer: choice<Settings['payer']>(
    ['manual', 'approve', 'cancel', 'fail', 'expire'],
    'Who acts at a redirect URL: a person on the page, or the mock at once.',
  ),
  strict: flag(false, 'Accept exactly what openapi.yaml says, instead of what the real service is seen to accept.'),
  appSchemes: flag(true, 'Send android_app_scheme and ios_app_scheme in ready’s answer.'),
  emptyKeys: choice<Settings['emptyKeys']>(
    ['null', 'omit'],
    'Keys of approve’s answer that have no value: null as observed, or left out as in the official samples.',
  ),
  vatRemainder: choice<Settings['vatRemainder']>(
    ['refuse', 'clamp'],
    'A partial cancel whose default VAT is more than what is left.',
  ),
  installMonth: choice<Settings['installMonth']>(
    ['fixed', 'max'],
    'install_month of ready: the one month that the payer may pay in, or the longest.',
  ),
  sidCid: choice<Settings['sidCid']>(
    ['any', 'same'],
    'Charge a sid with any subscription cid of its merchant, or with its own alone.',
  ),
  sidChargesPerDay: integer(0, 0, 1_000_000, 'Charges that a sid allows on a KST day before −752; 0 sets no limit.'),
  failedApprove: choice<Settings['failedApprove']>(
    ['retry', 'fail'],
    'A payment whose approve was refused with −780: it can be approved again, or becomes FAIL_PAYMENT.',
  ),
  quota: integer(0, 0, 1_000_000_000, 'Calls that an application may make on a KST day before −429; 0 sets no limit.'),
  maintenance: flag(false, 'Refuse every call with −503.'),
  missingApi: choice(['403', '401'], 'HTTP status for an application without the payment API; both were observed.'),
  seed: string(
    '',
    'TEXT',
    'Makes ids, tokens and redirect hashes repeatable. For tests only: they can then be guessed.',
  ),
  keys: list('KEY,…', 'Secret keys to accept. Default: any.'),
  cids: records<Merchant>(
    'Merchant codes to accept: [{"cid","secret","subscription"}]. Default: any 10 characters.',
    { cid: 'string', secret: 'string', subscription: 'boolean' },
    ['cid'],
  ),
  cards: list('CODE,…', 'Card codes accepted beyond the twelve documented ones, by agreement.'),
  domains: list('URL,…', 'Web domains that redirect URLs must be in, such as https://*.shop.example. Default: any.'),
  applications: applicationList('Registered applications: [{"name","secret_key","domains","payment_api"}].'),
  requireApplication: flag(false, 'Accept no key but those of registered applications, also while there is none.'),
  allowedHosts: list(
    'HOST,…',
    'Host names by which the control API may be called, beyond loopback, --host and --public-url.',
  ),
  followHosts: list(
    'HOST,…',
    'Hosts beyond a payment’s own to which --follow and repeat-redirect may go. Default: none.',
  ),
  controlToken: string('', 'TEXT', 'Token that every control call must carry. Default: none.'),
  journal: flag(true, 'Keep the calls, so that they can be looked at.'),
  journalLength: integer(2000, 1, 1_000_000, 'Calls kept in the journal; then the oldest makes room.'),
  maxNamespaces: integer(10_000, 1, 1_000_000, 'Namespaces kept; then the one unused for longest makes room.'),
  namespaceLeaseMs: integer(
    0,
    0,
    3_153_600_000,
    'Time after which an unused namespace is dropped with its payments, in ms; 0 keeps it.',
  ),
  faults: faultList('JSON file with a list of faults to arm at start; in a config file also the list itself.'),
  maxFaults: integer(1000, 1, 100_000, 'Faults kept; one more is refused.'),
  maxBodyBytes: integer(262_144, 1024, 16_777_216, 'Largest request body, in bytes.'),
  maxHeaderBytes: integer(16_384, 1024, 1_048_576, 'Largest request header, in bytes.'),
  maxPayments: integer(
    100_000,
    1,
    10_000_000,
    'Payments kept; then the oldest finished one makes room, else the oldest.',
  ),
  maxSubscriptions: integer(
    10_000,
    1,
    10_000_000,
    'Subscriptions kept; then the oldest inactive one makes room, else the oldest.',
  ),
  requestTimeoutMs: integer(10_000, 100, 600_000, 'Time for a request to arrive whole, in ms.'),
  log: choice(['auto', 'text', 'json', 'silent'], 'Form of the log: text on a terminal, JSON lines otherwise.'),
  logCalls: flag(true, 'A line of the log for every call and every act of a payer; needs the journal.'),
} as const satisfies Record<string, Setting<never> | Setting<unknown>>

export type SettingName = keyof typeof settings

/** All settings, frozen. */
export type Config = { readonly [K in SettingName]: (typeof settings)[K] extends Setting<infer T> ? T : never }
