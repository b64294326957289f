import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** The requests of a server that are not answered yet, by their connection. */
export interface OpenRequests {
  /** Resolves when no request is open, or after `ms`. Connections say nothing of that: a client keeps them. */
  idle(ms: number): Promise<void>
  /** Resolves when each request that has arrived whole on this connection is answered, or the connection is closed. */
  answered(socket: Duplex): Promise<void>
}

interface Exchange {
  readonly req: IncomingMessage
  readonly res: ServerResponse
}

export const trackRequests = (server: Server): OpenRequests => {
  const open = new Map<Duplex, Set<Exchange>>()
  let waiting: (() => void)[] = []
  const changed = () => {
    const wake = waiting
    waiting = []
    for (const check of wake) check()
  }
  const until = (done: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = () => (done() ? resolve() : void waiting.push(check))
      check()
    })
  server.on('request', (req, res) => {
    const { socket } = req
    const exchange = { req, res }
    let exchanges = open.get(socket)
    if (!exchanges) {
      exchanges = new Set()
      open.set(socket, exchanges)
      // A pipelined response that is never written is not closed with its connection.
      socket.once('close', () => {
        open.delete(socket)
        changed()
      })
    }
    exchanges.add(exchange)
    res.once('close', () => {
      exchanges.delete(exchange)
      changed()
    })
  })
  const isIdle = () => [...open.values()].every((exchanges) => exchanges.size === 0)
  return {
    async idle(ms) {
      if (ms === 0 || isIdle()) return
      let late: NodeJS.Timeout | undefined
      const over = new Promise<void>((resolve) => {
        late = setTimeout(resolve, ms)
      })
      await Promise.race([until(isIdle), over])
      clearTimeout(late)
    },
    answered: (socket) => until(() => [...(open.get(socket) ?? [])].every(({ req }) => !req.complete)),
  }
}
