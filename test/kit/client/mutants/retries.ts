import type { EndpointName } from '../../../../contracts/index.ts'
import { Client, type Mutants, of, type Params, perCall, type Reply } from './client.ts'

/** Sends a call again. */
const again = (
  is: (name: EndpointName, answer: Reply | undefined) => boolean,
  before?: (client: Client, params: Params) => Promise<unknown>,
) =>
  class extends Client {
    override async send(name: EndpointName, params: Params): Promise<Reply> {
      const answer = await super.send(name, params).catch(() => undefined)
      if (!is(name, answer)) return answer ?? Promise.reject(new Error('lost'))
      await before?.(this, params)
      return super.send(name, params)
    }
  }

/** Does something after a call of which it is not known what became. */
const afterLoss = (call: EndpointName, act: (client: Client, params: Params, ready: Params) => Promise<unknown>) =>
  class extends Client {
    #ready: Params = {}
    override async call(name: EndpointName, params: Params) {
      if (name === 'ready') this.#ready = params
      const report = await super.call(name, params)
      if (name === call && report.kind === 'unknown') await act(this, params, this.#ready)
      return report
    }
  }

const cancelAll = (client: Client, { cid, tid }: Params) =>
  client.send('cancel', { cid, tid, cancel_amount: 2200, cancel_tax_free_amount: 0 })
const lookUp = (client: Client, { cid, tid }: Params) => client.send('order', { cid, tid })

const has = (answer: Reply | undefined, ...texts: readonly string[]) =>
  answer !== undefined && answer.status >= 400 && texts.some((text) => answer.text.includes(text))
const doubts = ['BANK_FIRM_UNKNOWN', 'USER_LOCKED', ':-702', ':-785'] as const

/** A client that sends each request in the background once more. */
class InBackground extends Client {
  override async call(name: EndpointName, params: Params) {
    const report = await super.call(name, params)
    if (report.kind === 'unknown' && name === 'approve') void super.send(name, params).catch(() => {})
    return report
  }
}

/** Wrong in what it sends after an answer, or in the place of one. */
export const retryMutants: Mutants = {
  ...of('client.once', {
    ...perCall((call) => ({
      [`sends ${call} again when it is lost`]: again((name, answer) => name === call && answer === undefined),
      [`sends ${call} again after HTTP 500`]: again((name, answer) => name === call && answer?.status === 500),
      [`sends ${call} twice`]: again((name) => name === call),
    })),
    'sends approve again after HTTP 502': again((name, answer) => name === 'approve' && answer?.status === 502),
    'sends approve again after HTTP 504': again((name, answer) => name === 'approve' && answer?.status === 504),
    'sends cancel again after HTTP 502': again((name, answer) => name === 'cancel' && answer?.status === 502),
    'sends cancel again after HTTP 504': again((name, answer) => name === 'cancel' && answer?.status === 504),
    'sends approve again after half an answer': again(
      (name, answer) => name === 'approve' && answer?.status === 200 && !answer.text.endsWith('}'),
    ),
    'sends approve again after an error page': again(
      (name, answer) => name === 'approve' && !!answer?.text.startsWith('<'),
    ),
    'sends approve again after any refusal': again((name, answer) => name === 'approve' && has(answer, 'error_code')),
    'sends cancel again after a refusal': again((name, answer) => name === 'cancel' && has(answer, 'error_code')),
    'sends subscription again after a refusal': again(
      (name, answer) => name === 'subscription' && has(answer, 'error_code'),
    ),
    'sends everything again that is lost': again((_, answer) => answer === undefined || answer.status >= 500),
    'asks order, and sends a lost cancel again all the same': again(
      (name, answer) => name === 'cancel' && answer === undefined,
      lookUp,
    ),
    'asks order, and sends a lost approve again all the same': again(
      (name, answer) => name === 'approve' && answer === undefined,
      lookUp,
    ),
    'cancels more when cancel is lost': afterLoss(
      'cancel',
      (client, { cid, tid }) =>
        client
          .send('cancel', { cid, tid, cancel_amount: 1, cancel_tax_free_amount: 0 })
          .catch(() => {}) as Promise<unknown>,
    ),
    'asks status, and sends a lost payment by sid again': again(
      (name, answer) => name === 'subscription' && answer === undefined,
      (client, { cid, sid }) => client.send('status', { cid, sid }),
    ),
    'sends approve in the background once more': class extends Client {
      override async send(name: EndpointName, params: Params) {
        if (name !== 'approve') return super.send(name, params)
        const [first] = await Promise.all([super.send(name, params), super.send(name, params).catch(() => {})])
        return first
      }
    },
    ...Object.fromEntries(
      doubts.map((doubt) => [
        `sends approve again after ${doubt.replace(':-', '−')}`,
        again((name, answer) => name === 'approve' && has(answer, doubt)),
      ]),
    ),
    'sends cancel again after −785': again((name, answer) => name === 'cancel' && has(answer, ':-785')),
    'sends a payment by sid again after BANK_FIRM_UNKNOWN': again(
      (name, answer) => name === 'subscription' && has(answer, 'BANK_FIRM_UNKNOWN'),
    ),
  }),
  ...of('client.unasked', {
    'cancels what it approved': class extends Client {
      override async call(name: EndpointName, params: Params) {
        const report = await super.call(name, params)
        if (name === 'approve' && report.kind === 'result') await cancelAll(this, params)
        return report
      }
    },
    'prepares each payment twice': again((name) => name === 'ready'),
    'approves again later': InBackground,
    'makes each sid inactive': class extends Client {
      override async call(name: EndpointName, params: Params) {
        const report = await super.call(name, params)
        const { cid, sid } = report.kind === 'result' ? report.result : {}
        if (name === 'approve' && sid != null) await this.send('inactive', { cid, sid })
        return report
      }
    },
    'prepares anew after each refusal of approve': class extends Client {
      #ready: Params = {}
      override async call(name: EndpointName, params: Params) {
        if (name === 'ready') this.#ready = params
        const report = await super.call(name, params)
        if (name === 'approve' && report.kind === 'refusal') await this.send('ready', this.#ready)
        return report
      }
    },
  }),
  ...of('client.lookup', {
    'prepares anew when approve is lost': afterLoss('approve', (client, _, ready) => client.send('ready', ready)),
    'cancels when approve is lost': afterLoss('approve', cancelAll),
    'asks order and prepares anew all the same': afterLoss('approve', async (client, params, ready) => {
      await lookUp(client, params)
      await client.send('ready', ready)
    }),
    'prepares anew when a payment by sid is lost': afterLoss('subscription', (client, _, ready) =>
      client.send('ready', ready),
    ),
  }),
  ...of(
    'client.once',
    {
      'sends approve again after its time-out': again((name, answer) => name === 'approve' && answer === undefined),
    },
    true,
  ),
}
