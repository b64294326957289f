import * as z from 'zod'
import { controlEndpoint } from './endpoint.ts'
import { inNamespace } from './fields.ts'
import * as namespaces from './namespaces.ts'

const scope = z.strictObject(inNamespace)

export const clockCalls = {
  clock: controlEndpoint({
    name: 'clock',
    method: 'GET',
    path: '/_mock/clock',
    summary: 'Shows the clocks',
    query: scope,
    response: z.object({ clocks: z.array(namespaces.clock) }),
  }),
  freezeClock: controlEndpoint({
    name: 'freezeClock',
    method: 'POST',
    path: '/_mock/clock/freeze',
    summary: 'Stops the clock, now or at an instant',
    query: scope,
    request: namespaces.freeze,
    response: namespaces.moved,
  }),
  offsetClock: controlEndpoint({
    name: 'offsetClock',
    method: 'POST',
    path: '/_mock/clock/offset',
    summary: 'Lets the clock run, so far from the system’s clock',
    query: scope,
    request: namespaces.offset,
    response: namespaces.moved,
  }),
  advanceClock: controlEndpoint({
    name: 'advanceClock',
    method: 'POST',
    path: '/_mock/clock/advance',
    summary: 'Moves the clock on and answers what became due',
    query: scope,
    request: namespaces.advance,
    response: namespaces.moved,
  }),
  setClock: controlEndpoint({
    name: 'setClock',
    method: 'POST',
    path: '/_mock/clock/to',
    summary: 'Moves the clock to an instant and answers what became due',
    query: scope,
    request: namespaces.to,
    response: namespaces.moved,
  }),
  resumeClock: controlEndpoint({
    name: 'resumeClock',
    method: 'POST',
    path: '/_mock/clock/resume',
    summary: 'Lets the clock be the system’s again',
    query: scope,
    request: namespaces.resume,
    response: namespaces.moved,
  }),
} as const
