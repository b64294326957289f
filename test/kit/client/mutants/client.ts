import { type EndpointName, endpoints } from '../../../../contracts/index.ts'
import type { Driver, DriverSettings, NoReport, StartDriver } from '../../../../src/kit/client/driver.ts'
import type { Report } from '../../../../src/kit/client/protocol.ts'
import type { ClientRuleId } from '../../../../src/kit/client/rules.ts'

export type Params = Readonly<Record<string, unknown>>
export interface Reply {
  readonly status: number
  readonly text: string
}

const DOUBTFUL = /"error_code":(-702|-785)\b|"method_result_code":"(BANK_FIRM_UNKNOWN|USER_LOCKED)"/

/** A client that keeps every rule, in parts, so that a mutant can be wrong in exactly one. */
export class Client {
  protected readonly settings: DriverSettings
  /** What it writes to stderr and stdout. */
  output = ''
  printed = ''
  constructor(settings: DriverSettings) {
    this.settings = settings
  }
  method(_name: EndpointName): string {
    return 'POST'
  }
  url(name: EndpointName): string {
    return `${this.settings.baseUrl}${endpoints[name].path}`
  }
  headers(_name: EndpointName): Record<string, string> {
    return { authorization: `SECRET_KEY ${this.settings.key}`, 'content-type': 'application/json' }
  }
  fields(_name: EndpointName, params: Params): Params {
    return params
  }
  body(name: EndpointName, params: Params): string | Uint8Array {
    return JSON.stringify(this.fields(name, params))
  }
  timeoutMs(): number {
    return this.settings.timeoutMs
  }
  redirect(): 'follow' | 'manual' {
    return 'manual'
  }
  async send(name: EndpointName, params: Params): Promise<Reply> {
    const method = this.method(name)
    const body = this.body(name, params) as NonNullable<RequestInit['body']>
    const response = await fetch(this.url(name), {
      method,
      headers: this.headers(name),
      ...(method === 'GET' ? {} : { body }),
      redirect: this.redirect(),
      signal: AbortSignal.timeout(this.timeoutMs()),
    })
    return { status: response.status, text: await this.read(response) }
  }
  read(response: Response): Promise<string> {
    return response.text()
  }
  result(json: Params, _name: EndpointName): Params {
    return json
  }
  refusal({ error_code, error_message, extras }: Params): { error_code: unknown; error_message: unknown } {
    return { error_code, error_message, ...(extras === undefined ? {} : { extras }) }
  }
  meaning(name: EndpointName, { status, text }: Reply): Report {
    const json = JSON.parse(text) as Params
    if (status === 200) return { kind: 'result', result: this.result(json, name) }
    if (this.isOpen(status, name, text) || !Number.isInteger(json['error_code'])) return this.lost(`HTTP ${status}`)
    return { kind: 'refusal', refusal: this.refusal(json) }
  }
  /** Whether money may have moved. */
  isOpen(status: number, name: EndpointName, text: string): boolean {
    return status >= 500 || (name !== 'order' && this.isDoubtful(text))
  }
  isDoubtful(text: string): boolean {
    return DOUBTFUL.test(text)
  }
  lost(reason: string): Report {
    return { kind: 'unknown', reason }
  }
  async call(name: EndpointName, params: Params): Promise<Report> {
    try {
      return this.verified(name, params, this.meaning(name, await this.send(name, params)))
    } catch (error) {
      return this.lost(String(error))
    }
  }
  /** An answer about something else is no success. */
  verified(name: EndpointName, params: Params, report: Report): Report {
    if (report.kind !== 'result') return report
    const { tid, partner_order_id, amount, approved_cancel_amount } = report.result as Record<string, never>
    const differs = (answered: unknown, asked: unknown) => asked != null && answered != null && answered !== asked
    const isOther =
      differs(tid, params['tid']) ||
      differs(partner_order_id, params['partner_order_id']) ||
      (name === 'approve' && differs(amount?.['total'], params['total_amount'])) ||
      (name === 'cancel' && differs(approved_cancel_amount?.['total'], params['cancel_amount']))
    return isOther ? this.lost('the answer is about something else') : report
  }
}

export type ClientClass = new (settings: DriverSettings) => Client

/** A client that is wrong in one way, and the rule that must find it. */
export interface Mutant {
  readonly rule: ClientRuleId
  readonly Kind: ClientClass
  /** It is wrong only where nobody answers in time. */
  readonly waits?: boolean
}

export type Mutants = Readonly<Record<string, Mutant>>

/** Wrong clients that one rule must find. */
export const of = (rule: ClientRuleId, kinds: Readonly<Record<string, ClientClass>>, waits = false): Mutants =>
  Object.fromEntries(Object.entries(kinds).map(([name, Kind]) => [name, { rule, Kind, waits }]))

/** A client that makes something else of an answer. */
export const meaning = (change: (answer: Reply, own: () => Report, name: EndpointName) => Report) =>
  class extends Client {
    override meaning = (name: EndpointName, answer: Reply) => change(answer, () => super.meaning(name, answer), name)
  }

/** The same for each call that moves money. */
export const perCall = (kinds: (call: EndpointName) => Readonly<Record<string, ClientClass>>) =>
  Object.assign({}, ...(['approve', 'cancel', 'subscription'] as const).map(kinds)) as Record<string, ClientClass>

export const failed: Report = { kind: 'refusal', refusal: { error_code: -1, error_message: 'payment failed' } }

/** A client as the kit meets one, without a process of its own. */
export const inProcess =
  (Kind: ClientClass): StartDriver =>
  async (settings): Promise<Driver> => {
    const client = new Kind(settings)
    return {
      output: () => client.output,
      printed: () => client.printed,
      async ask({ call, params }, timeoutMs) {
        let timer: NodeJS.Timeout | undefined
        const late = new Promise<NoReport>((resolve) => {
          const reason = `it reported nothing within ${timeoutMs} ms`
          timer = setTimeout(() => resolve({ kind: 'no report', reason }), timeoutMs)
        })
        const report = await Promise.race([client.call(call, params), late])
        clearTimeout(timer)
        return report
      },
      close: async () => {},
    }
  }
