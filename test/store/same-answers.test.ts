import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Mock } from '../../src/mock.ts'
import { control } from '../control/control.ts'
import { approval, cancelation } from '../flow.ts'
import { type Call, call, INSTANT, order } from '../merchant.ts'
import { needs } from '../needs.ts'
import { hasSqlite } from './drivers.ts'
import { startRedis } from './redis.ts'
import { newFile, newPrefix, openMock } from './replicas.ts'

type Step = (typeof steps)[number]
const steps = [
  ...(['ready', 'ready-sid', 'authenticate', 'quit', 'approve', 'order', 'cancel-part', 'cancel-all'] as const),
  ...([
    'subscription',
    'status',
    'inactive',
    'fault',
    'advance',
    'settings',
    'reset',
    'export-import',
    'list',
  ] as const),
]
const sequence = fc.array(fc.tuple(fc.constantFrom<Step>(...steps), fc.nat(3), fc.nat(1)), {
  minLength: 20,
  maxLength: 60,
})

/** What a sequence has made so far, by which its next steps choose. */
interface Made {
  readonly tids: string[]
  readonly tokens: Map<string, string>
  readonly sids: string[]
}

/** Does one step and gives back what was answered. */
const take = async (mock: Mock, [step, which, who]: readonly [Step, number, number], made: Made): Promise<unknown> => {
  const tid = made.tids.at(-1 - which) ?? 'T0000000000000000000'
  const sid = made.sids.at(-1 - which) ?? 'S0000000000000000000'
  const key = { authorization: `SECRET_KEY DEV_KEY_OF_${who}` }
  const ask = (name: Call, body: object) => call(mock, name, body, key)
  const api = control(mock)
  const ready = async (cid: string) => {
    const { status, body } = await ask('ready', { ...order, cid })
    if (status === 200) made.tids.push(String(body['tid']))
    return { status, body }
  }
  const payer = async (action: string) => {
    const { status, body } = await api.post(`payments/${tid}/payer`, { action })
    if (body.pg_token) made.tokens.set(tid, body.pg_token)
    return { status, body }
  }
  const acts: Record<Step, () => Promise<unknown>> = {
    ready: () => ready('TC0ONETIME'),
    'ready-sid': () => ready('TCSUBSCRIP'),
    authenticate: () => payer('approve'),
    quit: () => payer('cancel'),
    async approve() {
      const found = await mock.store.find(tid)
      const cid = found?.cid ?? order.cid
      const answer = await ask('approve', approval(tid, made.tokens.get(tid) ?? '0'.repeat(20), { cid }))
      if (answer.body['sid']) made.sids.push(String(answer.body['sid']))
      return answer
    },
    order: () => ask('order', { cid: order.cid, tid }),
    'cancel-part': () => ask('cancel', cancelation(tid, 100)),
    'cancel-all': () => ask('cancel', cancelation(tid, 2200)),
    subscription: () => {
      const { partner_order_id, partner_user_id, item_name, quantity, total_amount, tax_free_amount } = order
      const charge = { partner_order_id, partner_user_id, item_name, quantity, total_amount, tax_free_amount }
      return ask('subscription', { cid: 'TCSUBSCRIP', sid, ...charge })
    },
    status: () => ask('status', { cid: 'TCSUBSCRIP', sid }),
    inactive: () => ask('inactive', { cid: 'TCSUBSCRIP', sid }),
    fault: () => api.post('faults', { match: { call: 'order' }, do: { fault: 'refuse', refusal: 'ip-forbidden' } }),
    advance: () => api.post('clock/advance', { by: `${which * 5}m` }),
    settings: () =>
      api.put(`namespaces/DEV_KEY_OF_${who}`, { settings: { vatRemainder: which > 1 ? 'clamp' : 'refuse' } }),
    reset: () => (which === 0 ? api.post('reset') : Promise.resolve('none')),
    async 'export-import'() {
      const { body } = await api.get('state')
      return [body, (await api.put('state', body)).body]
    },
    list: () => api.get('payments?limit=5'),
  }
  return acts[step]()
}

describe.skipIf(!needs('redis', 'time') || !hasSqlite)('memory, SQLite and Redis', () => {
  test('give the same answers to any sequence of calls', { timeout: 240_000 }, async () => {
    const redis = await startRedis()
    const answersOf = async (store: string, calls: readonly (readonly [Step, number, number])[]) => {
      const clock = { now: () => INSTANT }
      // Few payments, so that some make room for others.
      const config = { seed: 'the same', maxPayments: 6, maxSubscriptions: 3, journalLength: 20 }
      const { mock, store: opened } = await openMock(store, newPrefix(), config, clock)
      const made: Made = { tids: [], tokens: new Map(), sids: [] }
      const answers: unknown[] = []
      for (const step of calls) answers.push([step[0], await take(mock, step, made)])
      answers.push((await control(mock).get('state')).body, (await control(mock).get('audit')).body)
      await opened.close()
      // Ids of fault rules and of the journal are random in every run.
      return JSON.parse(JSON.stringify(answers).replace(/fault_[0-9a-f]{12}|01[0-9A-HJKMNP-TV-Z]{24}/g, 'random'))
    }
    await fc.assert(
      fc.asyncProperty(sequence, async (calls) => {
        const expected = await answersOf('memory', calls)
        expect(await answersOf(`sqlite:${newFile()}`, calls)).toEqual(expected)
        expect(await answersOf(redis.url, calls)).toEqual(expected)
      }),
      { numRuns: 40, seed: 20261124, endOnFailure: true },
    )
    await redis.stop()
  })
})
