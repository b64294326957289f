import { answering, type Body, everyCall, falsify, type Mutant, settled } from './disguise.ts'

const dates = (body: Body, change: (text: string) => string): Body =>
  Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      key.endsWith('_at') && typeof value === 'string' ? change(value) : value,
    ]),
  )

const hour9 = 9 * 3_600_000
const elsewhere = '0'.repeat(64)
const ready = ['ready']

/** Wrong in what an answer looks like. */
export const answers: Readonly<Record<string, Mutant>> = {
  'pretty-printer': {
    wrong: 'prints its JSON over several lines',
    asked: ['ready/answer'],
    serve: falsify(({ body }) => ({ text: JSON.stringify(body, null, 2) })),
  },
  'says-html': {
    wrong: 'says Content-Type: text/html',
    asked: ['ready/answer'],
    serve: falsify(() => ({ headers: { 'content-type': 'text/html' } })),
  },
  'no-charset': {
    wrong: 'says application/json without the charset',
    asked: ['ready/answer'],
    serve: falsify(() => ({ headers: { 'content-type': 'application/json' } })),
  },
  created: {
    wrong: 'answers HTTP 201',
    asked: ['ready/answer', 'approve/answer'],
    serve: falsify(({ status }) => ({ status: status === 200 ? 201 : status })),
  },
  'always-200': {
    wrong: 'answers refusals with HTTP 200',
    asked: ['wire/', 'approve/state'],
    serve: falsify(() => ({ status: 200 })),
  },
  'retired-envelope': {
    wrong: 'refuses with msg and code, as the retired host did',
    asked: ['wire/authorization', 'approve/state'],
    serve: falsify(({ status, body }) =>
      status < 400 ? {} : { body: { msg: body['error_message'], code: body['error_code'] } },
    ),
  },
  'both-envelopes': {
    wrong: 'sends msg and code beside error_code and error_message',
    asked: ['wire/authorization'],
    serve: falsify(({ status, body }) => (status < 400 ? {} : { body: { ...body, code: body['error_code'] } })),
  },
  'text-codes': {
    wrong: 'sends error_code as a text',
    asked: ['wire/authorization', 'approve/state'],
    serve: falsify(({ status, body }) =>
      status < 400 ? {} : { body: { ...body, error_code: String(body['error_code']) } },
    ),
  },
  challenger: {
    wrong: 'sends WWW-Authenticate with a 401',
    asked: ['wire/'],
    serve: falsify(({ status }) => (status === 401 ? { headers: { 'www-authenticate': 'SECRET_KEY' } } : {})),
  },
  'html-errors': {
    wrong: 'answers what it does not know with a page',
    asked: ['wire/'],
    serve: falsify(({ status }) =>
      status === 404 ? { text: '<h1>Not Found</h1>', headers: { 'content-type': 'text/html' } } : {},
    ),
  },
  'no-extras': {
    wrong: 'leaves extras out of −701',
    asked: ['approve/state'],
    serve: falsify(({ status, body: { extras: _, ...rest } }) => (status < 400 ? {} : { body: rest })),
  },
  'zoned-dates': {
    wrong: 'writes datetimes with a zone',
    asked: ['ready/answer', 'approve/answer'],
    serve: answering(everyCall, (body) => dates(body, (text) => `${text}+09:00`)),
  },
  'utc-dates': {
    wrong: 'writes datetimes in UTC',
    asked: ['ready/answer', 'approve/answer'],
    serve: answering(everyCall, (body) =>
      dates(body, (text) => new Date(Date.parse(`${text}Z`) - hour9).toISOString().slice(0, 19)),
    ),
  },
  'sample-dates': {
    wrong: 'always answers the documentation’s sample time',
    asked: ['ready/answer'],
    serve: answering(ready, (body) => ({ ...body, created_at: '2023-07-15T21:18:22' })),
  },
  tms_result: {
    wrong: 'adds tms_result, which only the retired host sent',
    asked: ['ready/answer'],
    serve: answering(ready, (body) => ({ ...body, tms_result: false })),
  },
  'own-field': {
    wrong: 'adds a field of its own',
    asked: ['approve/answer', 'order/', 'cancel/full'],
    serve: answering(['approve', 'order', 'cancel'], (body) => ({ ...body, mocked: true })),
  },
  'text-amounts': {
    wrong: 'answers amounts as texts',
    asked: ['approve/answer', 'order/', 'cancel/full'],
    serve: answering(['approve', 'order', 'cancel'], (body) => ({
      ...body,
      amount: Object.fromEntries(Object.entries(body['amount'] as Body).map(([key, value]) => [key, String(value)])),
    })),
  },
  'upper-case-tid': {
    wrong: 'issues tids in upper case',
    asked: ['ready/answer'],
    serve: answering(ready, (body) => ({ ...body, tid: String(body['tid']).toUpperCase() })),
  },
  'one-tid': {
    wrong: 'issues the same tid again and again',
    asked: ['ready/answer'],
    serve: answering(ready, (body) => ({ ...body, tid: 'T0123456789abcdef012' })),
  },
  'many-hashes': {
    wrong: 'has another hash in one of the redirect URLs',
    asked: ['ready/answer'],
    serve: answering(ready, (body) => ({
      ...body,
      next_redirect_app_url: String(body['next_redirect_app_url']).replace(/[0-9a-f]{64}$/, elsewhere),
    })),
  },
  'own-paths': {
    wrong: 'sends the payer to paths of its own',
    asked: ['ready/answer'],
    serve: answering(ready, (body) => ({ ...body, next_redirect_pc_url: 'http://127.0.0.1:8585/pay/1' })),
  },
  'no-issue-page': {
    wrong: 'sends subscribers to the page of one-time payments',
    asked: ['ready/answer'],
    serve: answering(ready, (body) =>
      Object.fromEntries(
        Object.entries(body).map(([key, value]) => [
          key,
          String(value).replace('pg/subscription/payment-issue', 'pg/one-time/payment'),
        ]),
      ),
    ),
  },
  'no-schemes': {
    wrong: 'leaves the app schemes out',
    asked: ['ready/answer'],
    serve: settled({ appSchemes: false }),
  },
  'always-schemes': {
    wrong: 'sends the app schemes even where they are switched off',
    asked: ['ready/answer'],
    serve: settled({ appSchemes: true }),
  },
  'never-real': {
    wrong: 'answers its own URLs even where the real hosts’ are asked for',
    asked: ['ready/answer'],
    serve: settled({ redirects: 'local' }),
  },
  disordered: {
    wrong: 'sends its keys in the opposite order',
    asked: ['ready/answer', 'approve/answer', 'order/', 'cancel/full'],
    serve: answering(everyCall, (body) => Object.fromEntries(Object.entries(body).reverse())),
  },
  'no-nulls': {
    wrong: 'leaves empty keys out',
    asked: ['approve/answer'],
    serve: settled({ emptyKeys: 'omit' }),
  },
  'always-nulls': {
    wrong: 'sends nulls where empty keys are to be left out',
    asked: ['approve/answer'],
    serve: settled({ emptyKeys: 'null' }),
  },
  'null-cancel': {
    wrong: 'sends nulls in the answer of cancel',
    asked: ['cancel/no-nulls', 'cancel/full'],
    serve: answering(['cancel'], (body) => ({ payload: null, item_code: null, ...body })),
  },
}
