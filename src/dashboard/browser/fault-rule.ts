import { type FaultRule, scope } from './api.ts'

export const whens = ['next', 'nextN', 'every', 'probability', 'always'] as const

/** What the form holds when it is empty. */
export const blank = {
  fault: 'refuse',
  when: 'next' as (typeof whens)[number],
  n: '3',
  probability: '0.4',
  call: '',
  cid: '',
  order_id: '',
  tid: '',
  amount: '',
  name: '',
  preset: '',
  refusal: 'approval-failure',
  method_result_code: '',
  method_result_message: '',
  ms: '',
  bytes: '',
  status: '',
  fixed: '',
  from: '',
  to: '',
  mean: '',
  deviation: '',
}

export type Values = typeof blank

/** The body as small as it can be, so that the curl reads as one would write it by hand. */
export const bodyOf = (values: Values, params: readonly string[]) => {
  const match = matchOf(values)
  return {
    name: values.name || undefined,
    ...scope(),
    match: Object.keys(match).length > 0 ? match : undefined,
    when: whenOf(values),
    do: { fault: values.fault, ...paramValues(values, params) },
  }
}

const matchOf = ({ call, cid, order_id, tid, amount }: Values): FaultRule['match'] => ({
  ...(call && { call }),
  ...(cid && { cid }),
  ...(order_id && { order_id }),
  ...(tid && { tid }),
  ...(amount && { amount: Number(amount) }),
})

const whenOf = ({ when, n, probability }: Values): FaultRule['when'] => {
  if (when === 'nextN') return { next: Number(n) }
  if (when === 'every') return { every: Number(n) }
  return when === 'probability' ? { probability: Number(probability) } : when
}

const numbers = ['bytes', 'status']

const paramValues = (values: Values, params: readonly string[]) => {
  const { from, to, mean, deviation } = values
  const given = (name: string) => {
    if (name === 'uniform') return from && to ? [from, to] : undefined
    if (name === 'normal') return mean ? { mean, deviation: deviation || '0ms' } : undefined
    const text = values[name as keyof Values]
    return numbers.includes(name) ? (text ? Number(text) : undefined) : text || undefined
  }
  return Object.fromEntries(params.map((name) => [name, given(name)]))
}
