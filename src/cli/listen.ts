import type { AddressInfo, Server } from 'node:net'
import { ConfigError } from '../config/config.ts'

export interface Listening {
  readonly host: string
  readonly port: number
  /** The flag that would choose another port, for the message. */
  readonly flag: string
  readonly scheme?: 'http' | 'https'
}

/** Resolves to the address once it listens. A port in use is a wrong setting: one line, exit code 2. */
export const listen = (server: Server, { host, port, flag, scheme = 'http' }: Listening): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(
          new ConfigError(
            `port ${port} on ${host} is in use; choose another with ${flag} N, or ${flag} 0 for any free one`,
          ),
        )
      else if (error.code === 'EACCES')
        reject(new ConfigError(`port ${port} needs more rights; choose one above 1023 with ${flag} N`))
      else reject(new ConfigError(`cannot listen on ${host}:${port}: ${error.message}`))
    })
    server.listen(port, host, () => resolve(`${scheme}://${authorityOf(server.address() as AddressInfo)}`))
  })

/** An address that can be opened: "every interface" is not a host, and IPv6 wants brackets. */
const authorityOf = ({ address, port }: AddressInfo): string => {
  const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}
