import { endpoints } from '../../../contracts/index.ts'
import type { Config } from '../../../src/config/config.ts'
import type { Fetch } from '../../../src/kit/target.ts'
import { createMock } from '../../../src/mock.ts'
import { type Body, falsify, parsed } from './disguise.ts'
import type { GeneratedMutant } from './generated.ts'

const calls = Object.keys(endpoints) as (keyof typeof endpoints)[]

type Pass = (request: Request) => Promise<Response>
/** What a server does with a request of one call before it looks at it. */
type Repair = (request: Request, body: Body, pass: Pass, known: Known) => Promise<Response>
interface Known {
  /** Of each tid and sid: whose it is, and its cid. */
  readonly owners: Map<unknown, { readonly key: string; readonly cid: unknown; readonly user: unknown }>
  readonly last: Map<string, unknown>
}

const again = async (
  request: Request,
  change: { headers?: Record<string, string | undefined>; body?: unknown; url?: string; method?: string },
) => {
  const headers = new Headers(request.headers)
  for (const [name, value] of Object.entries(change.headers ?? {}))
    value === undefined ? headers.delete(name) : headers.set(name, value)
  const body = change.body === undefined ? await request.clone().arrayBuffer() : JSON.stringify(change.body)
  return new Request(change.url ?? request.url, {
    method: change.method ?? request.method,
    headers,
    ...((change.method ?? request.method) === 'GET' ? {} : { body }),
  })
}

const keyOf = (request: Request) => request.headers.get('authorization')?.split(' ').at(-1) ?? ''

/** Serves with one call repaired: what it should refuse it takes. */
const repairing =
  (call: string, repair: Repair): GeneratedMutant['serve'] =>
  (config: Partial<Config>): Fetch => {
    const mock = createMock(config)
    const known: Known = { owners: new Map(), last: new Map() }
    return async (request) => {
      const body = parsed(await request.clone().text())
      const path = new URL(request.url).pathname.toLowerCase().replace(/\/+$/, '')
      const isCall = path.endsWith(`/${call}`) && !path.includes('_mock')
      const pass: Pass = (r) => mock.fetch(r)
      const response = isCall ? await repair(request, body, pass, known) : await mock.fetch(request)
      if (response.status === 200 && request.url.includes('/online/')) {
        const answer = parsed(await response.clone().text())
        for (const id of ['tid', 'sid'])
          if (typeof answer[id] === 'string' && !known.owners.has(answer[id])) {
            known.owners.set(answer[id], { key: keyOf(request), cid: body['cid'], user: body['partner_user_id'] })
            known.last.set(`${id} ${keyOf(request)}`, answer[id])
          }
      }
      return response
    }
  }

const repairs: Readonly<Record<string, { readonly rule: string; readonly field?: string; readonly repair: Repair }>> = {
  'a request without a key, as the last caller’s': {
    rule: 'wire.authorization',
    repair: async (r, b, pass, { owners }) => {
      const owner = owners.get(b['tid'] ?? b['sid'])?.key ?? 'DEVANY'
      return r.headers.has('authorization')
        ? pass(r)
        : pass(await again(r, { headers: { authorization: `SECRET_KEY ${owner}` } }))
    },
  },
  'any scheme': {
    rule: 'wire.scheme',
    repair: async (r, _, pass) => {
      const key = /(DEV|PRD)[0-9A-F]{37}/.exec(r.headers.get('authorization') ?? '')?.[0]
      return key ? pass(await again(r, { headers: { authorization: `SECRET_KEY ${key}` } })) : pass(r)
    },
  },
  'a form': {
    rule: 'wire.content-type',
    repair: async (r, _, pass) => {
      if (!r.headers.get('content-type')?.includes('form')) return pass(r)
      return pass(
        await again(r, {
          headers: { 'content-type': 'application/json' },
          body: Object.fromEntries(new URLSearchParams(await r.clone().text())),
        }),
      )
    },
  },
  'any content type': {
    rule: 'wire.content-type',
    repair: async (r, _, pass) =>
      pass(
        r.headers.get('content-type')?.startsWith('text/')
          ? await again(r, { headers: { 'content-type': 'application/json' } })
          : r,
      ),
  },
  'any charset': {
    rule: 'wire.encoding',
    repair: async (r, _, pass) =>
      pass(
        await again(r, {
          headers: { 'content-type': r.headers.get('content-type')?.replace(/;\s*charset=(?!utf).*/i, '') },
        }),
      ),
  },
  'JSON that is cut': {
    rule: 'wire.json',
    repair: async (r, _, pass) => {
      const text = await r.clone().text()
      return text.startsWith('{') && !text.endsWith('}')
        ? pass(await again(r, { body: JSON.parse(`${text}}`.replace(/,\}+$/, '}')) }))
        : pass(r)
    },
  },
  'JSON with a comma at its end': {
    rule: 'wire.json',
    repair: async (r, _, pass) => {
      const text = await r.clone().text()
      return /,\}$/.test(text) ? pass(await again(r, { body: JSON.parse(text.replace(/,\}$/, '}')) })) : pass(r)
    },
  },
  'a list of one object': {
    rule: 'wire.object',
    repair: async (r, _, pass) => {
      const text = await r.clone().text()
      return text.startsWith('[{') ? pass(await again(r, { body: JSON.parse(text)[0] })) : pass(r)
    },
  },
  'a body of any size': {
    rule: 'wire.size',
    repair: async (r, b, pass) => {
      const { x: _, ...rest } = b
      return 'x' in b ? pass(await again(r, { body: rest })) : pass(r)
    },
  },
  'PUT and PATCH': {
    rule: 'wire.method',
    repair: async (r, _, pass) => pass(/PUT|PATCH/.test(r.method) ? await again(r, { method: 'POST' }) : r),
  },
  'a slash after its path': {
    rule: 'wire.path',
    repair: async (r, _, pass) => pass(await again(r, { url: r.url.replace(/\/+$/, '') })),
  },
  'its path in upper case': {
    rule: 'wire.path',
    repair: async (r, _, pass) =>
      pass(await again(r, { url: r.url.replace(/\/online.*/i, (path) => path.toLowerCase()) })),
  },
  'another merchant’s tid': {
    rule: 'tid.known',
    field: 'tid',
    repair: async (r, b, pass, { owners }) => {
      const owner = owners.get(b['tid'])
      return pass(
        owner && r.headers.get('authorization')?.startsWith('SECRET_KEY ')
          ? await again(r, { headers: { authorization: `SECRET_KEY ${owner.key}` } })
          : r,
      )
    },
  },
  'a tid with another cid': {
    rule: 'tid.known',
    field: 'tid',
    repair: async (r, b, pass, { owners }) => {
      const owner = owners.get(b['tid'])
      return pass(
        owner && typeof b['cid'] === 'string' && b['cid'].length === 10
          ? await again(r, { body: { ...b, cid: owner.cid } })
          : r,
      )
    },
  },
  'an unknown tid, as the last one': {
    rule: 'tid.known',
    field: 'tid',
    repair: async (r, b, pass, { owners, last }) => {
      const mine = last.get(`tid ${keyOf(r)}`)
      return pass(
        mine !== undefined && typeof b['tid'] === 'string' && b['tid'].length === 20 && !owners.has(b['tid'])
          ? await again(r, { body: { ...b, tid: mine } })
          : r,
      )
    },
  },
  'another merchant’s sid': {
    rule: 'sid.known',
    field: 'sid',
    repair: async (r, b, pass, { owners }) => {
      const owner = owners.get(b['sid'])
      return pass(
        owner && r.headers.get('authorization')?.startsWith('SECRET_KEY ')
          ? await again(r, { headers: { authorization: `SECRET_KEY ${owner.key}` } })
          : r,
      )
    },
  },
  'an unknown sid, as the last one': {
    rule: 'sid.known',
    field: 'sid',
    repair: async (r, b, pass, { owners, last }) => {
      const mine = last.get(`sid ${keyOf(r)}`)
      return pass(
        mine !== undefined && typeof b['sid'] === 'string' && b['sid'].length === 20 && !owners.has(b['sid'])
          ? await again(r, { body: { ...b, sid: mine } })
          : r,
      )
    },
  },
}

const repaired = (): readonly GeneratedMutant[] =>
  calls.flatMap((call) =>
    Object.entries(repairs).flatMap(([name, { rule, field, repair }]): readonly GeneratedMutant[] => {
      if (field !== undefined && !(field in endpoints[call].request)) return []
      return [
        {
          name: `takes/${call}: ${name}`,
          serve: repairing(call, repair),
          isRight: (id) => id === rule,
          about: ({ id, rules }) => id.startsWith(`call/${call}.`) && rules.includes(rule),
        },
      ]
    }),
  )

type Spoilt = { status?: number; text?: string; headers?: Record<string, string> }
const spoils: Readonly<
  Record<
    string,
    {
      readonly right: RegExp
      readonly spoil: (text: string, status: number) => Spoilt
      readonly of?: 'accepted' | 'refused'
    }
  >
> = {
  'a byte order mark': {
    right: /^answer\.(json|charset|encoding|utf-8)/,
    spoil: (text) => ({ text: `\ufeff${text}` }),
  },
  'whole numbers with a point': {
    right: /^answer\.(shape|integers|envelope)/,
    spoil: (text) => ({ text: text.replace(/("(?:total|quantity|vat|tax_free|error_code)":-?\d+)/g, '$1.0') }),
  },
  'a key twice': {
    right: /^answer\.(json|shape|keys)/,
    spoil: (text) => ({ text: text.replace(/^\{("[a-z_]+":(?:"[^"]*"|-?\d+|null|true|false))/, '{$1,$1') }),
  },
  'HTTP 201': { right: /./, spoil: () => ({ status: 201 }), of: 'accepted' },
  'HTTP 202': { right: /./, spoil: () => ({ status: 202 }), of: 'accepted' },
  'HTTP 500 for refusals': { right: /./, spoil: () => ({ status: 500 }), of: 'refused' },
  'HTTP 422 for refusals': { right: /./, spoil: () => ({ status: 422 }), of: 'refused' },
  'HTTP 200 for refusals': { right: /./, spoil: () => ({ status: 200 }), of: 'refused' },
  'text/plain': {
    right: /^answer\.content-type/,
    spoil: () => ({ headers: { 'content-type': 'text/plain;charset=UTF-8' } }),
  },
  'no JSON but text': { right: /^answer\.json/, spoil: () => ({ text: 'internal error' }), of: 'refused' },
  nothing: { right: /^answer\.json/, spoil: () => ({ text: '' }) },
  'a list': { right: /^answer\.json/, spoil: (text) => ({ text: `[${text}]` }) },
  'an envelope of its own': { right: /^answer\.(shape|envelope)/, spoil: (text) => ({ text: `{"data":${text}}` }) },
  'error_message null': {
    right: /^answer\.envelope/,
    spoil: (text) => ({ text: text.replace(/"error_message":"(?:[^"\\]|\\.)*"/, '"error_message":null') }),
    of: 'refused',
  },
  'no error_message': {
    right: /^answer\.envelope/,
    spoil: (text) => ({ text: text.replace(/,"error_message":"(?:[^"\\]|\\.)*"/, '') }),
    of: 'refused',
  },
  'error_code without its sign': {
    right: /./,
    spoil: (text) => ({ text: text.replace('"error_code":-', '"error_code":') }),
    of: 'refused',
  },
  'a stack beside it': {
    right: /^answer\.envelope/,
    spoil: (text) => ({ text: text.replace(/\}$/, ',"stack":"at x"}') }),
    of: 'refused',
  },
  'keys in camel case': {
    right: /./,
    spoil: (text) => ({
      text: text.replace(
        /"([a-z_]+)":/g,
        (_, k: string) => `"${k.replace(/_([a-z])/g, (__, c: string) => c.toUpperCase())}":`,
      ),
    }),
  },
  'a zone in its times': {
    right: /^answer\.(dates|shape)|_at$/,
    spoil: (text) => ({ text: text.replace(/(T\d\d:\d\d:\d\d)"/g, '$1+09:00"') }),
    of: 'accepted',
  },
  'fractions in its times': {
    right: /^answer\.(dates|shape)|_at$/,
    spoil: (text) => ({ text: text.replace(/(T\d\d:\d\d:\d\d)"/g, '$1.123"') }),
    of: 'accepted',
  },
  'a space for the T in its times': {
    right: /^answer\.(dates|shape)|_at$/,
    spoil: (text) => ({ text: text.replace(/(\d)T(\d\d:\d\d:\d\d)"/g, '$1 $2"') }),
    of: 'accepted',
  },
  'texts in another charset': {
    right: /./,
    spoil: (text) => ({ text: text.replace(/[가-힣]/g, '\ufffd') }),
    of: 'accepted',
  },
}

/** Calls whose accepted answers have no Korean in them, that another charset could spoil. */
const ASCII = ['ready', 'inactive']

const spoilt = (): readonly GeneratedMutant[] =>
  calls.flatMap((call) =>
    Object.entries(spoils)
      .filter(([name]) => !(name === 'texts in another charset' && ASCII.includes(call)))
      .map(
        ([name, { right, spoil, of }]): GeneratedMutant => ({
          name: `sends/${call}: ${name}`,
          serve: falsify(({ call: called, status, text }) => {
            const is = called === call && (of === undefined || (of === 'accepted') === (status === 200))
            return is ? spoil(text, status) : {}
          }),
          isRight: (id) => right.test(id),
          about: ({ id }) => id.startsWith(`call/${call}.`) || id.startsWith(`${call}/`),
        }),
      ),
  )

export const callMutants = (): readonly GeneratedMutant[] => [...repaired(), ...spoilt()]
