import { type EndpointName, endpoints } from '../../../../contracts/index.ts'
import type { Report } from '../../../../src/kit/client/protocol.ts'
import { Client, type ClientClass, type Params, type Reply } from './client.ts'

const money: ReadonlySet<string> = new Set(['approve', 'cancel', 'subscription'])

/** What order answers about the payment; undefined where that is not known either. */
const lookUp = async (client: Client, { cid, tid }: Params): Promise<Params | undefined> => {
  const answer = await client.send('order', { cid, tid }).catch(() => undefined)
  return answer?.status === 200 ? (JSON.parse(answer.text) as Params) : undefined
}

/** Asks order after everything that is no success of approve and cancel, and reports what it says. */
class AsksOrder extends Client {
  override async call(name: EndpointName, params: Params): Promise<Report> {
    const report = await super.call(name, params)
    if ((name !== 'approve' && name !== 'cancel') || report.kind === 'result') return report
    const order = await lookUp(this, params)
    const isDone = order && (name === 'approve' ? /SUCCESS|CANCEL/ : /CANCEL/).test(String(order['status']))
    return isDone && report.kind === 'unknown' ? { kind: 'result', result: order } : report
  }
}

/** Asks order after a lost call, and sends it again where nothing happened. */
class Decides extends Client {
  override async call(name: EndpointName, params: Params): Promise<Report> {
    const report = await super.call(name, params)
    if (report.kind !== 'unknown' || (name !== 'approve' && name !== 'cancel')) return report
    const { status } = (await lookUp(this, params)) ?? {}
    const isOpen = name === 'approve' ? status === 'AUTH_PASSWORD' : status === 'SUCCESS_PAYMENT'
    return isOpen ? super.call(name, params) : report
  }
}

/** One call at a time. */
class Serial extends Client {
  #last: Promise<unknown> = Promise.resolve()
  override call(name: EndpointName, params: Params): Promise<Report> {
    const next = this.#last.then(() => super.call(name, params))
    this.#last = next
    return next
  }
}

/** Remembers what it approved. */
class Remembers extends Client {
  readonly #approved = new Map<string, Report>()
  override async call(name: EndpointName, params: Params): Promise<Report> {
    const known = name === 'approve' ? this.#approved.get(JSON.stringify(params)) : undefined
    const report = known ?? (await super.call(name, params))
    if (name === 'approve' && report.kind === 'result') this.#approved.set(JSON.stringify(params), report)
    return report
  }
}

/** Clients that are right in different ways: the kit blames none of them. */
export const correctClients: Readonly<Record<string, ClientClass>> = {
  plain: Client,
  'asks order after each failure': AsksOrder,
  'asks order, then sends again': Decides,
  'one call at a time': Serial,
  'remembers what it approved': Remembers,
  'other headers': class extends Client {
    override headers = () => ({
      Authorization: `DEV_SECRET_KEY ${this.settings.key}`,
      'Content-Type': 'application/json; charset=UTF-8',
      Accept: 'application/json',
      'User-Agent': 'shop/1.0',
      'X-Request-Id': '0123456789abcdef0123456789abcdef',
      Connection: 'close',
    })
  },
  'other JSON': class extends Client {
    override body = (_: EndpointName, params: Params) =>
      JSON.stringify(Object.fromEntries(Object.entries(params).sort()), null, 2).replaceAll(
        /[^\x20-\x7e\n]/g,
        (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
  },
  'nulls for what it does not have': class extends Client {
    override fields = (name: EndpointName, params: Params) => ({
      ...(name === 'ready' ? { item_code: null, vat_amount: null, install_month: null, custom_json: null } : {}),
      ...(name === 'cancel' ? { payload: null, cancel_vat_amount: null } : {}),
      ...params,
    })
  },
  'writes defaults out': class extends Client {
    readonly #totals = new Map<unknown, unknown>()
    override fields = (name: EndpointName, params: Params) => {
      const total = Number(params['total_amount']) - Number(params['tax_free_amount'])
      if (name === 'ready' && params['green_deposit'] === undefined)
        return { vat_amount: Math.round(total / 11), ...params }
      return name === 'approve' && this.#totals.has(params['tid'])
        ? { total_amount: this.#totals.get(params['tid']), ...params }
        : params
    }
    override async call(name: EndpointName, params: Params) {
      const report = await super.call(name, params)
      if (name === 'ready' && report.kind === 'result') this.#totals.set(report.result['tid'], params['total_amount'])
      return report
    }
  },
  'typed results': class extends Client {
    override result = (json: Params, name: EndpointName) =>
      Object.fromEntries(Object.keys(endpoints[name].response.shape).map((key) => [key, json[key] ?? null]))
  },
  'sends ready and order again when they are lost': class extends Client {
    override async send(name: EndpointName, params: Params): Promise<Reply> {
      const first = super.send(name, params)
      return money.has(name) ? first : first.catch(() => super.send(name, params))
    }
  },
  'every refusal of money is unknown': class extends Client {
    override isOpen = (status: number, name: EndpointName, text: string) =>
      super.isOpen(status, name, text) || name === 'approve' || name === 'cancel'
  },
  'logs a masked key': class extends Client {
    override async call(name: EndpointName, params: Params) {
      this.output += `${new Date().toISOString()} ${name} ${this.settings.key.slice(0, 8)}**** ${JSON.stringify(params)}\n`
      return super.call(name, params)
    }
  },
  'asks order before each cancel': class extends Client {
    override async call(name: EndpointName, params: Params) {
      if (name === 'cancel') await lookUp(this, params)
      return super.call(name, params)
    }
  },
}

/** Clients that are right in what must be, and differ in what should be. */
export const nearlyCorrectClients: Readonly<Record<string, ClientClass>> = {
  'believes every refusal': class extends Client {
    override isDoubtful = () => false
  },
  'sends numbers as texts': class extends Client {
    override body = (_: EndpointName, params: Params) =>
      JSON.stringify(params, (_key, value: unknown) => (typeof value === 'number' ? String(value) : value))
  },
  'compares nothing and follows redirects': class extends Client {
    override verified = (_: EndpointName, __: Params, report: Report) => report
    override redirect = () => 'follow' as const
  },
}
