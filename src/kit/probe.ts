import { Unreachable } from './errors.ts'
import type { Fetch } from './target.ts'

/** Time for the first answer, in ms. */
const PROBE_TIMEOUT_MS = 5000

/**
 * Whether a server has this project's control API, and with it a payer, a clock and faults. A GET that changes nothing finds out.
 * Rejects with Unreachable where nothing answers.
 */
export const hasControl = async (url: string, send: Fetch = (request) => fetch(request)): Promise<boolean> => {
  let response: Response
  try {
    const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS)
    response = await send(new Request(`${url.replace(/(?<!\/)\/+$/, '')}/_mock/health`, { signal }))
  } catch (error) {
    const { message, cause } = error as Error
    const reason = cause instanceof Error ? cause.message || message : message
    throw new Unreachable(`${new URL(url).origin} cannot be reached: ${reason}`)
  }
  const text = await response.text()
  return response.status === 200 && /"status"\s*:\s*"ok"/.test(text)
}
