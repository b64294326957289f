import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
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
/** Interval of comments, which keep proxies from closing a quiet stream, in ms. */
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
  const watchers = new Set<Watcher>()
  let stop = () => {}
  /** Each event is serialized once for all watchers, and not at all without one. */
  const add = (watcher: Watcher) => {
    if (watchers.size === 0) stop = listen(deps, watchers)
    watchers.add(watcher)
  }
  const remove = (watcher: Watcher) => {
    watchers.delete(watcher)
    if (watchers.size === 0) stop()
  }
  return new OpenAPIHono<ControlEnv>().openapi(route, (c) => {
    if (watchers.size >= MAX_WATCHERS)
      return problem(c, 503, `${MAX_WATCHERS} watchers are there already, which is the limit.`)
    const watcher = { namespace: c.var.namespace, waiting: createQueue(MAX_WAITING_CHARACTERS) }
    add(watcher)
    const response = streamSSE(c, async (stream) => {
      const { put, take, end, onFull } = watcher.waiting
      stream.onAbort(end)
      const heartbeat = setInterval(() => put(': still here\n\n'), HEARTBEAT_MS)
      heartbeat.unref()
      // A watcher that does not read holds the loop below in its write: only the end of the connection ends that.
      onFull(() => {
        stream.abort()
        c.env?.outgoing?.destroy()
      })
      put(': watching\n\n')
      for (let text = await take(); text !== undefined; text = await take()) await stream.write(text)
      clearInterval(heartbeat)
      remove(watcher)
    })
    response.headers.set('cache-control', 'no-store')
    response.headers.set('x-accel-buffering', 'no')
    return response
  })
}

interface Watcher {
  /** Undefined: all. */
  readonly namespace: string | undefined
  readonly waiting: ReturnType<typeof createQueue>
}

/** Sends events to the watchers of their namespace. Returns a function that stops it. */
const listen = (
  { journal, notifications, store, namespaces, secrets, now }: ControlDeps,
  watchers: ReadonlySet<Watcher>,
): (() => void) => {
  const send = (of: string | null, event: string, data: unknown, id?: string) => {
    const text = `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    for (const { namespace, waiting } of watchers)
      if (namespace === undefined || of === null || of === namespace) waiting.put(text)
  }
  const sendPayment = async (of: string | null, tid: string) => {
    const payment = await store.find(tid)
    if (!payment) return
    send(of, 'payment', secrets.maskAll(summaryOf(payment, namespaces.find(payment.namespace)?.now() ?? now())))
  }
  const stops = [
    journal.subscribe((entry) => {
      const call = toJson(journal.shown(entry))
      send(entry.namespace, 'call', call, call.id)
      if (call.tid !== null) void sendPayment(entry.namespace, call.tid)
    }),
    notifications.subscribe(({ namespace, event, data }) => send(namespace, event, { namespace, ...data })),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** Texts in their order, at most `limit` characters of them; one more ends the queue. */
const createQueue = (limit: number) => {
  let texts: string[] = []
  let size = 0
  let ended = false
  let wake = () => {}
  let full = () => {}
  const end = () => {
    ended = true
    texts = []
    wake()
  }
  return {
    end,
    onFull(listener: () => void) {
      full = listener
    },
    put(text: string) {
      if (ended) return
      size += text.length
      texts.push(text)
      if (size <= limit) return wake()
      end()
      full()
    },
    /** All that waits, as one text. Undefined once the queue has ended. */
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
  }
}
