import type { Socket } from 'node:net'
import { ProxyRefusal } from './answer.ts'
import type { InterceptLimits } from './limits.ts'

/** What is open through the proxy: bounded in number, idle time and life. */
export interface Tunnels {
  /** Counts a client's socket until it closes or is removed. Throws a 503 where the limit is reached. */
  add(socket: Socket): void
  remove(socket: Socket): void
  size(): number
  close(): void
}

export const createTunnels = ({ maxTunnels, tunnelIdleMs, tunnelMs }: InterceptLimits): Tunnels => {
  const open = new Map<Socket, NodeJS.Timeout>()
  const remove = (socket: Socket) => {
    clearTimeout(open.get(socket))
    if (open.delete(socket)) socket.setTimeout(0)
  }
  return {
    add(socket) {
      if (open.size >= maxTunnels)
        throw new ProxyRefusal(
          503,
          'too-many-tunnels',
          `the proxy holds ${maxTunnels} tunnels, its limit: close some first`,
        )
      const end = setTimeout(() => socket.destroy(), tunnelMs)
      // A tunnel must not keep the process alive.
      end.unref()
      open.set(socket, end)
      socket.setTimeout(tunnelIdleMs, () => socket.destroy())
      socket.once('close', () => remove(socket))
    },
    remove,
    size: () => open.size,
    close() {
      for (const socket of open.keys()) socket.destroy()
    },
  }
}
