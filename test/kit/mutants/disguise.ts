import type { Config } from '../../../src/config/config.ts'
import type { Fetch } from '../../../src/kit/target.ts'
import { createMock } from '../../../src/mock.ts'

/** A server that is wrong in one way. */
export interface Mutant {
  /** What it does wrong, in one sentence. */
  readonly wrong: string
  /** How the ids of the fixtures begin that could find it out: nobody else is asked, which saves time. */
  readonly asked: readonly string[]
  readonly serve: (config: Partial<Config>) => Fetch
}

export type Body = Record<string, unknown>

/** One exchange that an mutant may falsify. */
export interface Exchange {
  /** ready, approve, cancel, order, subscription, inactive, status, payer, or the path's last part. */
  readonly call: string
  readonly sent: Body
  readonly status: number
  readonly body: Body
  readonly text: string
}

type Falsified = {
  readonly status?: number
  readonly body?: Body
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

export const callOf = (request: Request): string => new URL(request.url).pathname.split('/').at(-1) ?? ''

export const parsed = (text: string): Body => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : {}
  } catch {
    return {}
  }
}

/** The mock, with its answers falsified. */
export const falsify =
  (change: (exchange: Exchange) => Falsified, settings: Partial<Config> = {}): Mutant['serve'] =>
  (config) => {
    const mock = createMock({ ...config, ...settings })
    return async (request) => {
      const sent = parsed(await request.clone().text())
      const response = await mock.fetch(request)
      const text = await response.text()
      const body = parsed(text)
      const {
        status = response.status,
        body: changed = body,
        text: changedText,
        headers,
      } = change({
        call: callOf(request),
        sent,
        status: response.status,
        body,
        text,
      })
      const bytes = changedText ?? (changed === body ? text : JSON.stringify(changed))
      return new Response(bytes, { status, headers: { 'content-type': 'application/json;charset=UTF-8', ...headers } })
    }
  }

/** Falsifies the accepted answers of some calls alone. */
export const answering = (
  calls: readonly string[],
  change: (body: Body, sent: Body) => Body,
  settings?: Partial<Config>,
) =>
  falsify(
    ({ call, status, body, sent }) => (status === 200 && calls.includes(call) ? { body: change(body, sent) } : {}),
    settings,
  )

/** The mock, with what it receives changed on the way. */
export const distort =
  (change: (body: Body, call: string) => Body, settings: Partial<Config> = {}): Mutant['serve'] =>
  (config) => {
    const mock = createMock({ ...config, ...settings })
    return async (request) => {
      const text = await request.clone().text()
      const body = parsed(text)
      if (Object.keys(body).length === 0) return mock.fetch(request)
      const changed = JSON.stringify(change(body, callOf(request)))
      return mock.fetch(new Request(request.url, { method: request.method, headers: request.headers, body: changed }))
    }
  }

/** The mock with other settings than the flow asks for. */
export const settled =
  (settings: Partial<Config>): Mutant['serve'] =>
  (config) =>
    createMock({ ...config, ...settings }).fetch

export const refusal = (error_code: number, error_message: string, status = 400): Response =>
  new Response(JSON.stringify({ error_code, error_message }), {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
  })

export const everyCall = ['ready', 'approve', 'order', 'cancel', 'subscription', 'inactive', 'status']
