import type { CallStep, PayerStep } from '../fixture.ts'
import { createScript, type Script } from '../script.ts'
import { IN_PROCESS } from '../target.ts'
import type { Variables } from '../template.ts'
import type { AnswerChange } from './answer-change.ts'
import type { Exchange } from './exchange.ts'

/** What a client sent in a flow, with the payer's acts and the faults between, as lines for a shell. They need a mock that runs. */
export interface ClientScript extends Pick<Script, 'remember' | 'text'> {
  /** `step`: the one that the request is about, whose values later lines need. */
  sent(exchange: Exchange, step: CallStep | undefined, variables: Variables): void
  payer(step: PayerStep): void
  fault(fault: Readonly<Record<string, unknown>>): void
  change(change: AnswerChange): void
}

/** The key of the lines: the client's own is not shown. Any key that begins with DEV will do. */
const KEY = 'DEV_CHECK_CLIENT'

/** Headers that the lines repeat: those of the HTTP library would only hide them. */
const REPEATED = /^(authorization|content-type)$/i

/** `settings`: what the flow's server has, as flags. */
export const createClientScript = (id: string, key: string, settings: string): ClientScript => {
  const script = createScript({ url: IN_PROCESS, key, otherKey: '', keyName: undefined, shownKey: KEY })
  script.note(`With the client: kakaopay-mock check client --only ${id} -- COMMAND`)
  script.note(`Without it, beside a mock on port 8585 (kakaopay-mock serve${settings}), what it sent:`)
  return {
    sent({ method, url, headers, body, fault }, step, variables) {
      const repeated = headers.filter(([name]) => REPEATED.test(name))
      const text = body.toString()
      const isText = Buffer.from(text).equals(body)
      // Bytes that are no text are written in base64, in which the key would not be found.
      const bytes = Buffer.from(body.toString('latin1').replaceAll(key, KEY), 'latin1')
      const sent = {
        method,
        path: url,
        headers: Object.fromEntries(repeated.map(([name, value]) => [name.toLowerCase(), value])),
        body: isText ? text : new Uint8Array(bytes),
      }
      const about = step ? { ...step, times: 1 } : { call: 'order' as const, expect: { status: 200 } }
      script.call(sent, about, variables, fault?.endsWith('hang') ? GIVE_UP : '')
    },
    payer: (step) => script.payer(step, true),
    remember: script.remember,
    fault: (fault) => script.control('faults', fault),
    change: (change) =>
      script.note(`here the kit changed the next answer of ${change.call}: ${JSON.stringify(change)}`),
    text: script.text,
  }
}

/** curl's own time-out where nothing answers. */
const GIVE_UP = ' --max-time 2'
