import { connect, isIP, type Socket } from 'node:net'
import { ProxyRefusal } from './answer.ts'
import { isInsideAddress, isLocalName } from './hosts.ts'
import type { InterceptLimits } from './limits.ts'
import { nameOf, type Target } from './target.ts'

/** `dns.lookup` with all addresses, as far as it is needed. */
export type Lookup = (host: string, options: { all: true }) => Promise<readonly { readonly address: string }[]>

export interface DialOptions {
  readonly pass: ReadonlySet<string>
  readonly limits: InterceptLimits
  readonly ownPorts: () => readonly number[]
  readonly lookup: Lookup
}

/**
 * The address to dial for a passed host. A name that resolves to a loopback, private or reserved address is refused unless that address is passed
 * too: who controls a name must not choose what it opens on the inside.
 */
export const resolveTarget = async (
  target: Target,
  { pass, lookup, limits, ownPorts }: DialOptions,
): Promise<string> => {
  const named = isIP(target.host) !== 0 || isLocalName(target.host)
  const found = isIP(target.host)
    ? [{ address: target.host }]
    : await within(limits.dialMs, lookup(target.host, { all: true }), target)
  const usable = found.filter(({ address }) => named || !isInsideAddress(address) || pass.has(address))
  const address = usable[0]?.address
  if (address === undefined)
    throw new ProxyRefusal(
      403,
      'inside-address',
      `${target.host} resolves to ${found[0]?.address ?? 'nothing'}, an address inside this machine or network; pass that too if it is meant: --pass ${found[0]?.address ?? 'ADDRESS'}`,
    )
  if (isInsideAddress(address) && ownPorts().includes(target.port)) throw leadsBack(target)
  return address
}

/** A connection to a passed host, by the address that was checked and not by a second look-up of its name. */
export const dial = async (target: Target, options: DialOptions): Promise<Socket> => {
  const host = await resolveTarget(target, options)
  const socket = connect({ host, port: target.port })
  const connected = new Promise<Socket>((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => reject(new ProxyRefusal(502, 'not-reached', `${nameOf(target)} could not be reached`)))
  })
  return within(options.limits.dialMs, connected, target).catch((error: unknown) => {
    socket.destroy()
    throw error
  })
}

const within = async <T>(ms: number, doing: Promise<T>, target: Target): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ProxyRefusal(504, 'too-slow', `${nameOf(target)} was not reached in ${ms} ms`)),
      ms,
    )
  })
  try {
    return await Promise.race([doing, late])
  } catch (error) {
    if (error instanceof ProxyRefusal) throw error
    throw new ProxyRefusal(502, 'not-found', `${target.host} has no address: ${(error as Error).message}`)
  } finally {
    clearTimeout(timer)
  }
}

export const leadsBack = (target: Target) => new ProxyRefusal(508, 'loop', `${nameOf(target)} leads back to this proxy`)
