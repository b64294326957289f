/** Limits of the redirects that the mock follows in the payer's place. */
export const followLimits = { hops: 5, timeoutMs: 10_000, excerptBytes: 2048 } as const

export type Limits = { readonly [K in keyof typeof followLimits]: number }

/** One GET. `status` is null where nothing answered, and `error` says why. */
export interface Hop {
  readonly url: string
  readonly status: number | null
  readonly error?: string
}

/** What the merchant answered: every hop, and the beginning of the last page. */
export interface MerchantResponse {
  readonly hops: Hop[]
  readonly body: string
}

/**
 * Follows the redirects of the payer's browser with GET, without cookies. Starts only at a payment's own redirect URL and follows
 * only http and https; an app scheme is reported, not opened.
 */
export const follow = async (start: string, limits: Limits = followLimits): Promise<MerchantResponse> => {
  const signal = AbortSignal.timeout(limits.timeoutMs)
  const hops: Hop[] = []
  for (let url = start; ; ) {
    const visited = await visit(url, signal, limits, hops.length + 1 === limits.hops)
    hops.push(visited.hop)
    if (visited.next === undefined) return { hops, body: visited.body }
    url = visited.next
  }
}

interface Visit {
  readonly hop: Hop
  readonly body: string
  readonly next?: string
}

const visit = async (url: string, signal: AbortSignal, limits: Limits, last: boolean): Promise<Visit> => {
  const failed = (error: string): Visit => ({ hop: { url, status: null, error }, body: '' })
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    return failed('not an http or https URL: an app would be opened')
  try {
    const response = await fetch(url, { redirect: 'manual', signal, headers: { accept: 'text/html,*/*' } })
    const hop = { url, status: response.status }
    const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
    if (location === null || last) return { hop, body: await excerpt(response, limits.excerptBytes) }
    await response.body?.cancel()
    return { hop, body: '', next: URL.canParse(location, url) ? new URL(location, url).href : location }
  } catch (error) {
    return failed(reason(error, limits))
  }
}

/** Reads no more than this of a page, which may be endless. */
const excerpt = async (response: Response, bytes: number): Promise<string> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= bytes) break
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, bytes))
}

const reason = (error: unknown, { timeoutMs }: Limits): string => {
  const { name, message, cause } = error as Error
  if (name === 'TimeoutError') return `no whole answer within ${timeoutMs} ms`
  return cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code || message : message
}
