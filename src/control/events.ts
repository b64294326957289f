import type { Entry } from '../journal/entry.ts'
import { toJson } from '../journal/json.ts'
import type { ControlDeps } from './deps.ts'
import type { Notification } from './notifications.ts'
import { summaryOf } from './payments.ts'
import { problem } from './problem.ts'
import type { ControlHandlers } from './router.ts'

/** Watchers at once; one more is refused. */
export const MAX_WATCHERS = 100
/** What waits for a watcher that does not read; then it is let go and may come again. */
const MAX_WAITING = 1000
/** A comment now and then keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 15_000

const HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' }

export const eventHandlers = (deps: ControlDeps): Pick<ControlHandlers, 'events'> => {
  let watchers = 0
  return {
    events({ namespace, request }) {
      if (watchers >= MAX_WATCHERS)
        return problem(503, `${MAX_WATCHERS} watchers are there already, which is the limit.`)
      watchers++
      let end = () => {}
      const stream = new ReadableStream<Uint8Array>(
        {
          start(controller) {
            end = watch(deps, namespace, controller, () => {
              watchers--
            })
            request.signal.addEventListener('abort', end, { once: true })
          },
          cancel: () => end(),
        },
        { highWaterMark: MAX_WAITING },
      )
      return new Response(stream, { headers: HEADERS })
    },
  }
}

/** Writes what happens into one stream. Returns how to stop. */
const watch = (
  { journal, notifications, store, namespaces, now }: ControlDeps,
  namespace: string | undefined,
  controller: ReadableStreamDefaultController<Uint8Array>,
  onEnd: () => void,
): (() => void) => {
  const text = new TextEncoder()
  let ended = false
  const write = (chunk: string) => {
    if (ended) return
    if ((controller.desiredSize ?? 0) <= 0) return end()
    controller.enqueue(text.encode(chunk))
  }
  const send = (event: string, data: unknown, id?: string) =>
    write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  const concerns = (of: string | null) => namespace === undefined || of === null || of === namespace

  const onCall = (entry: Entry) => {
    if (!concerns(entry.namespace)) return
    const shown = toJson(entry, entry.id)
    send('call', shown, shown.id)
    if (shown.tid !== null) void sendPayment(shown.tid)
  }
  const sendPayment = async (tid: string) => {
    const payment = await store.find(tid)
    if (payment) send('payment', summaryOf(payment, namespaces.find(payment.namespace)?.now() ?? now()))
  }
  const onHappening = (happening: Notification) => {
    if (concerns(happening.namespace)) send(happening.event, { namespace: happening.namespace, ...happening.data })
  }
  const stops = [journal.subscribe(onCall), notifications.subscribe(onHappening)]
  const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
  heartbeat.unref()
  const end = () => {
    if (ended) return
    ended = true
    clearInterval(heartbeat)
    for (const stop of stops) stop()
    onEnd()
    try {
      controller.close()
    } catch {
      // The watcher has closed the stream already.
    }
  }
  write(': watching\n\n')
  return end
}
