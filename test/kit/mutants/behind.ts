import type { Config } from '../../../src/config/config.ts'
import type { Fetch } from '../../../src/kit/target.ts'
import { createMock } from '../../../src/mock.ts'
import { type Body, callOf, parsed } from './disguise.ts'
import type { GeneratedMutant } from './generated.ts'

export interface Seen {
  readonly request: Request
  readonly call: string
  readonly sent: Body
  readonly isApi: boolean
  readonly key: string
  /** Sends a request to the right server behind. */
  readonly pass: (changes?: Body) => Promise<Response>
  /** Another call of the same merchant. */
  readonly ask: (path: string, body: Body) => Promise<{ status: number; body: Body }>
}

/** The mock behind a function that sees every request, with a memory of its own. */
export const behind =
  (
    make: () => (seen: Seen) => Promise<Response>,
    settings: Partial<Config> = {},
    overrides: Parameters<typeof createMock>[1] = {},
  ): GeneratedMutant['serve'] =>
  (config): Fetch => {
    const mock = createMock({ ...config, ...settings }, overrides)
    const act = make()
    return async (request) => {
      const text = await request.clone().text()
      const sent = parsed(text)
      const isApi = request.url.includes('/online/')
      const key = request.headers.get('authorization')?.split(' ').at(-1) ?? ''
      const again = (url: string, body: Body | undefined) =>
        mock.fetch(
          body === undefined
            ? (request.clone() as Request)
            : new Request(url, {
                method: request.method === 'GET' ? 'POST' : request.method,
                headers: request.headers,
                body: JSON.stringify(body),
              }),
        )
      return act({
        request,
        call: isApi ? callOf(request) : '',
        sent,
        isApi,
        key,
        pass: (changes) => again(request.url, changes),
        async ask(path, body) {
          const response = await again(new URL(path, request.url).href, body)
          return { status: response.status, body: parsed(await response.text()) }
        },
      })
    }
  }

export const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json;charset=UTF-8' } })
export const read = async (response: Response) => parsed(await response.clone().text())

export const ORDER = '/online/v1/payment/order'
export const CANCEL = '/online/v1/payment/cancel'
export const payerPath = (tid: unknown) => `/_mock/payments/${String(tid)}/payer`

/** Flows that are asked first. */
const FIRST = /^(approve|cancel|order|subscription|inactive|status|model|payer|page|ready|history)\//

/** A list of servers, each with a name and the rules that are right to name. */
export const mutantList = (topic: string) => {
  const list: GeneratedMutant[] = []
  const add = (name: string, right: RegExp, serve: GeneratedMutant['serve'], first = FIRST) => {
    const isRight = (id: string) => right.test(id)
    list.push({ name: `${topic}/${name}`, serve, isRight, about: ({ id }) => first.test(id) })
  }
  return { list, add }
}

/** As `distort`, but a request that is not changed is passed as it was written: numbers of many digits would lose some. */
export const changing = (change: (body: Body, call: string) => Body) =>
  behind(() => (seen) => {
    const changed = change(seen.sent, seen.call)
    return JSON.stringify(changed) === JSON.stringify(seen.sent) ? seen.pass() : seen.pass(changed)
  })

/** Takes a refusal of these numbers back, and answers as for something else. */
export const instead = (
  call: string,
  codes: readonly number[],
  answer: (seen: Seen) => Promise<Response | undefined>,
) =>
  behind(() => async (seen) => {
    const response = await seen.pass()
    if (seen.call !== call || response.status === 200) return response
    const { error_code } = await read(response)
    return codes.includes(Number(error_code)) ? ((await answer(seen)) ?? response) : response
  })
