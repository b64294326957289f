import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Endpoint, requestSchema } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/index.ts'
import { createMock } from '../../src/mock.ts'
import { approval, authenticated, cancelation, paid, payer, readied } from '../flow.ts'
import { type Call, call, order } from '../merchant.ts'

const every = Object.values(endpoints) as Endpoint[]

/** Nothing but what the contract has, at any depth: a field of our own would break a client that is typed strictly. */
const closed = (schema: z.ZodType): z.ZodType => {
  if (schema instanceof z.ZodObject)
    return z.strictObject(Object.fromEntries(Object.entries(schema.shape).map(([k, v]) => [k, closed(v as z.ZodType)])))
  if (schema instanceof z.ZodOptional) return closed(schema.unwrap() as z.ZodType).optional()
  if (schema instanceof z.ZodNullable) return closed(schema.unwrap() as z.ZodType).nullable()
  if (schema instanceof z.ZodArray) return z.array(closed(schema.element as z.ZodType))
  return schema
}

/** The keys of `order` that `keys` has, in the order of `order`. */
const inOrder = (keys: readonly string[], expected: readonly string[]) => expected.filter((key) => keys.includes(key))

describe.each(every)('the contract of $name', (endpoint) => {
  test('has an example that keeps it', () => {
    expect(requestSchema(endpoint).safeParse(endpoint.example.request).error).toBeUndefined()
    expect(closed(endpoint.response).safeParse(endpoint.example.response).error).toBeUndefined()
  })
})

describe('every answer keeps its contract: its keys, in their order, and nothing else', () => {
  const cases: Record<string, { call: Call; body: (mock: ReturnType<typeof createMock>) => Promise<unknown> }> = {
    ready: { call: 'ready', body: async () => order },
    'approve by card': {
      call: 'approve',
      body: async (mock) => {
        const { tid, pg_token } = await authenticated(mock, { item_code: 'c' }, { method: 'CARD', install_month: 2 })
        return approval(tid, pg_token, { payload: 'p' })
      },
    },
    'approve by money': {
      call: 'approve',
      body: async (mock) => {
        const { tid, pg_token } = await authenticated(mock, {}, { method: 'MONEY' })
        return approval(tid, pg_token)
      },
    },
    'approve of a subscription': {
      call: 'approve',
      body: async (mock) => {
        const { tid, pg_token } = await authenticated(mock, { cid: 'TCSUBSCRIP', total_amount: 0, vat_amount: 0 })
        return approval(tid, pg_token, { cid: 'TCSUBSCRIP' })
      },
    },
    'order before': { call: 'order', body: async (mock) => ({ cid: order.cid, tid: await readied(mock) }) },
    'order of a card payment that was cancelled': {
      call: 'order',
      body: async (mock) => {
        const { tid } = await paid(mock, { item_code: 'c' }, { method: 'CARD' })
        await call(mock, 'cancel', cancelation(tid, 100, { payload: 'p' }))
        return { cid: order.cid, tid }
      },
    },
    'order of one that failed': {
      call: 'order',
      body: async (mock) => {
        const tid = await readied(mock)
        await payer(mock, tid, 'fail')
        return { cid: order.cid, tid }
      },
    },
    'cancel of a part': { call: 'cancel', body: async (mock) => cancelation((await paid(mock)).tid, 100) },
    'cancel of the whole': {
      call: 'cancel',
      body: async (mock) => cancelation((await paid(mock, { item_code: 'c' })).tid, 2200, { payload: 'p' }),
    },
    ...Object.fromEntries(
      (['subscription', 'status', 'inactive'] as const).map((name) => [
        name,
        {
          call: name,
          body: async (mock: ReturnType<typeof createMock>) => {
            const { body } = await paid(mock, { cid: 'TCSUBSCRIP' })
            const strict = { cid: 'TCSUBSCRIP', sid: body['sid'] }
            return name === 'subscription' ? { ...order, ...strict } : strict
          },
        },
      ]),
    ),
  }

  test.each(Object.entries(cases))('%s', async (_, { call: name, body }) => {
    const mock = createMock()
    const answer = await call(mock, name, await body(mock))
    expect(answer.status).toBe(200)
    const { response } = endpoints[name] as Endpoint
    expect(closed(response).safeParse(answer.body).error).toBeUndefined()
    const keys = Object.keys(answer.body)
    expect(keys).toEqual(inOrder(keys, Object.keys(response.shape)))
  })

  test('and the check would see a key too many, a key too few and a wrong type', () => {
    const { response, example } = endpoints.order
    const { status, ...less } = example.response
    expect(closed(response).safeParse({ ...example.response, extra: 1 }).success).toBe(false)
    expect(closed(response).safeParse(less).success).toBe(false)
    expect(closed(response).safeParse({ ...example.response, quantity: '1' }).success).toBe(false)
    const [act] = example.response['payment_action_details'] as Record<string, unknown>[]
    const nested = { ...example.response, payment_action_details: [{ ...act, extra: 1 }] }
    expect(closed(response).safeParse(nested).success).toBe(false)
  })
})
