/** Every limit of the interception. Times in ms. */
export interface InterceptLimits {
  /** Time for a TLS handshake to finish, from the first byte waited for. */
  readonly handshakeMs: number
  /** Handshakes under way at once, per port; the next connection is closed. */
  readonly maxHandshakes: number
  /** Tunnels and forwarded requests open at once; the next one is answered 503. */
  readonly maxTunnels: number
  /** A tunnel without a byte in either direction for this long is closed. */
  readonly tunnelIdleMs: number
  /** No tunnel lives longer than this. */
  readonly tunnelMs: number
  /** Time to resolve and reach a host that `--pass` allows. */
  readonly dialMs: number
  /** Leak attempts kept with their target; later ones are only counted. */
  readonly maxLeaks: number
}

/** Idle is longer than any client's time-out seen (30 s) and than a fault that hangs; the rest is what a test suite never reaches. */
export const interceptLimits: InterceptLimits = {
  handshakeMs: 10_000,
  maxHandshakes: 1024,
  maxTunnels: 1024,
  tunnelIdleMs: 120_000,
  tunnelMs: 3_600_000,
  dialMs: 10_000,
  maxLeaks: 1000,
}
