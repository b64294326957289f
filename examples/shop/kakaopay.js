/** A client of KakaoPay's online payment API that keeps three outcomes apart: answered, refused, and unknown. */

/** KakaoPay said no, and nothing was charged. */
export class Refused extends Error {
  constructor({ error_code, error_message, extras }) {
    super(extras?.method_result_message ?? error_message)
    this.code = error_code
  }
}

/** No answer, an unreadable one, or a 5xx: the payment may have been charged. Ask `order`. */
export class Unknown extends Error {}

/** KakaoPay may take 11 s to answer. */
const TIMEOUT_MS = 12_000

export const createClient = ({ baseUrl, secretKey }) => {
  const call = async (path, body) => {
    let status
    let answer
    try {
      const response = await fetch(`${baseUrl}/online/v1/payment/${path}`, {
        method: 'POST',
        headers: { authorization: `SECRET_KEY ${secretKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      status = response.status
      answer = await response.json()
    } catch (error) {
      throw new Unknown(`${path}: ${error.message}`)
    }
    if (status >= 500) throw new Unknown(`${path}: HTTP ${status}`)
    if (status >= 400) throw new Refused(answer)
    return answer
  }
  return {
    ready: (body) => call('ready', body),
    approve: (body) => call('approve', body),
    order: (body) => call('order', body),
    cancel: (body) => call('cancel', body),
    subscription: (body) => call('subscription', body),
  }
}
