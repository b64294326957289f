import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { toJson } from '../journal/json.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { headers, json, refused, scope } from './fields.ts'
import { summaryOf } from './payments.ts'
import { controlError, problem } from './problem.ts'

/** Watchers at once; one more is refused. */
export const MAX_WATCHERS = 100
/** Characters that wait for a watcher that does not read; beyond it the connection is closed. */
export const MAX_WAITING_CHARACTERS = 1_048_576
/** A comment now and then keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 15_000

const route = createRoute({
  method: 'get',
  path: '/_mock/events',
  operationId: 'events',
  tags: ['events'],
  summary: 'Server-sent events: call, payment, fault, clock, namespace, application, reset',
  request: { headers, query: scope },
  responses: {
    200: { description: 'Events, until the client leaves.', content: { 'text/event-stream': { schema: z.string() } } },
    ...refused,
    503: { description: 'Too many watchers.', ...json(controlError) },
  },
})

export const eventsApp = (deps: ControlDeps) => {
  let watchers = 0
  return new OpenAPIHono<ControlEnv>().openapi(route, (c) => {
    if (watchers >= MAX_WATCHERS)
      return problem(c, 503, `${MAX_WATCHERS} watchers are there already, which is the limit.`)
    watchers++
    const response = streamSSE(c, async (stream) => {
      const close = () => c.env?.outgoing?.destroy()
      await watch(deps, c.var.namespace, stream, close).finally(() => {
        watchers--
      })
    })
    response.headers.set('cache-control', 'no-store')
    response.headers.set('x-accel-buffering', 'no')
    return response
  })
}

/** Writes what happens into one stream until the watcher leaves, or lets too much wait. */
const watch = async (
  { journal, notifications, store, namespaces, now }: ControlDeps,
  namespace: string | undefined,
  stream: SSEStreamingApi,
  close: () => void,
): Promise<void> => {
  const waiting = createQueue(MAX_WAITING_CHARACTERS)
  const send = (event: string, data: unknown, id?: string) =>
    waiting.put(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  const concerns = (of: string | null) => namespace === undefined || of === null || of === namespace
  const sendPayment = async (tid: string) => {
    const payment = await store.find(tid)
    if (payment) send('payment', summaryOf(payment, namespaces.find(payment.namespace)?.now() ?? now()))
  }
  const stops = [
    journal.subscribe((entry) => {
      if (!concerns(entry.namespace)) return
      const call = toJson(entry)
      send('call', call, call.id)
      if (call.tid !== null) void sendPayment(call.tid)
    }),
    notifications.subscribe((notification) => {
      if (concerns(notification.namespace))
        send(notification.event, { namespace: notification.namespace, ...notification.data })
    }),
  ]
  const heartbeat = setInterval(() => waiting.put(': still here\n\n'), HEARTBEAT_MS)
  heartbeat.unref()
  stream.onAbort(waiting.end)
  waiting.put(': watching\n\n')
  for (let text = await waiting.take(); text !== undefined; text = await waiting.take()) await stream.write(text)
  clearInterval(heartbeat)
  for (const stop of stops) stop()
  if (waiting.isFull()) close()
}

/** Texts in their order, at most `limit` characters of them; one more ends the queue. */
const createQueue = (limit: number) => {
  let texts: string[] = []
  let size = 0
  let ended = false
  let wake = () => {}
  const end = () => {
    ended = true
    texts = []
    wake()
  }
  return {
    put(text: string) {
      if (ended) return
      size += text.length
      texts.push(text)
      if (size > limit) end()
      else wake()
    },
    /** Undefined once the queue has ended. */
    async take(): Promise<string | undefined> {
      if (texts.length === 0 && !ended)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      if (ended) return undefined
      const text = texts.join('')
      texts = []
      size = 0
      return text
    },
    end,
    isFull: () => size > limit,
  }
}
