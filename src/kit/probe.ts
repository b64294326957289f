import type { Fetch } from './target.ts'

/** Nothing answers there. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** Time for the first answer, in ms. */
const PROBE_TIMEOUT_MS = 5000

/**
 * Whether a server has this project's control API, and with it a payer, a clock and faults. It is asked by a GET that changes nothing; a
 * server that answers anything else has none. Throws Unreachable where nothing answers.
 */
export const hasControl = async (url: string, ask: Fetch = (request) => fetch(request)): Promise<boolean> => {
  let response: Response
  try {
    const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS)
    response = await ask(new Request(`${url.replace(/\/+$/, '')}/_mock/health`, { signal }))
  } catch (error) {
    const { message, cause } = error as Error
    const why = cause instanceof Error ? cause.message || message : message
    throw new Unreachable(`${new URL(url).origin} cannot be reached: ${why}`)
  }
  const text = await response.text()
  return response.status === 200 && /"status"\s*:\s*"ok"/.test(text)
}
