import type { EndpointName } from '../../../../contracts/index.ts'
import type { Report } from '../../../../src/kit/client/protocol.ts'
import { Client, failed, type Mutants, meaning, of, type Params, type Reply } from './client.ts'

const refusal = (change: (json: Params) => Params) =>
  class extends Client {
    override refusal = (json: Params) => change(json) as never
  }

const extrasOf = (json: Params) => (json['extras'] ?? {}) as Params
const isError = (answer: Reply) => answer.status !== 200
const when = (status: number, then: Report) => meaning((answer, own) => (answer.status === status ? then : own()))
const success: Report = { kind: 'result', result: { ok: true } }

/** Wrong in what it makes of a refusal, of an answer about something else, and of one with new fields. */
export const refusalMutants: Mutants = {
  ...of('client.refusal', {
    'reads msg and code of the retired host': refusal(({ code, msg }) => ({
      error_code: code ?? 0,
      error_message: msg ?? '',
    })),
    'reports refusals in words of its own': refusal(({ extras }) => ({
      error_code: -1,
      error_message: 'refused',
      extras,
    })),
    'drops error_message': refusal((json) => ({ ...json, error_message: '' })),
    'reports the payer’s message as the error': refusal((json) => ({
      ...json,
      error_message: extrasOf(json)['method_result_message'] ?? json['error_message'],
    })),
    'writes error codes as texts': refusal((json) => ({ ...json, error_code: String(json['error_code']) })),
    'writes error codes without a sign': refusal((json) => ({
      ...json,
      error_code: Math.abs(Number(json['error_code'])),
    })),
    'reports HTTP 400 as the code': refusal((json) => ({ ...json, error_code: 400 })),
    'reports every HTTP 4xx as unknown': class extends Client {
      override isOpen = (status: number) => status >= 400
    },
    'takes 401 and 403 for a broken connection': class extends Client {
      override isOpen = (status: number) => status >= 500 || status === 401 || status === 403
    },
    'takes 429 for a broken connection': class extends Client {
      override isOpen = (status: number) => status >= 500 || status === 429
    },
    'reports refusals as results': meaning((answer, own) =>
      isError(answer) ? { kind: 'result', result: JSON.parse(answer.text) as Params } : own(),
    ),
    'reports 503 as paid': when(503, success),
    'reports 401 as paid': when(401, success),
    'reports 429 as an empty result': when(429, { kind: 'result', result: {} }),
    'reports a refused order as ready': meaning((answer, own, name) =>
      name === 'order' && answer.status === 400 ? { kind: 'result', result: { status: 'READY' } } : own(),
    ),
    'takes −702 for a payment of its own': meaning((answer, own) =>
      answer.text.includes('-702') ? { kind: 'result', result: { status: 'SUCCESS_PAYMENT' } } : own(),
    ),
    'takes −710 for a cancel': meaning((answer, own) =>
      answer.text.includes('-710') ? { kind: 'result', result: { status: 'CANCEL_PAYMENT' } } : own(),
    ),
    'takes −751 for a payment by sid': meaning((answer, own) => (answer.text.includes('-751') ? success : own())),
  }),
  ...of('client.extras', {
    'believes every refusal and drops extras': class extends Client {
      override isDoubtful = () => false
      override refusal = ({ error_code, error_message }: Params) => ({ error_code, error_message })
    },
    'drops extras': refusal(({ error_code, error_message }) => ({ error_code, error_message })),
    'drops method_result_message': refusal((json) => ({
      ...json,
      extras: { method_result_code: extrasOf(json)['method_result_code'] },
    })),
    'drops method_result_code': refusal((json) => ({
      ...json,
      extras: { method_result_message: extrasOf(json)['method_result_message'] },
    })),
    'writes extras as a text': refusal((json) => ({ ...json, extras: JSON.stringify(extrasOf(json)) })),
    'invents extras': refusal((json) => ({ ...json, extras: { ...extrasOf(json), seen: true } })),
    'reports a reason of its own': refusal((json) =>
      'extras' in json ? { ...json, extras: { ...extrasOf(json), method_result_message: '결제 실패' } } : json,
    ),
  }),
  ...of('client.verify', {
    'believes every answer': class extends Client {
      override verified = (_: EndpointName, __: Params, report: Report) => report
    },
    'reads the first of two keys': class extends Client {
      override read = async (response: Response) => {
        const seen = new Set<string>()
        const keep = (all: string, key: string) => {
          const isFirst = !seen.has(key)
          seen.add(key)
          return isFirst ? all : ''
        }
        return (await response.text()).replaceAll(/"(tid|partner_order_id)":"[^"]*",/g, keep)
      }
      override verified = (_: EndpointName, __: Params, report: Report) => report
    },
  }),
  ...of('client.tolerant', {
    'refuses new fields': meaning((answer, own) => (answer.text.includes('new_') ? failed : own())),
    'breaks on new fields in lists': meaning((answer, own, name) =>
      name === 'order' && answer.text.includes('new_') ? { kind: 'unknown', reason: 'unknown field' } : own(),
    ),
    'breaks on new fields in refusals': meaning((answer, own) =>
      isError(answer) && answer.text.includes('new_') ? { kind: 'result', result: {} } : own(),
    ),
    'breaks on new fields of a payment by sid': meaning((answer, own, name) =>
      name === 'subscription' && answer.text.includes('new_') ? { kind: 'unknown', reason: 'unknown field' } : own(),
    ),
  }),
}
