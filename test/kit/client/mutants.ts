import { type EndpointName, endpoints } from '../../../contracts/index.ts'
import type { Driver, DriverSettings, NoReport, StartDriver } from '../../../src/kit/client/driver.ts'
import type { Report } from '../../../src/kit/client/protocol.ts'

type Params = Readonly<Record<string, unknown>>
interface Reply {
  readonly status: number
  readonly text: string
}

/** A client that keeps every rule, in parts, so that an mutant can be wrong in exactly one. */
class Client {
  protected readonly settings: DriverSettings
  output = ''
  constructor(settings: DriverSettings) {
    this.settings = settings
  }
  method(): string {
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
  async send(name: EndpointName, params: Params): Promise<Reply> {
    const method = this.method()
    const body = this.body(name, params) as NonNullable<RequestInit['body']>
    const response = await fetch(this.url(name), {
      method,
      headers: this.headers(name),
      ...(method === 'GET' ? {} : { body }),
      signal: AbortSignal.timeout(this.timeoutMs()),
    })
    return { status: response.status, text: await this.read(response) }
  }
  read(response: Response): Promise<string> {
    return response.text()
  }
  result(json: Params): Params {
    return json
  }
  refusal({ error_code, error_message, extras }: Params): { error_code: unknown; error_message: unknown } {
    return { error_code, error_message, ...(extras === undefined ? {} : { extras }) }
  }
  meaning(name: EndpointName, { status, text }: Reply): Report {
    const json = JSON.parse(text) as Params
    if (status === 200) return { kind: 'result', result: this.result(json) }
    if (this.isOpen(status, name) || !Number.isInteger(json['error_code'])) return this.lost(`HTTP ${status}`)
    return { kind: 'refusal', refusal: this.refusal(json) }
  }
  isOpen(status: number, _name: EndpointName): boolean {
    return status >= 500
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
  readonly #totals = new Map<unknown, unknown>()
  /** An answer about something else is no success. */
  verified(name: EndpointName, params: Params, report: Report): Report {
    if (report.kind !== 'result') return report
    const { tid, partner_order_id, amount, approved_cancel_amount } = report.result as Record<string, never>
    if (name === 'ready') this.#totals.set(tid, params['total_amount'])
    const total = this.#totals.get(params['tid'])
    const isOther =
      (params['tid'] !== undefined && tid !== undefined && tid !== params['tid']) ||
      (name === 'approve' && partner_order_id !== undefined && partner_order_id !== params['partner_order_id']) ||
      (name === 'approve' && amount?.['total'] !== undefined && total !== undefined && amount['total'] !== total) ||
      (name === 'cancel' &&
        approved_cancel_amount?.['total'] !== undefined &&
        approved_cancel_amount['total'] !== params['cancel_amount'])
    return isOther ? this.lost('the answer is about something else') : report
  }
}

/** The honest one, and one subclass for each way of being wrong. The name says which. */
export const honest = Client

const failed = { kind: 'refusal', refusal: { error_code: -1, error_message: 'payment failed' } } as const

export const mutants: Readonly<Record<string, new (settings: DriverSettings) => Client>> = {
  'asks with PUT': class extends Client {
    override method = () => 'PUT'
  },
  'asks with GET': class extends Client {
    override method = () => 'GET'
  },
  'asks the retired path': class extends Client {
    override url = (name: EndpointName) => `${this.settings.baseUrl}/v1/payment/${name}`
  },
  'ends paths with a slash': class extends Client {
    override url = (name: EndpointName) => `${super.url(name)}/`
  },
  'sends the cid in a query': class extends Client {
    override url = (name: EndpointName) => `${super.url(name)}?cid=TC0ONETIME`
  },
  'sends KakaoAK': class extends Client {
    override headers = () => ({ authorization: `KakaoAK ${this.settings.key}`, 'content-type': 'application/json' })
  },
  'forgets the space before the key': class extends Client {
    override headers = () => ({ authorization: `SECRET_KEY${this.settings.key}`, 'content-type': 'application/json' })
  },
  'sends no Authorization': class extends Client {
    override headers = () => ({ 'content-type': 'application/json' }) as Record<string, string>
  },
  'sends another Content-Type': class extends Client {
    override headers = (name: EndpointName) => ({ ...super.headers(name), 'content-type': 'text/plain' })
  },
  'sends a form': class extends Client {
    override headers = (name: EndpointName) => ({
      ...super.headers(name),
      'content-type': 'application/x-www-form-urlencoded',
    })
    override body = (_: EndpointName, params: Params) =>
      new URLSearchParams(params as Record<string, string>).toString()
  },
  'sends a list': class extends Client {
    override body = (_: EndpointName, params: Params) => JSON.stringify([params])
  },
  'sends Latin-1': class extends Client {
    override body = (_: EndpointName, params: Params) =>
      Buffer.from(JSON.stringify({ ...params, payload: 'é' }), 'latin1')
  },
  'sends numbers as texts': class extends Client {
    override fields = (_: EndpointName, params: Params) =>
      Object.fromEntries(Object.entries(params).map(([k, v]) => [k, typeof v === 'number' ? String(v) : v]))
  },
  'sends a field of its own': class extends Client {
    override fields = (_: EndpointName, params: Params) => ({ ...params, cancel_reason: 'none' })
  },
  'drops zeros': class extends Client {
    override fields = (_: EndpointName, params: Params) =>
      Object.fromEntries(Object.entries(params).filter(([name, v]) => v !== 0 || name.includes('tax_free')))
  },
  'drops lists and maps': class extends Client {
    override fields = (_: EndpointName, params: Params) =>
      Object.fromEntries(Object.entries(params).filter(([, v]) => typeof v !== 'object'))
  },
  'escapes texts for HTML': class extends Client {
    override fields = (_: EndpointName, params: Params) =>
      Object.fromEntries(
        Object.entries(params).map(([k, v]) => [k, k.startsWith('item_') ? String(v).replaceAll('&', '&amp;') : v]),
      )
  },
  'cuts the query off redirect URLs': class extends Client {
    override fields = (_: EndpointName, params: Params) =>
      Object.fromEntries(
        Object.entries(params).map(([k, v]) => [k, k.endsWith('_url') ? String(v).replace(/\?.*/, '') : v]),
      )
  },
  'writes large numbers with an exponent': class extends Client {
    override fields = (_: EndpointName, params: Params) =>
      Object.fromEntries(
        Object.entries(params).map(([k, v]) => [k, typeof v === 'number' && v > 1e9 ? Number(v.toPrecision(7)) : v]),
      )
  },
  'uses one tid for one order': class extends Client {
    readonly #ready = new Map<unknown, Report>()
    override async call(name: EndpointName, params: Params) {
      const id = params['item_name'] === '초코파이' && params['partner_order_id']
      const known = name === 'ready' ? this.#ready.get(id) : undefined
      const report = known ?? (await super.call(name, params))
      if (name === 'ready' && report.kind === 'result') this.#ready.set(id, report)
      return report
    }
  },
  'writes the key to its log': class extends Client {
    override async call(name: EndpointName, params: Params) {
      this.output += `calling ${name} with ${this.settings.key}\n`
      return super.call(name, params)
    }
  },
  'sends the key in the body': class extends Client {
    override fields = (_: EndpointName, params: Params) => ({ ...params, payload: this.settings.key })
  },
  'sends the key in a header of its own': class extends Client {
    override headers = (name: EndpointName) => ({ ...super.headers(name), 'x-api-key': this.settings.key })
  },
  'tells nothing but success': class extends Client {
    override result = () => ({ ok: true })
  },
  'invents an approval time': class extends Client {
    override result = (json: Params) => ({ approved_at: '2024-01-01T00:00:00', ...json })
  },
  'reads null as a text': class extends Client {
    override result = (json: Params) =>
      Object.fromEntries(Object.entries(json).map(([k, v]) => [k, v === null ? 'null' : v]))
  },
  'takes item_code for always there': class extends Client {
    override result = (json: Params) => {
      if ('aid' in json && !('status' in json) && !('item_code' in json)) throw new Error('no item_code')
      return json
    }
  },
  'knows only money': class extends Client {
    override result = (json: Params) => ({
      ...json,
      ...('payment_method_type' in json ? { payment_method_type: 'MONEY' } : {}),
    })
  },
  'tells what was paid as what is left': class extends Client {
    override result = (json: Params) =>
      'cancel_available_amount' in json ? { ...json, cancel_available_amount: json['amount'] } : json
  },
  'tells every cancel as whole': class extends Client {
    override result = (json: Params) => ('canceled_at' in json ? { ...json, status: 'CANCEL_PAYMENT' } : json)
  },
  'tells what comes as paid': class extends Client {
    override result = (json: Params) => ('status' in json ? { ...json, status: 'SUCCESS_PAYMENT' } : json)
  },
  'reads msg and code of the retired host': class extends Client {
    override refusal = ({ code, msg }: Params) => ({ error_code: code ?? 0, error_message: msg ?? '' })
  },
  'tells refusals in words of its own': class extends Client {
    override refusal = ({ error_code, extras }: Params) => ({ error_code, error_message: 'refused', extras })
  },
  'reads texts as Latin-1': class extends Client {
    override read = async (response: Response) => Buffer.from(await response.arrayBuffer()).toString('latin1')
  },
  'drops extras': class extends Client {
    override refusal = ({ error_code, error_message }: Params) => ({ error_code, error_message })
  },
  'needs extras': class extends Client {
    override refusal = (json: Params) => ({
      ...super.refusal(json),
      extras: { ...(json['extras'] as object), seen: true },
    })
  },
  'tells every HTTP 4xx as unknown': class extends Client {
    override isOpen = (status: number) => status >= 400
  },
  'takes 401 and 403 for a broken connection': class extends Client {
    override isOpen = (status: number) => status >= 500 || status === 401 || status === 403
  },
  'takes 429 for a broken connection': class extends Client {
    override isOpen = (status: number) => status >= 500 || status === 429
  },
  'tells 503 as paid': class extends Client {
    override meaning = (name: EndpointName, answer: Reply): Report =>
      answer.status === 503 ? { kind: 'result', result: { ok: true } } : super.meaning(name, answer)
  },
  'is worn out by a refusal': class extends Client {
    #refused = false
    override async call(name: EndpointName, params: Params) {
      const report = this.#refused ? this.lost('closed') : await super.call(name, params)
      this.#refused ||= report.kind === 'refusal'
      return report
    }
  },
  'takes −702 for a payment of its own': class extends Client {
    override meaning = (name: EndpointName, answer: Reply): Report =>
      answer.text.includes('-702') ? { kind: 'result', result: { status: 'paid' } } : super.meaning(name, answer)
  },
  'tells 500 as a refusal': class extends Client {
    override isOpen = () => false
  },
  'tells what is no JSON as failed': class extends Client {
    override meaning = (name: EndpointName, answer: Reply): Report =>
      answer.text.startsWith('{') ? super.meaning(name, answer) : failed
  },
  'tells a broken connection as failed': class extends Client {
    override async call(name: EndpointName, params: Params): Promise<Report> {
      try {
        return this.meaning(name, await this.send(name, params))
      } catch (error) {
        return error instanceof SyntaxError ? this.lost('no JSON') : failed
      }
    }
  },
  'tells half an answer as failed': class extends Client {
    override meaning = (name: EndpointName, answer: Reply): Report =>
      answer.status === 200 && !answer.text.endsWith('}') ? failed : super.meaning(name, answer)
  },
  'tells a broken order as not paid': class extends Client {
    override async call(name: EndpointName, params: Params): Promise<Report> {
      const report = await super.call(name, params)
      return name === 'order' && report.kind === 'unknown' ? { kind: 'result', result: { status: 'READY' } } : report
    }
  },
  'tells a broken ready as refused': class extends Client {
    override async call(name: EndpointName, params: Params): Promise<Report> {
      const report = await super.call(name, params)
      return name === 'ready' && report.kind === 'unknown' ? failed : report
    }
  },
  'sends again what was lost': class extends Client {
    override async send(name: EndpointName, params: Params): Promise<Reply> {
      return super.send(name, params).catch(() => super.send(name, params))
    }
  },
  'sends again after HTTP 500': class extends Client {
    override async send(name: EndpointName, params: Params): Promise<Reply> {
      const answer = await super.send(name, params)
      return answer.status === 500 ? super.send(name, params) : answer
    }
  },
  'waits for ever': class extends Client {
    override timeoutMs = () => 60_000
  },
  'gives up early': class extends Client {
    override timeoutMs = () => this.settings.timeoutMs / 4
  },
  'reads the first piece only': class extends Client {
    override read = async (response: Response) => {
      const piece = await response.body?.getReader().read()
      return new TextDecoder().decode(piece?.value)
    }
  },
  'refuses new fields': class extends Client {
    override meaning = (name: EndpointName, answer: Reply): Report =>
      answer.text.includes('new_') ? failed : super.meaning(name, answer)
  },
  'says nothing': class extends Client {
    override async call(): Promise<Report> {
      return { kind: 'result', result: {} }
    }
  },
}

/** An mutant as the kit meets a client, without a process of its own. */
export const inProcess =
  (Kind: new (settings: DriverSettings) => Client): StartDriver =>
  async (settings): Promise<Driver> => {
    const client = new Kind(settings)
    return {
      output: () => client.output,
      async ask({ call, params }, timeoutMs) {
        const late = new Promise<NoReport>((resolve) => {
          setTimeout(
            () => resolve({ kind: 'no report', reason: `it reported nothing within ${timeoutMs} ms` }),
            timeoutMs,
          ).unref()
        })
        return Promise.race([client.call(call, params), late])
      },
      close: async () => {},
    }
  }
