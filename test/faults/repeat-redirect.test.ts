import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { control } from '../control/control.ts'
import { readied } from '../flow.ts'

/** A merchant that counts who comes to its approval_url. */
const merchant = async () => {
  const visits: string[] = []
  const server = createServer((incoming, outgoing) => {
    visits.push(incoming.url ?? '')
    outgoing.end(`visit ${visits.length}`)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/paid`
  return { visits, url, close: () => new Promise((done) => server.close(done)) }
}

test('repeat-redirect: approval_url is called twice with the same pg_token, by the API and by the page', async () => {
  const shop = await merchant()
  const mock = createMock()
  const api = control(mock)
  const { body: rule } = await api.post('faults', { when: { next: 2 }, do: { fault: 'repeat-redirect' } })
  const tid = await readied(mock, { approval_url: shop.url })
  const { body } = await api.post(
    `payments/${tid}/payer`,
    { action: 'approve', follow: true },
    { 'content-type': 'application/json' },
  )
  expect(shop.visits).toEqual([`/paid?pg_token=${body.pg_token}`, `/paid?pg_token=${body.pg_token}`])
  expect([body.repeated.body, body.merchant.body]).toEqual(['visit 1', 'visit 2'])

  const other = await readied(mock, { approval_url: shop.url })
  const { redirect_url } = (await api.get(`payments/${other}`)).body
  const pressed = await mock.request(new URL(redirect_url).pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'action=approve',
  })
  expect(pressed.status).toBe(303)
  expect(shop.visits).toHaveLength(3)

  expect((await api.get(`faults/${rule.id}`)).body).toMatchObject({ armed: false, fired: 2 })
  const [entry] = (await api.get(`journal?tid=${tid}&call=payer`)).body.entries
  expect(entry.fault).toEqual({ rule: rule.id, fault: 'repeat-redirect', money_moved: false })
  await shop.close()
})

test('what the payer does is in the journal and in the payment’s timeline, refused or not', async () => {
  const mock = createMock()
  const api = control(mock)
  const tid = await readied(mock)
  const press = (action: string) =>
    api.post(`payments/${tid}/payer`, { action }, { 'content-type': 'application/json' })
  await press('cancel')
  expect((await press('approve')).status).toBe(409)
  const { timeline } = (await api.get(`payments/${tid}`)).body
  expect(timeline.map((e: { call: string; response: { status: number } }) => [e.call, e.response.status])).toEqual([
    ['ready', 200],
    ['payer', 200],
    ['payer', 409],
  ])
  expect(timeline[2].refusal).toMatchObject({ name: 'payment-over' })
})
