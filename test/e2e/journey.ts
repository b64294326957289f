import { endpoints } from '../../contracts/index.ts'
import { createMock, type Overrides, startMock } from '../../src/index.ts'
import { type Call, INSTANT, KEY, order } from '../merchant.ts'
import { needs } from '../needs.ts'
import { hasSqlite } from '../store/drivers.ts'
import { type RedisServer, startRedis } from '../store/redis.ts'
import { newFile, newPrefix, openMock } from '../store/replicas.ts'

type Fields = Record<string, unknown>

/** How a journey reaches the mock: the same calls in process and over a socket. */
const transports = {
  'in process': async (overrides: Overrides) => {
    const mock = createMock({}, overrides)
    return { mock, ask: (url: string, init: RequestInit) => mock.request(url, init), close: async () => {} }
  },
  'over a socket': async (overrides: Overrides) => {
    const { mock, url: base, close } = await startMock({}, overrides)
    const ask = (url: string, init: RequestInit) => fetch(new URL(url, base), { ...init, redirect: 'manual' })
    return { mock, ask, close }
  },
}

/** In process on a store of the kind that is not memory: SQLite in a file of its own, Redis under a prefix of its own. */
const onStore = (place: () => Promise<readonly [store: string, prefix: string]>) => async (overrides: Overrides) => {
  const { mock, store } = await openMock(...(await place()), {}, overrides)
  return { mock, ask: (url: string, init: RequestInit) => mock.request(url, init), close: () => store.close() }
}

let redis: Promise<RedisServer> | undefined
/** Ends the server that the journeys on Redis share. */
export const stopRedis = async () => (await redis)?.stop()

const stores = {
  ...(hasSqlite ? { 'on SQLite': onStore(async () => [`sqlite:${newFile()}`, '']) } : {}),
  ...(needs('redis')
    ? {
        'on Redis': onStore(async () => {
          redis ??= startRedis()
          return [(await redis).url, newPrefix()]
        }),
      }
    : {}),
}

const all = { ...transports, ...stores }
export type Transport = keyof typeof all
export const transportNames = Object.keys(all) as Transport[]

/** A merchant, a payer's browser and the mock on one transport, with a clock that the test moves. */
export const openJourney = async (transport: Transport) => {
  const clock = { at: INSTANT }
  const { ask, close } = await (all[transport] as (typeof transports)['in process'])({ now: () => clock.at })

  const call = async (name: Call, body: Fields) => {
    const response = await ask(endpoints[name].path, {
      method: 'POST',
      headers: { authorization: `SECRET_KEY ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Fields }
  }
  const browse = async (url: string, init: RequestInit) => {
    const response = await ask(url, init)
    const html = await response.text()
    return {
      status: response.status,
      location: response.headers.get('location'),
      outcome: /data-outcome="(\w+)"/.exec(html)?.[1],
      html,
    }
  }

  return {
    clock,
    call,
    close,
    /** The payer's browser opens a page. */
    open: (url: string) => browse(url, {}),
    /** The payer's browser sends a form. */
    press: (url: string, fields: Record<string, string>) =>
      browse(url, { method: 'POST', body: new URLSearchParams(fields) }),
    /** The merchant prepares a payment; the pages are where the payer may go. */
    ready: async (fields: Fields = {}) => {
      const { body } = await call('ready', { ...order, ...fields })
      const url = (device: string) => String(body[`next_redirect_${device}_url`])
      return { tid: String(body['tid']), pc: url('pc'), mobile: url('mobile'), app: url('app') }
    },
    /** The merchant's approve, with what came to its approval_url. */
    approve: (tid: string, location: string | null, fields: Fields = {}) =>
      call('approve', {
        cid: order.cid,
        tid,
        partner_order_id: order.partner_order_id,
        partner_user_id: order.partner_user_id,
        pg_token: /pg_token=([0-9a-f]{20})/.exec(location ?? '')?.[1] ?? '0'.repeat(20),
        ...fields,
      }),
    cancel: (tid: string, cancel_amount: number, fields: Fields = {}) =>
      call('cancel', { cid: order.cid, tid, cancel_amount, cancel_tax_free_amount: 0, ...fields }),
    order: async (tid: string) => (await call('order', { cid: order.cid, tid })).body,
  }
}

export type Journey = Awaited<ReturnType<typeof openJourney>>
