import { expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { control } from '../control/control.ts'
import { paid } from '../flow.ts'
import { call, order } from '../merchant.ts'

const KEY = 'DEV0123456789ABCDEF0123456789ABCDEF01234'
const SECRET = 'a1B2c3D4e5F6g7H8i9J0k1L2'
const authorization = `SECRET_KEY ${KEY}`

const percent = (text: string) => [...text].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('')
const escaped = (text: string) => [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

/** Everything that shows the journal, as one text, and what the log was given. */
const shownBy = async (send: (mock: ReturnType<typeof createMock>) => Promise<unknown>) => {
  const lines: unknown[] = []
  const mock = createMock(
    { cids: [{ cid: order.cid, secret: SECRET }, { cid: 'TCSUBSCRIP' }] },
    { onCall: (line) => lines.push(line) },
  )
  // The key is known from here on.
  await call(mock, 'ready', { ...order, cid_secret: SECRET }, { authorization })
  const events = await mock.request('/_mock/events')
  await send(mock)
  const api = control(mock)
  const [entry] = (await api.get('journal?limit=1')).body.entries
  const shown = [JSON.stringify(entry), JSON.stringify(lines)]
  for (const as of ['curl', 'har', 'fixture'])
    shown.push(await (await mock.request(`/_mock/journal/${entry.id}?as=${as}`)).text())
  for (const path of ['payments', 'audit', 'audit?as=text', 'journal?as=har', 'state', 'namespaces', 'subscriptions'])
    shown.push(await (await mock.request(`/_mock/${path}`)).text())
  const reader = (events.body as ReadableStream<Uint8Array>).getReader()
  for (let text = ''; !text.includes('event: call'); ) {
    text += new TextDecoder().decode((await reader.read()).value)
    shown.push(text)
  }
  await reader.cancel()
  return shown.join('\n')
}

const ready =
  (fields: object, headers: Record<string, string> = {}, query = '') =>
  (mock: ReturnType<typeof createMock>) =>
    mock.request(`/online/v1/payment/ready${query}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', ...headers },
      body: typeof fields === 'string' ? fields : JSON.stringify({ ...order, cid_secret: SECRET, ...fields }),
    })

test.each<[string, (mock: ReturnType<typeof createMock>) => Promise<unknown>]>([
  ['the header that carries it', ready({})],
  ['a mistyped header', ready({}, { Authorisation: authorization })],
  ['a header that names a namespace', ready({}, { 'x-kakaopay-mock-namespace': KEY })],
  ['any header', ready({}, { 'x-trace': `key=${KEY};` })],
  ['a query', ready({}, {}, `?namespace=${KEY}&x=${KEY.toLowerCase()}`)],
  ['a percent-encoded query', ready({}, {}, `?x=${percent(KEY)}`)],
  ['a field of the body, in another case', ready({ item_name: `buy ${KEY.toLowerCase()} now` })],
  ['an order id', ready({ partner_order_id: KEY })],
  [
    'an escaped text',
    (mock) => ready(JSON.stringify({ ...order, item_name: 'x' }).replace('"x"', `"${escaped(KEY)}"`) as never)(mock),
  ],
  ['the name of a field', ready({ [KEY]: 1 })],
  ['an approval URL', ready({ approval_url: `https://shop.example/?key=${percent(KEY)}` })],
  ['a subscription', (mock) => paid(mock, { cid: 'TCSUBSCRIP', item_name: KEY })],
  ['a path that is none', (mock) => mock.request(`/online/v1/${KEY}`, { headers: { authorization } })],
])('a secret key is masked in %s', async (_, send) => {
  const shown = await shownBy(send)
  for (const form of [KEY, KEY.toLowerCase(), percent(KEY), escaped(KEY), escaped(KEY).replaceAll('\\', '\\\\')])
    expect(shown).not.toContain(form)
})

test.each([
  ['as a text', `{"cid_secret":"${SECRET}"}`],
  ['with an escaped quote', `{"cid_secret":"x\\"${SECRET}"}`],
  ['escaped', `{"cid_secret":"${escaped(SECRET)}"}`],
  ['by an escaped name', `{"cid\\u005fsecret":"unknown-but-secret"}`],
  ['by a name in another case', `{"CID_Secret" : "unknown-but-secret"}`],
  ['in an array', `{"cid_secret":["${SECRET}", "unknown-but-secret"]}`],
  ['in an object', `{"cid_secret":{"value":"${SECRET}"}}`],
  ['in a form', `cid=TC0ONETIME&cid_secret=unknown-but-secret&x=1`],
  ['that was never configured', `{"cid_secret":"unknown-but-secret","cid":"TC0ONETIME"}`],
  ['cut off', `{"cid_secret":"unknown-but-secret`],
])('a cid_secret is masked %s', async (_, body) => {
  const shown = await shownBy((mock) => ready(body as never)(mock))
  for (const form of [SECRET, escaped(SECRET), escaped(SECRET).replaceAll('\\', '\\\\'), 'unknown-but-secret'])
    expect(shown).not.toContain(form)
})

test.each(['cid_secret', 'CID_Secret', 'cid%5Fsecret'])('a %s in a query is masked', async (name) => {
  const shown = await shownBy(ready({}, {}, `?${name}=unknown-but-secret&x=1`))
  expect(shown).not.toContain('unknown-but-secret')
})

test('a cid_secret that is a number is masked wherever the call is shown', async () => {
  expect(await shownBy((mock) => ready('{"cid_secret":123456789012}' as never)(mock))).not.toContain('123456789012')
})

test.each(['Authorisation', 'Authorization-', 'X-Api-Secret', 'Secret_Key', 'Proxy-Authorization', 'Cookie'])(
  'what the header %s carries is masked, also where it was never admitted',
  async (name) => {
    expect(await shownBy(ready({}, { [name]: 'SECRET_KEY never-admitted-key' }))).not.toContain('never-admitted-key')
  },
)

test.each(['x-kakaopay-mock-namespace: KEY', '?namespace=KEY'])(
  'a key that names a namespace before its first call is masked: %s',
  async (form) => {
    const key = 'DEVnever0called0before'
    const shown = await shownBy(
      form.startsWith('?') ? ready({}, {}, `?namespace=${key}`) : ready({}, { 'x-kakaopay-mock-namespace': key }),
    )
    expect(shown).not.toContain(key)
  },
)

test('a cid_secret that is a number is masked, and what stands beside it stays', async () => {
  const mock = createMock()
  await ready('{"cid_secret":123456789012,"partner_order_id":"beside"}' as never)(mock)
  const [entry] = (await control(mock).get('journal')).body.entries
  expect([entry.request.body, entry.order_id]).toEqual(['{"cid_secret":"…","partner_order_id":"beside"}', 'beside'])
})

test('no search finds a secret', async () => {
  const mock = createMock()
  await ready({ item_name: `buy ${KEY}` })(mock)
  const count = async (text: string) => (await control(mock).get(`journal/count?text=${text}`)).body.count
  expect([await count('buy'), await count(KEY), await count(KEY.slice(0, 12)), await count(SECRET)]).toEqual([
    1, 0, 0, 0,
  ])
})

test('no search of the payments finds a secret, letter by letter either', async () => {
  const mock = createMock()
  await call(mock, 'ready', { ...order, item_name: `buy ${KEY}`, partner_order_id: KEY, partner_user_id: KEY })
  const total = async (text: string) => (await control(mock).get(`payments?text=${text}`)).body.total
  expect([await total('BUY'), await total(KEY), await total(KEY.slice(3, 12)), await total(KEY.slice(15, 25))]).toEqual(
    [1, 0, 0, 0],
  )
})

test('a body that is nested 8,000 deep is a fixture too', async () => {
  const mock = createMock()
  await ready(`{"item_name":${'['.repeat(8000)}${']'.repeat(8000)}}` as never)(mock)
  const [entry] = (await control(mock).get('journal')).body.entries
  const response = await mock.request(`/_mock/journal/${entry.id}?as=fixture`)
  const fixture = (await response.json()) as { base: { steps: { raw: string }[] } }
  expect([response.status, fixture.base.steps[0]?.raw.slice(0, 16)]).toEqual([200, '{"item_name":[[['])
})

test('a character that turns the direction of writing is escaped in the audit’s text', async () => {
  const mock = createMock()
  await call(mock, 'ready', { ...order, partner_order_id: 'a\u202eb' })
  const text = await (await mock.request('/_mock/audit?as=text')).text()
  expect(text).toContain(' a\\u202eb ')
})
