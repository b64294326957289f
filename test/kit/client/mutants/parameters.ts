import type { EndpointName } from '../../../../contracts/index.ts'
import type { Report } from '../../../../src/kit/client/protocol.ts'
import { Client, type Mutants, of, type Params } from './client.ts'

const fields = (change: (params: Params, name: EndpointName) => Params) =>
  class extends Client {
    override fields = (name: EndpointName, params: Params) => change(params, name)
  }

/** Changes each value. */
const values = (change: (value: unknown, name: string, call: EndpointName) => unknown) =>
  fields((params, call) => Object.fromEntries(Object.entries(params).map(([k, v]) => [k, change(v, k, call)])))

const texts = (change: (text: string, name: string) => unknown) =>
  values((value, name) => (typeof value === 'string' ? change(value, name) : value))

const ids = (change: (text: string) => unknown) =>
  texts((text, name) => (name.startsWith('partner_') ? change(text) : text))

const urls = (change: (text: string) => string) => texts((text, name) => (name.endsWith('_url') ? change(text) : text))

const swapped = (a: string, b: string) =>
  fields((params) => (a in params && b in params ? { ...params, [a]: params[b], [b]: params[a] } : params))

const only = (call: EndpointName, change: (params: Params) => Params) =>
  fields((params, name) => (name === call ? change(params) : params))

const without = (...names: readonly string[]) =>
  fields((params) => Object.fromEntries(Object.entries(params).filter(([name]) => !names.includes(name))))

const vat = (params: Params) => Math.floor(Number(params['total_amount']) / 10)

/** Remembers the last tid and uses it for every later call. */
class LastTid extends Client {
  #tid: unknown
  override fields = (name: EndpointName, params: Params) =>
    name !== 'ready' && 'tid' in params && this.#tid !== undefined ? { ...params, tid: this.#tid } : params
  override result = (json: Params, name: EndpointName) => {
    if (name === 'ready') this.#tid = json['tid']
    return json
  }
}

/** Wrong in what a request carries. */
export const parameterMutants: Mutants = {
  ...of('client.fields', {
    'drops zeros': fields((params) =>
      Object.fromEntries(Object.entries(params).filter(([name, v]) => v !== 0 || name.includes('tax_free'))),
    ),
    'drops lists and maps': fields((params) =>
      Object.fromEntries(Object.entries(params).filter(([, v]) => typeof v !== 'object')),
    ),
    'sends a quantity of 1 always': values((value, name) => (name === 'quantity' ? 1 : value)),
    'sends no tax-free amount but 0': values((value, name) => (name.endsWith('tax_free_amount') ? 0 : value)),
    'sends the price of all as that of one': only('ready', (params) => ({
      ...params,
      total_amount: Math.floor(Number(params['total_amount']) / Number(params['quantity'])),
    })),
    'cancels no tax-free part': only('cancel', (params) => ({ ...params, cancel_tax_free_amount: 0 })),
    'has a cid of its own in order': only('order', (params) => ({ ...params, cid: 'TC0ONETIME' })),
    'has a cid of its own in status': only('status', (params) => ({ ...params, cid: 'TC0ONETIME' })),
    'taxes nothing': fields((params) =>
      'tax_free_amount' in params ? { ...params, tax_free_amount: params['total_amount'] } : params,
    ),
    'adds a VAT of a tenth': only('ready', (params) => ({
      ...params,
      vat_amount: params['vat_amount'] ?? vat(params),
    })),
    'adds a VAT of 0': only('ready', (params) => ({ vat_amount: 0, ...params })),
    'adds a VAT of 0 in cancel': only('cancel', (params) => ({ cancel_vat_amount: 0, ...params })),
    'adds what is left from memory': only('cancel', (params) => ({
      cancel_available_amount: params['cancel_amount'],
      ...params,
    })),
    'adds a payment method': only('ready', (params) => ({ payment_method_type: 'MONEY', ...params })),
    'adds instalments': only('ready', (params) => ({ install_month: 0, ...params })),
    'adds a payload': only('approve', (params) => ({ payload: '{}', ...params })),
    'replaces the payload': values((value, name) => (name === 'payload' ? 'sdk' : value)),
    'has a cid of its own': values((value, name) => (name === 'cid' ? 'TC0ONETIME' : value)),
    'sends the subscription cid always': values((value, name) => (name === 'cid' ? 'TCSUBSCRIP' : value)),
    'writes the cid in small letters': values((value, name) => (name === 'cid' ? String(value).toLowerCase() : value)),
    'drops cid_secret': without('cid_secret'),
    'drops vat amounts': without('vat_amount', 'cancel_vat_amount'),
    'drops install_month': without('install_month'),
    'drops available_cards': without('available_cards'),
    'drops green_deposit': without('green_deposit'),
    'drops payloads': without('payload'),
    'drops item_code': without('item_code'),
    'drops total_amount in approve': only('approve', ({ total_amount: _, ...params }) => params),
    'drops cancel_available_amount': without('cancel_available_amount'),
    'swaps order id and user id': swapped('partner_order_id', 'partner_user_id'),
    'swaps cancel_url and fail_url': swapped('cancel_url', 'fail_url'),
    'swaps approval_url and cancel_url': swapped('approval_url', 'cancel_url'),
    'swaps tid and pg_token': swapped('tid', 'pg_token'),
    'swaps item name and code': swapped('item_name', 'item_code'),
    'swaps total and tax-free amount': swapped('total_amount', 'tax_free_amount'),
    'swaps cancel amounts': swapped('cancel_amount', 'cancel_tax_free_amount'),
    'cuts ids to 50 characters': ids((text) => text.slice(0, 50)),
    'cuts texts to 20 characters': texts((text, name) => (name === 'item_name' ? text.slice(0, 20) : text)),
    'trims texts': texts((text) => text.trim()),
    'reads ids as numbers': ids((text) => (/^\d+$/.test(text) ? Number(text) : text)),
    'strips zeros from ids': ids((text) => text.replace(/^0+/, '')),
    'prefixes ids': ids((text) => `shop-${text}`),
    'makes ids of its own': values((value, name) => (name === 'partner_order_id' ? 'order-1' : value)),
    'sends one user id for all': values((value, name) => (name === 'partner_user_id' ? 'user-1' : value)),
    'writes ids in small letters': ids((text) => text.toLowerCase()),
    'removes Hangul from ids': ids((text) => text.replaceAll(/\p{Script=Hangul}/gu, '') || 'x'),
    'decomposes Hangul': texts((text) => text.normalize('NFD')),
    'replaces what is not ASCII': texts((text) => text.replaceAll(/[^\x20-\x7e]/g, '?')),
    'removes emoji': texts((text) => text.replaceAll(/\p{Extended_Pictographic}/gu, '')),
    'removes quotes': texts((text) => text.replaceAll('"', '')),
    'escapes backslashes twice': texts((text) => text.replaceAll('\\', '\\\\')),
    'escapes texts for HTML': texts((text, name) => (name.startsWith('item_') ? text.replaceAll('&', '&amp;') : text)),
    'encodes texts for URLs': texts((text, name) => (name.startsWith('item_') ? encodeURIComponent(text) : text)),
    'reads a plus as a space': texts((text) => text.replaceAll('+', ' ')),
    'joins spaces': texts((text) => text.replaceAll(/\s+/g, ' ')),
    'cuts the query off redirect URLs': urls((text) => text.replace(/\?.*/, '')),
    'encodes redirect URLs': urls((text) => encodeURI(text)),
    'makes redirect URLs https': urls((text) => text.replace(/^http:/, 'https:')),
    'replaces app schemes': urls((text) => text.replace(/^myapp:/, 'https:')),
    'adds the order to redirect URLs': urls((text) => `${text}${text.includes('?') ? '&' : '?'}order=1`),
    'ends redirect URLs with a slash': urls((text) => `${text}/`),
    'writes custom_json as a text': values((value, name) => (name === 'custom_json' ? JSON.stringify(value) : value)),
    'joins available_cards': values((value, name) => (name === 'available_cards' ? String(value) : value)),
    'sorts available_cards': values((value) => (Array.isArray(value) ? [...value].sort() : value)),
    'cancels everything always': only('cancel', (params) => ({ ...params, cancel_amount: 2200 })),
    'cancels one won less': only('cancel', (params) => ({
      ...params,
      cancel_amount: Number(params['cancel_amount']) - 1,
    })),
    'sends the last tid': LastTid,
    'charges another amount by sid': only('subscription', (params) => ({
      ...params,
      total_amount: Number(params['total_amount']) + 1,
    })),
    'sends the tid as sid': values((value, name) => (name === 'sid' ? 'T0000000000000000000' : value)),
  }),
  ...of('client.contract', {
    'cancels negative amounts': only('cancel', (params) => ({
      ...params,
      cancel_amount: -Number(params['cancel_amount']),
    })),
    'decodes redirect URLs': urls((text) => decodeURIComponent(text)),
    'sends the order id as tid': only('order', (params) => ({ ...params, tid: 'order-1' })),
  }),
  ...of('client.alive', {
    'gives the same tid for each order': class extends Client {
      readonly #ready = new Map<unknown, Report>()
      override async call(name: EndpointName, params: Params) {
        const id = name === 'ready' && params['total_amount'] === 2200 && params['partner_order_id']
        const known = id ? this.#ready.get(id) : undefined
        const report = known ?? (await super.call(name, params))
        if (id && report.kind === 'result') this.#ready.set(id, report)
        return report
      }
    },
  }),
}
