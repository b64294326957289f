/** A server as the kit sees it: a Request in, a Response out, over a socket or in this process. */
export type Fetch = (request: Request) => Promise<Response>

/** A server and the keys for one flow. */
export interface Session {
  readonly fetch: Fetch
  /** The secret key that the flow's merchant sends. */
  readonly key: string
  /** The key of a second merchant; empty where there is none. */
  readonly otherKey: string
}
