import type { EndpointName } from '../../../../contracts/index.ts'
import type { Report } from '../../../../src/kit/client/protocol.ts'
import { Client, type Mutants, meaning, of, type Params, type Reply } from './client.ts'

const result = (change: (json: Params, name: EndpointName) => Params) =>
  class extends Client {
    override result = change
  }

const read = (decode: (bytes: Buffer) => string) =>
  class extends Client {
    override read = async (response: Response) => decode(Buffer.from(await response.arrayBuffer()))
  }

const values = (json: unknown, change: (value: unknown, key: string) => unknown, key = ''): unknown =>
  typeof json === 'object' && json !== null && !Array.isArray(json)
    ? Object.fromEntries(Object.entries(json).map(([k, v]) => [k, values(v, change, k)]))
    : change(json, key)
const each = (change: (value: unknown, key: string) => unknown) => result((json) => values(json, change) as Params)

/** Mixes up answers: the last one that came is reported for whatever was asked. */
class Shared extends Client {
  #last: Reply | undefined
  override async send(name: EndpointName, params: Params) {
    this.#last = await super.send(name, params)
    await new Promise((resolve) => setTimeout(resolve, 30))
    return this.#last
  }
}

/** One connection, and no queue. */
class Busy extends Client {
  #open = 0
  override async call(name: EndpointName, params: Params): Promise<Report> {
    if (this.#open > 0) return this.lost('busy')
    this.#open++
    return super.call(name, params).finally(() => this.#open--)
  }
}

/** Answers order from memory. */
class CachedOrder extends Client {
  readonly #known = new Map<unknown, Report>()
  override async call(name: EndpointName, params: Params) {
    const known = name === 'order' ? this.#known.get(params['tid']) : undefined
    const report = known ?? (await super.call(name, params))
    if (name === 'order') this.#known.set(params['tid'], report)
    return report
  }
}

/** Wrong in what it makes of an answer that arrives. */
export const reportMutants: Mutants = {
  ...of('client.result', {
    'reports nothing but success': result(() => ({ ok: true })),
    'reports an empty result': result(() => ({})),
    'wraps results in data': result((json) => ({ data: json })),
    'writes result keys in camelCase': result((json) =>
      Object.fromEntries(
        Object.entries(json).map(([k, v]) => [k.replaceAll(/_(\w)/g, (_, c: string) => c.toUpperCase()), v]),
      ),
    ),
    'drops the tid': result(({ tid: _, ...json }) => json),
    'drops the aid of approve': result(({ aid: _, ...json }, name) =>
      name === 'approve' ? json : { ...json, aid: _ },
    ),
    'drops the sid': result(({ sid: _, ...json }) => json),
    'swaps aid and tid': result((json) => ('aid' in json ? { ...json, aid: json['tid'], tid: json['aid'] } : json)),
    'writes amounts as texts': each((value) => (typeof value === 'number' ? String(value) : value)),
    'writes amounts in hundredths': each((value, key) => (key === 'total' ? Number(value) * 100 : value)),
    'adds VAT to the total': result((json) =>
      'amount' in json ? { ...json, amount: { ...(json['amount'] as object), total: 2400 } } : json,
    ),
    'reports the amount as a number': result((json) =>
      'amount' in json ? { ...json, amount: (json['amount'] as Params)['total'] } : json,
    ),
    'reads null as a text': each((value) => (value === null ? 'null' : value)),
    'invents an approval time': result((json) => ({ approved_at: '2024-01-01T00:00:00', ...json })),
    'writes times in UTC': each((value, key) => (key.endsWith('_at') && value ? `${String(value)}Z` : value)),
    'writes times as numbers': each((value, key) => (key.endsWith('_at') && value ? Date.parse(String(value)) : value)),
    'writes statuses in small letters': each((value, key) => (key === 'status' ? String(value).toLowerCase() : value)),
    'requires item_code': result((json) => {
      if ('aid' in json && !('status' in json) && json['item_code'] == null) throw new Error('no item_code')
      return json
    }),
    'knows money alone': each((value, key) => (key === 'payment_method_type' ? 'MONEY' : value)),
    'reports what was paid as what is left': result((json) =>
      'cancel_available_amount' in json ? { ...json, cancel_available_amount: json['amount'] } : json,
    ),
    'reports what was cancelled as what is left': result((json, name) =>
      name === 'cancel' ? { ...json, cancel_available_amount: json['canceled_amount'] } : json,
    ),
    'reports every cancel as whole': result((json) =>
      'canceled_at' in json ? { ...json, status: 'CANCEL_PAYMENT' } : json,
    ),
    'reports every order as paid': result((json) => ('status' in json ? { ...json, status: 'SUCCESS_PAYMENT' } : json)),
    'reports every sid as active': result((json, name) => (name === 'status' ? { ...json, status: 'ACTIVE' } : json)),
    'reports instalments as none': each((value, key) => (key === 'install_month' ? '00' : value)),
    'reports a quantity of 1': each((value, key) => (key === 'quantity' ? 1 : value)),
    'cuts what it reads': each((value, key) => (key.startsWith('partner_') ? String(value).slice(0, 50) : value)),
    'reads ids as numbers in answers': each((value, key) =>
      key.startsWith('partner_') && /^\d+$/.test(String(value)) ? Number(value) : value,
    ),
    'reads answers as Latin-1': read((bytes) => bytes.toString('latin1')),
    'reads answers as ASCII': read((bytes) => bytes.toString('ascii')),
    'reports every success as unknown': meaning((answer, own) =>
      answer.status === 200 ? { kind: 'unknown', reason: 'not sure' } : own(),
    ),
    'escapes HTML in answers': each((value) => (typeof value === 'string' ? value.replaceAll('&', '&amp;') : value)),
    'trims what it reads': each((value) => (typeof value === 'string' ? value.trim() : value)),
    'recomputes the VAT': each((value, key) => (key === 'vat' ? Number(value) + 1 : value)),
    'reports no deposit': each((value, key) => (key === 'green_deposit' ? 0 : value)),
    'mixes up answers': Shared,
  }),
  ...of('client.alive', {
    'no longer works after a refusal': class extends Client {
      #refused = false
      override async call(name: EndpointName, params: Params) {
        const report = this.#refused ? this.lost('closed') : await super.call(name, params)
        this.#refused ||= report.kind === 'refusal'
        return report
      }
    },
    'reports order from memory': CachedOrder,
    'fails while another call is open': Busy,
    'reports without a call': class extends Client {
      override async call(): Promise<Report> {
        return { kind: 'result', result: {} }
      }
    },
  }),
}
