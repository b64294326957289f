import {
  type Answer,
  type Ask,
  askBy,
  type Body,
  type ControlAnswer,
  type ControlBody,
  type ControlQuery,
} from './call.ts'

type Action = ControlBody<'payer'>
type Choices = Omit<Action, 'action'>
type Acted = ControlAnswer<'payer'>
type Moved = ControlAnswer<'advanceClock'>

/** KakaoPay's own calls with a secret key, as a merchant sends them. Each rejects with CallRefused where KakaoPay refuses. */
export interface Payments {
  ready(body: Body<'/online/v1/payment/ready'>): Promise<Answer<'/online/v1/payment/ready'>>
  approve(body: Body<'/online/v1/payment/approve'>): Promise<Answer<'/online/v1/payment/approve'>>
  order(body: Body<'/online/v1/payment/order'>): Promise<Answer<'/online/v1/payment/order'>>
  cancel(body: Body<'/online/v1/payment/cancel'>): Promise<Answer<'/online/v1/payment/cancel'>>
  subscription(body: Body<'/online/v1/payment/subscription'>): Promise<Answer<'/online/v1/payment/subscription'>>
  inactive(
    body: Body<'/online/v1/payment/manage/subscription/inactive'>,
  ): Promise<Answer<'/online/v1/payment/manage/subscription/inactive'>>
  status(
    body: Body<'/online/v1/payment/manage/subscription/status'>,
  ): Promise<Answer<'/online/v1/payment/manage/subscription/status'>>
}

/** What the payer does on the page: the tid, or the hash of the redirect URL. */
export interface PayerClient {
  approve(tid: string, choices?: Choices): Promise<Acted>
  cancel(tid: string): Promise<Acted>
  fail(tid: string): Promise<Acted>
  expire(tid: string): Promise<Acted>
  act(tid: string, action: Action): Promise<Acted>
}

/** Calls as they were sent and answered. */
export interface JournalClient {
  list(filter?: ControlQuery<'journal'>): Promise<ControlAnswer<'journal'>>
  count(filter?: ControlQuery<'countJournal'>): Promise<number>
  /** Resolves as soon as a call matches; rejects with CallRefused 408 where none does in time. */
  wait(filter?: ControlQuery<'waitJournal'>): Promise<ControlAnswer<'waitJournal'>>
  clear(): Promise<void>
}

/** Rules that make the next matching calls fail. */
export interface FaultsClient {
  arm(rule: ControlBody<'armFault'>): Promise<ControlAnswer<'armFault'>>
  list(filter?: ControlQuery<'faults'>): Promise<ControlAnswer<'faults'>['faults']>
  clear(): Promise<void>
}

export interface ClockClient {
  now(): Promise<ControlAnswer<'clock'>>
  /** By a duration such as `15m`: the answer lists the payments that expired. */
  advance(by: string): Promise<Moved>
  freeze(at?: string): Promise<Moved>
  resume(): Promise<Moved>
}

/** The payments and subscriptions that the mock keeps. */
export interface StateClient {
  payments(filter?: ControlQuery<'payments'>): Promise<ControlAnswer<'payments'>['payments']>
  payment(tid: string): Promise<ControlAnswer<'payment'>>
  subscriptions(filter?: ControlQuery<'subscriptions'>): Promise<ControlAnswer<'subscriptions'>['subscriptions']>
}

/** Typed calls of a mock, for one secret key or, for the control API without a key, for all of them. */
export interface MockClient {
  readonly payments: Payments
  readonly payer: PayerClient
  readonly journal: JournalClient
  readonly faults: FaultsClient
  readonly clock: ClockClient
  readonly state: StateClient
  /** What was charged, which answers were delivered, and what is unsettled. */
  audit(): Promise<ControlAnswer<'audit'>>
  /** Empties payments, journal and faults. */
  reset(): Promise<void>
  /** The same mock as the merchant with this secret key sees it: a namespace of its own. */
  as(secretKey: string): MockClient
}

export interface ClientOptions {
  /** Sends a request to a path of the mock: `(path, init) => fetch(url + path, init)`, or `mock.request`. */
  readonly send: (path: string, init: RequestInit) => Promise<Response>
  /** Of the merchant. Default: `DEV_LIBRARY` for payments, and no namespace for the control API, which then covers all. */
  readonly secretKey?: string
  readonly controlToken?: string
}

export const createClient = ({ send, secretKey, controlToken = '' }: ClientOptions): MockClient => {
  const pay = askBy(send, { authorization: `SECRET_KEY ${secretKey ?? 'DEV_LIBRARY'}` })
  const control = askBy(send, {
    ...(secretKey === undefined ? {} : { 'x-kakaopay-mock-namespace': secretKey }),
    ...(controlToken === '' ? {} : { 'x-kakaopay-mock-token': controlToken }),
  })
  return {
    payments: paymentsBy(pay),
    payer: payerBy(control),
    journal: journalBy(control),
    faults: faultsBy(control),
    clock: clockBy(control),
    state: stateBy(control),
    audit: () => control('GET', '/_mock/audit') as Promise<ControlAnswer<'audit'>>,
    reset: async () => {
      await control('POST', '/_mock/reset')
    },
    as: (key) => createClient({ send, secretKey: key, controlToken }),
  }
}

const paymentsBy = (ask: Ask): Payments => {
  const call = (name: string) => (body: unknown) => ask('POST', `/online/v1/payment/${name}`, body)
  return {
    ready: call('ready'),
    approve: call('approve'),
    order: call('order'),
    cancel: call('cancel'),
    subscription: call('subscription'),
    inactive: call('manage/subscription/inactive'),
    status: call('manage/subscription/status'),
  } as Payments
}

const payerBy = (ask: Ask): PayerClient => {
  const act = (tid: string, action: Action) =>
    ask('POST', `/_mock/payments/${encodeURIComponent(tid)}/payer`, action) as Promise<Acted>
  return {
    act,
    approve: (tid, choices = {}) => act(tid, { ...choices, action: 'approve' }),
    cancel: (tid) => act(tid, { action: 'cancel' }),
    fail: (tid) => act(tid, { action: 'fail' }),
    expire: (tid) => act(tid, { action: 'expire' }),
  }
}

const journalBy = (ask: Ask): JournalClient => ({
  list: (filter) => ask('GET', '/_mock/journal', undefined, filter) as Promise<ControlAnswer<'journal'>>,
  count: async (filter) =>
    ((await ask('GET', '/_mock/journal/count', undefined, filter)) as ControlAnswer<'countJournal'>).count,
  wait: (filter) => ask('GET', '/_mock/journal/wait', undefined, filter) as Promise<ControlAnswer<'waitJournal'>>,
  clear: async () => {
    await ask('DELETE', '/_mock/journal')
  },
})

const faultsBy = (ask: Ask): FaultsClient => ({
  arm: (rule) => ask('POST', '/_mock/faults', rule) as Promise<ControlAnswer<'armFault'>>,
  list: async (filter) => ((await ask('GET', '/_mock/faults', undefined, filter)) as ControlAnswer<'faults'>).faults,
  clear: async () => {
    await ask('DELETE', '/_mock/faults')
  },
})

const clockBy = (ask: Ask): ClockClient => ({
  now: () => ask('GET', '/_mock/clock') as Promise<ControlAnswer<'clock'>>,
  advance: (by) => ask('POST', '/_mock/clock/advance', { by }) as Promise<Moved>,
  freeze: (at) => ask('POST', '/_mock/clock/freeze', at === undefined ? {} : { at }) as Promise<Moved>,
  resume: () => ask('POST', '/_mock/clock/resume') as Promise<Moved>,
})

const stateBy = (ask: Ask): StateClient => ({
  payments: async (filter) =>
    ((await ask('GET', '/_mock/payments', undefined, filter)) as ControlAnswer<'payments'>).payments,
  payment: (tid) => ask('GET', `/_mock/payments/${encodeURIComponent(tid)}`) as Promise<ControlAnswer<'payment'>>,
  subscriptions: async (filter) =>
    ((await ask('GET', '/_mock/subscriptions', undefined, filter)) as ControlAnswer<'subscriptions'>).subscriptions,
})
