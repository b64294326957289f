import type { Merchant, Settings } from '../payment/settings.ts'
import { applicationList, faultList, records } from './json-options.ts'
import { choice, flag, integer, list, type Option, port, string, type Values } from './option.ts'

const listening = {
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
    /^https?:\/\/[^\s/]\S*$/,
    'an http or https URL',
  ),
  allowedHosts: list(
    'HOST,…',
    'Host names by which the control API may be called, beyond loopback, --host and --public-url.',
  ),
  followHosts: list(
    'HOST,…',
    'Hosts beyond a payment’s own to which --follow and repeat-redirect may go. Default: none.',
  ),
  controlToken: string('', 'TEXT', 'Token that every control call must carry. Default: none.'),
}

const behaviour = {
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
  faults: faultList('JSON file with a list of faults to arm at start; in a config file also the list itself.'),
  seed: string(
    '',
    'TEXT',
    'Makes ids, tokens and redirect hashes repeatable. For tests only: they can then be guessed.',
  ),
}

const callers = {
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
}

const storage = {
  journal: flag(true, 'Keep the calls, so that they can be looked at.'),
  journalLength: integer(2000, 1, 1_000_000, 'Calls kept in the journal; then the oldest makes room.'),
  maxNamespaces: integer(10_000, 1, 1_000_000, 'Namespaces kept; then the one unused for longest makes room.'),
  namespaceLeaseMs: integer(
    0,
    0,
    3_153_600_000,
    'Time after which an unused namespace is dropped with its payments, in ms; 0 keeps it.',
  ),
  store: string(
    'memory',
    'memory|sqlite:FILE|redis://HOST:PORT',
    'Where state is kept: in this process, in a SQLite file (Node 22.13 and later), or in Redis, which replicas share.',
    /^(memory|sqlite:.+|rediss?:\/\/.+)$/,
    'memory, sqlite:FILE or redis://HOST:PORT',
  ),
  state: string(
    '',
    'FILE',
    'JSON file with a state to begin with, where nothing is kept yet (see `kakaopay-mock state`).',
  ),
  resetTo: choice(['nothing', 'state'], 'What a reset leaves: nothing, or what the file of --state says.'),
  storePrefix: string('kakaopay-mock:', 'TEXT', 'Before the name of every key in Redis.'),
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
  maxFaults: integer(1000, 1, 100_000, 'Faults kept; one more is refused.'),
}

const relaying = {
  relay: string(
    '',
    'URL',
    'Pass the API’s calls on to this server, answer what comes back, and judge it against the contract.',
    /^https?:\/\/[^\s/]+\/?$/,
    'an http or https URL without a path',
  ),
  relayLive: flag(false, 'Pass live keys (PRD…) on as well. Payments are then real.'),
  record: string('', 'FILE', 'With --relay: keep the exchanges as flows, without keys, names and card data.'),
}

const requests = {
  maxBodyBytes: integer(262_144, 1024, 16_777_216, 'Largest request body, in bytes.'),
  maxHeaderBytes: integer(16_384, 1024, 1_048_576, 'Largest request header, in bytes.'),
  requestTimeoutMs: integer(10_000, 100, 600_000, 'Time for a request to arrive whole, in ms.'),
}

const logging = {
  log: choice(['auto', 'text', 'json', 'silent'], 'Form of the log: text on a terminal, JSON lines otherwise.'),
  logCalls: flag(true, 'A line of the log for every call and every act of a payer; needs the journal.'),
}

/** Every setting, by the headings under which `--help` lists them. */
export const settingGroups = {
  'Where it listens': listening,
  'How KakaoPay is played': behaviour,
  'Who may call': callers,
  'What is kept': storage,
  'Beside the real service': relaying,
  'Limits of a request': requests,
  'The log': logging,
}

/** Every setting: a flag of each command that takes it, a variable of the environment and a name in the config file. */
export const settings = {
  ...listening,
  ...behaviour,
  ...callers,
  ...storage,
  ...relaying,
  ...requests,
  ...logging,
} as const satisfies Record<string, Option<never> | Option<unknown>>

export type SettingName = keyof typeof settings
export const settingNames = Object.keys(settings) as SettingName[]

/** All settings, frozen. */
export type Config = Values<typeof settings>
