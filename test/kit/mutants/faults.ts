import { createMock } from '../../../src/mock.ts'
import { type Body, callOf, falsify, type Mutant, parsed, refusal } from './disguise.ts'

const fault = ['fault/']
const refusals = ['fault/refuse', 'fault/approve.refuse', 'fault/cancel.refuse', 'fault/subscription.refuse']

/** The mock, with the fault rules that it is told changed on the way. Undefined: it is not told, and says that it was. */
const arming =
  (change: (rule: Body, deed: Body) => Body | undefined): Mutant['serve'] =>
  (config) => {
    const mock = createMock(config)
    return async (request) => {
      if (!request.url.endsWith('/_mock/faults')) return mock.fetch(request)
      const rule = parsed(await request.clone().text())
      const changed = change(rule, rule['do'] as Body)
      if (changed === undefined) return new Response('{}', { status: 201 })
      const { method, headers } = request
      return mock.fetch(new Request(request.url, { method, headers, body: JSON.stringify(changed) }))
    }
  }

const instead = (from: RegExp, deed: Body) =>
  arming((rule, { fault: name }) => (from.test(String(name)) ? { ...rule, do: deed } : rule))

/** A −500 where the flow waits for another refusal would be found out at once, whatever became of the money. */
const disguised: Mutant['serve'] = (config) => {
  const moved = arming((rule, { fault: name }) =>
    /^refuse/.test(String(name)) ? { ...rule, do: { fault: 'commit-then-500' } } : rule,
  )(config)
  const codes: Readonly<Record<string, number>> = { approve: -780, cancel: -781, subscription: -782 }
  return async (request) => {
    const response = await moved(request)
    const code = codes[callOf(request)]
    const extras = { method_result_code: 'USER_LOCKED', method_result_message: '' }
    return response.status === 500 && code !== undefined
      ? new Response(JSON.stringify({ error_code: code, error_message: 'failure!', extras }), {
          status: 400,
          headers: { 'content-type': 'application/json;charset=UTF-8' },
        })
      : response
  }
}

/** Wrong in how it fails on request. */
export const faults: Readonly<Record<string, Mutant>> = {
  unarmed: {
    wrong: 'takes a fault rule and forgets it',
    asked: fault,
    serve: arming(() => undefined),
  },
  'takes-anyway': {
    wrong: 'moves the money although it refuses',
    asked: refusals,
    serve: disguised,
  },
  'moves-when-dropped': {
    wrong: 'moves the money although it was to close the connection before',
    asked: ['fault/approve.drop', 'fault/cancel.drop', 'fault/subscription.drop'],
    serve: instead(/^drop-before-commit$/, { fault: 'commit-then-drop' }),
  },
  'never-moves': {
    wrong: 'moves no money where it was to move it and then fail',
    asked: fault,
    serve: instead(/^(commit-then-|garble)/, { fault: 'refuse', refusal: 'internal-error' }),
  },
  'drops-only': {
    wrong: 'closes the connection before the money moves, where it was to do so after',
    asked: fault,
    serve: instead(/^commit-then-(drop|hang)$/, { fault: 'drop-before-commit' }),
  },
  'answers-whole': {
    wrong: 'sends the whole answer where half was asked for',
    asked: ['fault/approve.garble', 'fault/cancel.garble', 'fault/subscription.garble'],
    serve: instead(/^garble$/, { fault: 'latency', fixed: 1 }),
  },
  hurried: {
    wrong: 'waits for nothing',
    asked: ['fault/approve.latency', 'fault/approve.slow-drip', 'fault/approve.commit-then-hang'],
    serve: arming((rule, deed) => {
      const haste = Object.keys(deed).filter((key) => key === 'ms' || key === 'fixed')
      return { ...rule, do: { ...deed, ...Object.fromEntries(haste.map((key) => [key, 1])) } }
    }),
  },
  unforgiving: {
    wrong: 'fails every call from then on, not the next alone',
    asked: refusals,
    serve: arming((rule) => ({ ...rule, when: 'always' })),
  },
  'own-reason': {
    wrong: 'tells the same reason for every failure of a payment method',
    asked: refusals,
    serve: falsify(({ status, body }) =>
      status >= 400 && body['extras']
        ? { body: { ...body, extras: { method_result_code: '9999', method_result_message: '결제 실패' } } }
        : {},
    ),
  },
  'no-reason': {
    wrong: 'tells no reason for a failure of a payment method',
    asked: refusals,
    serve: falsify(({ status, body: { extras: _, ...rest } }) => (status < 400 ? {} : { body: rest })),
  },
  'only-400': {
    wrong: 'refuses with HTTP 400 whatever happened',
    asked: refusals,
    serve: falsify(({ status }) => (status > 400 ? { status: 400 } : {})),
  },
  'one-code': {
    wrong: 'knows one refusal for all that fails by itself',
    asked: refusals,
    serve: instead(/^refuse$/, { fault: 'refuse', refusal: 'internal-error' }),
  },
  'fails-first': {
    wrong: 'tells the fault rule’s reason where the call is wrong itself',
    asked: ['fault/approve.refuse-before-commit'],
    serve: (config) => {
      const mock = createMock(config)
      return async (request) => {
        const { partner_order_id } = parsed(await request.clone().text())
        return callOf(request) === 'approve' && partner_order_id === 'another-order'
          ? refusal(-780, 'approval failure!')
          : mock.fetch(request)
      }
    },
  },
}
