import type { EndpointName } from '../../../../contracts/index.ts'
import type { Report } from '../../../../src/kit/client/protocol.ts'
import { Client, failed, type Mutants, meaning, of, type Params, perCall } from './client.ts'

const paid: Report = { kind: 'result', result: { status: 'SUCCESS_PAYMENT' } }

/** Reports something else where the careful client says unknown. */
const believes = (report: Report, is: (name: EndpointName, reason: string) => boolean) =>
  class extends Client {
    override async call(name: EndpointName, params: Params) {
      const own = await super.call(name, params)
      return own.kind === 'unknown' && is(name, own.reason) ? report : own
    }
  }

/** Wrong in what it reports where an answer is lost or says nothing. */
export const lossMutants: Mutants = {
  ...of('client.unknown', {
    ...perCall((call) => ({
      [`reports a lost ${call} as failed`]: believes(
        failed,
        (name, reason) => name === call && !reason.startsWith('HTTP'),
      ),
      [`reports a lost ${call} as done`]: believes(paid, (name, reason) => name === call && !reason.startsWith('HTTP')),
      [`reports HTTP 500 of ${call} as failed`]: believes(
        failed,
        (name, reason) => name === call && reason === 'HTTP 500',
      ),
      [`reports HTTP 500 of ${call} as done`]: believes(paid, (name, reason) => name === call && reason === 'HTTP 500'),
    })),
    ...Object.fromEntries(
      [502, 504].flatMap((status) =>
        ['approve', 'cancel'].flatMap((call) => [
          [
            `reports HTTP ${status} of ${call} as failed`,
            believes(failed, (name, reason) => name === call && reason === `HTTP ${status}`),
          ],
          [
            `reports HTTP ${status} of ${call} as done`,
            believes(paid, (name, reason) => name === call && reason === `HTTP ${status}`),
          ],
        ]),
      ),
    ),
    'reports 500 as the refusal that it looks like': class extends Client {
      override isOpen = (_: number, __: EndpointName, text: string) => this.isDoubtful(text)
    },
    'reports JSON of a gateway as a result': meaning(({ status, text }, own, name) =>
      status === 502 && name === 'order' && text.startsWith('{')
        ? { kind: 'result', result: JSON.parse(text) as Params }
        : own(),
    ),
    'reports what is no JSON as failed': meaning((answer, own) => (answer.text.startsWith('{') ? own() : failed)),
    'reports what is no JSON as done': meaning((answer, own) => (answer.text.startsWith('{') ? own() : paid)),
    'reports half an answer as failed': meaning((answer, own) =>
      answer.status === 200 && !answer.text.endsWith('}') ? failed : own(),
    ),
    'reports half an answer as done': meaning((answer, own) =>
      answer.status === 200 && !answer.text.endsWith('}') ? paid : own(),
    ),
    'reports a broken order as not paid': believes(
      { kind: 'result', result: { status: 'READY' } },
      (name) => name === 'order',
    ),
    'reports a broken ready as refused': believes(failed, (name) => name === 'ready'),
    'swallows every error': believes({ kind: 'result', result: {} }, () => true),
  }),
  ...of('client.doubt', {
    'believes every refusal': class extends Client {
      override isDoubtful = () => false
    },
    'believes BANK_FIRM_UNKNOWN': class extends Client {
      override isDoubtful = (text: string) => super.isDoubtful(text) && !text.includes('BANK_FIRM_UNKNOWN')
    },
    'believes USER_LOCKED': class extends Client {
      override isDoubtful = (text: string) => super.isDoubtful(text) && !text.includes('USER_LOCKED')
    },
    'believes −702': class extends Client {
      override isDoubtful = (text: string) => super.isDoubtful(text) && !text.includes(':-702')
    },
    'believes −785': class extends Client {
      override isDoubtful = (text: string) => super.isDoubtful(text) && !text.includes(':-785')
    },
    'believes refusals of cancel': class extends Client {
      override isOpen = (status: number, name: EndpointName, text: string) =>
        name === 'cancel' ? status >= 500 : super.isOpen(status, name, text)
    },
  }),
  ...of(
    'client.bounded',
    {
      'waits for ever': class extends Client {
        override timeoutMs = () => 60_000
      },
      'waits for ever in cancel': class extends Client {
        override async send(name: EndpointName, params: Params) {
          this.#name = name
          return super.send(name, params)
        }
        #name: EndpointName = 'ready'
        override timeoutMs = () => (this.#name === 'cancel' ? 60_000 : this.settings.timeoutMs)
      },
    },
    true,
  ),
  ...of(
    'client.unknown',
    {
      'reports a time-out as failed': believes(failed, (_, reason) => /timeout|aborted/i.test(reason)),
      'reports a time-out as done': believes(paid, (_, reason) => /timeout|aborted/i.test(reason)),
    },
    true,
  ),
  ...of(
    'client.patience',
    {
      'gives up early': class extends Client {
        override timeoutMs = () => this.settings.timeoutMs / 4
      },
      'reads the first piece alone': class extends Client {
        override read = async (response: Response) => {
          const piece = await response.body?.getReader().read()
          return new TextDecoder().decode(piece?.value)
        }
      },
    },
    true,
  ),
  ...of(
    'client.whole-timeout',
    {
      'has a time-out for the headers alone': class extends Client {
        override async send(name: EndpointName, params: Params) {
          const late = new AbortController()
          const timer = setTimeout(() => late.abort(), this.settings.timeoutMs)
          const response = await fetch(this.url(name), {
            method: 'POST',
            headers: this.headers(name),
            body: JSON.stringify(params),
            redirect: 'manual',
            signal: late.signal,
          })
          clearTimeout(timer)
          return { status: response.status, text: await response.text() }
        }
      },
    },
    true,
  ),
}
