import { type EndpointName, endpoints } from '../../../../contracts/index.ts'
import { Client, type Mutants, of, type Params } from './client.ts'

/** A client that sends other headers. */
const headers = (change: (own: Record<string, string>, key: string, name: EndpointName) => Record<string, string>) =>
  class extends Client {
    override headers = (name: EndpointName) => change(super.headers(name), this.settings.key, name)
  }
const authorization = (value: (key: string) => string) => headers((own, key) => ({ ...own, authorization: value(key) }))
const contentType = (value: string) => headers((own) => ({ ...own, 'content-type': value }))

/** A client that sends to another address. */
const url = (change: (own: string, name: EndpointName, base: string) => string) =>
  class extends Client {
    override url = (name: EndpointName) => change(super.url(name), name, this.settings.baseUrl)
  }

const method = (change: (name: EndpointName) => string) =>
  class extends Client {
    override method = change
  }

/** A client that writes another body. */
const body = (write: (params: Params, name: EndpointName) => string | Uint8Array) =>
  class extends Client {
    override body = (name: EndpointName, params: Params) => write(params, name)
  }

const numbers = (write: (value: number, name: string) => string) =>
  body((params) => {
    const entries = Object.entries(params).map(([name, value]) => {
      const text = typeof value === 'number' ? write(value, name) : JSON.stringify(value)
      return `${JSON.stringify(name)}:${text}`
    })
    return `{${entries.join(',')}}`
  })

/** Wrong in how a request is sent, whatever is in it. */
export const requestMutants: Mutants = {
  ...of('client.method', {
    'sends PUT': method(() => 'PUT'),
    'sends PATCH': method(() => 'PATCH'),
    'sends GET': method(() => 'GET'),
    'sends GET for order alone': method((name) => (name === 'order' ? 'GET' : 'POST')),
    'sends DELETE for cancel': method((name) => (name === 'cancel' ? 'DELETE' : 'POST')),
    'sends PUT for inactive': method((name) => (name === 'inactive' ? 'PUT' : 'POST')),
    'sends GET for status': method((name) => (name === 'status' ? 'GET' : 'POST')),
  }),
  ...of('client.path', {
    'calls the retired path': url((_, name, base) => `${base}/v1/payment/${name}`),
    'ends paths with a slash': url((own) => `${own}/`),
    'begins paths with two slashes': url((own, _, base) => own.replace(base, `${base}/`)),
    'sends the cid in a query': url((own) => `${own}?cid=TC0ONETIME`),
    'adds a query against caches': url((own, name) => (name === 'order' ? `${own}?_=1` : own)),
    'writes paths in capitals': url((own, name) => own.replace(name, name.toUpperCase())),
    'puts v2 into paths': url((own) => own.replace('/v1/', '/v2/')),
    'calls /payment/orders': url((own) => own.replace(/order$/, 'orders')),
    'calls cancel under its old name': url((own) => own.replace(/cancel$/, 'cancellation')),
    'calls inactive without manage': url((own) => own.replace('/manage/', '/')),
    'calls status as order': url((own, name) => (name === 'status' ? own.replace('/status', '/order') : own)),
  }),
  ...of('client.authorization', {
    'sends KakaoAK': authorization((key) => `KakaoAK ${key}`),
    'sends Bearer': authorization((key) => `Bearer ${key}`),
    'sends Basic': authorization((key) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`),
    'sends the scheme in small letters': authorization((key) => `secret_key ${key}`),
    'sends the key alone': authorization((key) => key),
    'leaves out the space before the key': authorization((key) => `SECRET_KEY${key}`),
    'sends two spaces before the key': authorization((key) => `SECRET_KEY  ${key}`),
    'writes a colon after the scheme': authorization((key) => `SECRET_KEY: ${key}`),
    'quotes the key': authorization((key) => `SECRET_KEY "${key}"`),
    'cuts the key short': authorization((key) => `SECRET_KEY ${key.slice(0, -1)}`),
    'sends the key in small letters': authorization((key) => `SECRET_KEY ${key.toLowerCase()}`),
    'sends undefined as the key': authorization(() => 'SECRET_KEY undefined'),
    'sends no Authorization': headers(({ authorization: _, ...own }) => own),
    'sends Authorization in ready alone': headers(({ authorization: sent = '', ...own }, _, name) =>
      name === 'ready' ? { ...own, authorization: sent } : own,
    ),
    'sends no Authorization in inactive': headers(({ authorization: sent = '', ...own }, _, name) =>
      name === 'inactive' ? own : { ...own, authorization: sent },
    ),
  }),
  ...of('client.content-type', {
    'sends text/plain': contentType('text/plain'),
    'sends text/json': contentType('text/json'),
    'sends JSON as a form': contentType('application/x-www-form-urlencoded;charset=utf-8'),
    'names EUC-KR': contentType('application/json; charset=euc-kr'),
    'sends application/json+kakao': contentType('application/json+kakao'),
    'sends no Content-Type of its own': headers(({ 'content-type': _, ...own }) => own),
    'sends another Content-Type in cancel': headers((own, _, name) =>
      name === 'cancel' ? { ...own, 'content-type': 'text/plain' } : own,
    ),
  }),
  ...of('client.json', {
    'sends a list': body((params) => JSON.stringify([params])),
    'sends JSON within JSON': body((params) => JSON.stringify(JSON.stringify(params))),
    'sends a form as JSON': body((params) => new URLSearchParams(params as Record<string, string>).toString()),
    'sends Latin-1': body((params) => Buffer.from(JSON.stringify({ ...params, payload: 'é' }), 'latin1')),
    'sends UTF-16': body((params) => Buffer.from(JSON.stringify(params), 'utf16le')),
    'begins with a byte order mark': body((params) => `\uFEFF${JSON.stringify(params)}`),
    'writes single quotes': body((params) => JSON.stringify(params).replaceAll('"', "'")),
    'ends with a comma': body((params) => JSON.stringify(params).replace(/\}$/, ',}')),
    'sends two objects': body((params) => `${JSON.stringify(params)}\n${JSON.stringify(params)}`),
    'sends nothing in order': body((params, name) => (name === 'order' ? '' : JSON.stringify(params))),
    'sends cid twice': body((params) => JSON.stringify(params).replace('{', '{"cid":"TC0ONETIME",')),
  }),
  ...of('client.types', {
    'sends numbers as texts': numbers((value) => `"${value}"`),
    'sends the quantity as a text': numbers((value, name) => (name === 'quantity' ? `"${value}"` : `${value}`)),
    'sends cancel amounts as texts': numbers((value, name) => (name.startsWith('cancel_') ? `"${value}"` : `${value}`)),
  }),
  ...of('client.whole-won', {
    'sends floats': numbers((value) => value.toFixed(1)),
    'sends a float in cancel': numbers((value, name) => (name === 'cancel_amount' ? value.toFixed(2) : `${value}`)),
    'sends exponents': numbers((value) => value.toExponential()),
  }),
  ...of('client.fields', {
    'sends thousands separators': numbers((value) => `"${value.toLocaleString('en-US')}"`),
    'sends amounts in hundredths': numbers((value, name) => String(name.endsWith('amount') ? value * 100 : value)),
    'rounds amounts to tens': numbers((value, name) =>
      String(name === 'quantity' ? value : Math.round(value / 10) * 10),
    ),
    'sends thousands': numbers((value, name) => String(name.endsWith('amount') ? value / 1000 : value)),
    'wraps amounts to 31 bits': numbers((value) => String(value % 0x7fffffff)),
  }),
  ...of('client.contract', {
    'rounds large numbers': numbers((value) => String(value > 1e9 ? Number(value.toPrecision(7)) : value)),
    'sends field names in camelCase': body((params) =>
      JSON.stringify(params).replaceAll(/_([a-z])(?=\w*":)/g, (_, c: string) => c.toUpperCase()),
    ),
    'wraps fields in data': body((params) => JSON.stringify({ data: params })),
  }),
  ...of('client.unknown-field', {
    'sends a reason in cancel': body((params, name) =>
      JSON.stringify(name === 'cancel' ? { ...params, cancel_reason: 'none' } : params),
    ),
    'sends its version': body((params) => JSON.stringify({ ...params, sdk_version: '1.0' })),
    'misspells what it adds': body((params, name) =>
      JSON.stringify(name === 'ready' ? { ...params, partner_orderid: params['partner_order_id'] } : params),
    ),
    'sends the name of the call': body((params, name) => JSON.stringify({ ...params, api: endpoints[name].path })),
  }),
  ...of('client.redirect', {
    'follows redirects': class extends Client {
      override redirect = () => 'follow' as const
    },
  }),
}
