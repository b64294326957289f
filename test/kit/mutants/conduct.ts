import { createMock } from '../../../src/mock.ts'
import { namespaceName } from '../../../src/namespaces/namespaces.ts'
import { answering, type Body, callOf, distort, falsify, type Mutant, parsed, refusal, settled } from './disguise.ts'

const card = (body: Body, change: Body): Body =>
  body['card_info'] ? { ...body, card_info: { ...(body['card_info'] as Body), ...change } } : body

/** Wrong in what it does, remembers and lets through. */
export const conduct: Readonly<Record<string, Mutant>> = {
  'replays-approve': {
    wrong: 'answers a second approve like the first',
    asked: ['approve/state'],
    serve: (config) => {
      const mock = createMock(config)
      const paid = new Map<unknown, string>()
      return async (request) => {
        const { tid } = parsed(await request.clone().text())
        const response = await mock.fetch(request)
        if (callOf(request) !== 'approve') return response
        const text = await response.text()
        if (response.status === 200) paid.set(tid, text)
        return new Response(paid.get(tid) ?? text, {
          status: paid.has(tid) ? 200 : response.status,
          headers: response.headers,
        })
      }
    },
  },
  'unique-orders': {
    wrong: 'refuses an order id that it has seen',
    asked: ['ready/answer'],
    serve: (config) => {
      const mock = createMock(config)
      const seen = new Set<unknown>()
      return async (request) => {
        const { partner_order_id } = parsed(await request.clone().text())
        if (callOf(request) === 'ready' && seen.has(partner_order_id)) return refusal(-726, 'duplicated order!')
        const response = await mock.fetch(request)
        if (callOf(request) === 'ready' && response.status === 200) seen.add(partner_order_id)
        return response
      }
    },
  },
  'one-order-id': {
    wrong: 'echoes the order id as a number where it looks like one',
    asked: ['approve/answer'],
    serve: answering(['approve'], (body) => ({
      ...body,
      partner_order_id: Number(body['partner_order_id']) || body['partner_order_id'],
    })),
  },
  'forgets-items': {
    wrong: 'does not echo item_code',
    asked: ['approve/answer', 'order/item_code', 'subscription/later'],
    serve: distort(({ item_code: _, ...body }) => body),
  },
  'forgets-payload': {
    wrong: 'does not echo payload',
    asked: ['approve/answer', 'order/payload', 'cancel/payload', 'subscription/later'],
    serve: distort(({ payload: _, ...body }) => body),
  },
  'own-aids': {
    wrong: 'tells other aids in order than approve answered',
    asked: ['order/'],
    serve: answering(['order'], (body) => ({
      ...body,
      payment_action_details: (body['payment_action_details'] as Body[]).map((act) => ({
        ...act,
        aid: 'A0123456789abcdef012',
      })),
    })),
  },
  'one-aid': {
    wrong: 'answers a cancel with the aid of approve',
    asked: ['cancel/full', 'order/'],
    serve: (config) => {
      const mock = createMock(config)
      const aids = new Map<unknown, unknown>()
      return async (request) => {
        const response = await mock.fetch(request)
        const body = parsed(await response.clone().text())
        if (response.status !== 200) return response
        if (callOf(request) === 'approve') aids.set(body['tid'], body['aid'])
        if (callOf(request) !== 'cancel') return response
        return new Response(JSON.stringify({ ...body, aid: aids.get(body['tid']) }), { headers: response.headers })
      }
    },
  },
  optimist: {
    wrong: 'calls every order paid',
    asked: ['order/', 'cancel/state', 'subscription/first'],
    serve: answering(['order'], (body) => ({ ...body, status: 'SUCCESS_PAYMENT' })),
  },
  'no-actions': {
    wrong: 'tells no payment_action_details',
    asked: ['order/'],
    serve: answering(['order'], (body) => ({ ...body, payment_action_details: [] })),
  },
  'no-card': {
    wrong: 'leaves selected_card_info out',
    asked: ['order/'],
    serve: answering(['order'], ({ selected_card_info: _, ...body }) => body),
  },
  'money-only': {
    wrong: 'has every payer pay with money',
    asked: ['approve/answer', 'approve/method', 'order/card'],
    serve: answering(['approve', 'order'], ({ selected_card_info: _, ...body }) => ({
      ...body,
      payment_method_type: 'MONEY',
    })),
  },
  'numeric-months': {
    wrong: 'writes instalment months without their leading zero',
    asked: ['approve/answer'],
    serve: answering(['approve'], (body) => card(body, { install_month: '3' })),
  },
  'other-bin': {
    wrong: 'makes up a card number',
    asked: ['approve/answer'],
    serve: answering(['approve'], (body) => card(body, { bin: '621640' })),
  },
  'no-sid': {
    wrong: 'issues no sid',
    asked: ['subscription/first', 'subscription/later'],
    serve: answering(['approve'], (body) => ({ ...body, sid: null })),
  },
  'same-tid': {
    wrong: 'answers a later payment with the sid’s first tid',
    asked: ['subscription/later'],
    serve: (config) => {
      const mock = createMock(config)
      const first = new Map<unknown, unknown>()
      return async (request) => {
        const response = await mock.fetch(request)
        const body = parsed(await response.clone().text())
        if (callOf(request) === 'approve') first.set(body['sid'], body['tid'])
        if (callOf(request) !== 'subscription' || response.status !== 200) return response
        return new Response(JSON.stringify({ ...body, tid: first.get(body['sid']) }), { headers: response.headers })
      }
    },
  },
  'forgets-names': {
    wrong: 'ignores the item_name of a later payment',
    asked: ['subscription/later'],
    serve: distort(({ item_name, ...body }, call) => (call === 'subscription' ? body : { ...body, item_name })),
  },
  'always-available': {
    wrong: 'calls every sid available',
    asked: ['status/'],
    serve: answering(['status'], (body) => ({ ...body, available: true, status: 'ACTIVE' })),
  },
  'always-charged': {
    wrong: 'tells a last payment where there was none',
    asked: ['status/never'],
    serve: answering(['status'], (body) => ({ last_approved_at: body['created_at'], ...body })),
  },
  'no-end': {
    wrong: 'does not say when a sid was made inactive',
    asked: ['inactive/', 'status/'],
    serve: answering(['inactive', 'status'], ({ inactivated_at: _, ...body }) => body),
  },
  'frozen-clock': {
    wrong: 'lets no payment expire',
    asked: ['approve/state', 'order/expired'],
    serve: (config) => {
      const mock = createMock(config)
      return async (request) =>
        new URL(request.url).pathname.startsWith('/_mock/clock') ? new Response('{}') : mock.fetch(request)
    },
  },
  hasty: {
    wrong: 'lets payments expire after five minutes',
    asked: ['approve/state'],
    serve: (config) => {
      const mock = createMock(config)
      const moved = new Map<string, number>()
      return async (request) => {
        const body = parsed(await request.clone().text())
        if (new URL(request.url).pathname.startsWith('/_mock/clock'))
          moved.set(request.headers.get('x-kakaopay-mock-namespace') ?? '', Number(body['by']))
        const namespace = namespaceName((request.headers.get('authorization') ?? '').split(' ')[1] ?? '')
        const late = callOf(request) === 'approve' && (moved.get(namespace) ?? 0) >= 300_000
        return late ? refusal(-723, 'payment is expired!') : mock.fetch(request)
      }
    },
  },
  'token-everywhere': {
    wrong: 'appends pg_token to cancel_url and fail_url too',
    asked: ['payer/'],
    serve: falsify(({ call, body }) =>
      call === 'payer' && !String(body['redirect_url']).includes('pg_token')
        ? { body: { ...body, redirect_url: `${String(body['redirect_url'])}?pg_token=${'0'.repeat(20)}` } }
        : {},
    ),
  },
  'second-question-mark': {
    wrong: 'appends ?pg_token where the URL has a query already',
    asked: ['payer/'],
    serve: falsify(({ call, body }) =>
      call === 'payer'
        ? { body: { ...body, redirect_url: String(body['redirect_url']).replace('&pg_token', '?pg_token') } }
        : {},
    ),
  },
  'after-fragment': {
    wrong: 'appends pg_token after the fragment',
    asked: ['payer/'],
    serve: falsify(({ call, body }) => {
      const [, before, query, after] = /^([^?#]*)(\?pg_token=[0-9a-f]+)(#.*)$/.exec(String(body['redirect_url'])) ?? []
      return call === 'payer' && before !== undefined
        ? { body: { ...body, redirect_url: `${before}${after}${query}` } }
        : {}
    }),
  },
  'short-token': {
    wrong: 'issues pg_tokens that are too short',
    asked: ['payer/'],
    serve: falsify(({ call, body }) =>
      call === 'payer'
        ? {
            body: { ...body, redirect_url: String(body['redirect_url']).replace(/pg_token=[0-9a-f]+/, 'pg_token=abc') },
          }
        : {},
    ),
  },
  'fails-to-cancel': {
    wrong: 'sends a payer who failed to cancel_url',
    asked: ['payer/'],
    serve: falsify(({ call, body }) =>
      call === 'payer'
        ? { body: { ...body, redirect_url: String(body['redirect_url']).replace(/\/fail$/, '/cancel') } }
        : {},
    ),
  },
  'cancels-to-fail': {
    wrong: 'sends a payer who cancelled to fail_url',
    asked: ['payer/'],
    serve: falsify(({ call, body }) =>
      call === 'payer'
        ? { body: { ...body, redirect_url: String(body['redirect_url']).replace(/\/cancel$/, '/fail') } }
        : {},
    ),
  },
  'no-app-urls': {
    wrong: 'refuses URLs that are not http',
    asked: ['ready/approval_url', 'payer/'],
    serve: (config) => {
      const mock = createMock(config)
      return async (request) => {
        const { approval_url } = parsed(await request.clone().text())
        return typeof approval_url === 'string' && approval_url.startsWith('myapp:')
          ? refusal(-2, 'invalid param(approval_url must be http)')
          : mock.fetch(request)
      }
    },
  },
  'too-strict': {
    wrong: 'accepts only what its schema says',
    asked: ['wire/', 'ready/answer', 'cancel/part'],
    serve: settled({ strict: true }),
  },
  'never-strict': {
    wrong: 'stays lenient in strict mode',
    asked: ['wire/'],
    serve: settled({ strict: false }),
  },
  'counts-bytes': {
    wrong: 'counts bytes where characters are meant',
    asked: ['ready/item_name', 'wire/text'],
    serve: (config) => {
      const mock = createMock(config)
      return async (request) => {
        const { item_name } = parsed(await request.clone().text())
        return typeof item_name === 'string' && Buffer.byteLength(item_name) > 100
          ? refusal(-2, 'invalid param(item_name is too long)')
          : mock.fetch(request)
      }
    },
  },
  'counts-units': {
    wrong: 'counts the halves of an emoji',
    asked: ['ready/item_name'],
    serve: (config) => {
      const mock = createMock(config)
      return async (request) => {
        const { item_name } = parsed(await request.clone().text())
        return typeof item_name === 'string' && item_name.length > 100
          ? refusal(-2, 'invalid param(item_name is too long)')
          : mock.fetch(request)
      }
    },
  },
  'ignores-settings': {
    wrong: 'knows no applications, cids, domains or modes',
    asked: ['wire/key', 'wire/api', 'wire/number', 'cid/', 'ready/domains', 'approve/answer', 'cancel/vat'],
    serve: () => createMock().fetch,
  },
}
