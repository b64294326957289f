import { sources } from '../../../contracts/evidence.ts'
import type { CallStep, Fixture } from '../fixture.ts'
import type { Failure, Quoted } from '../result.ts'
import type { Driver } from './driver.ts'
import type { Exchange, RecordingProxy } from './recording-proxy.ts'
import { type ClientRuleId, clientRules, type Finding } from './rules.ts'
import { answerOf, curlOf, masked, type Secret } from './sent.ts'

/** A step that a client failed, with what is known of it. */
export interface Failing {
  readonly fixture: Fixture
  readonly step: CallStep
  /** Counted from 1. */
  readonly number: number
  readonly findings: readonly Finding[]
  /** The request that the step is about; undefined where the client sent none. */
  readonly own: Exchange | undefined
  readonly driver: Driver
  readonly wire: RecordingProxy
  readonly secrets: readonly Secret[]
}

/** What of the client's own output a report shows, in characters from its end. */
const MAX_OUTPUT = 2000

/** The broken step as reports show it, with the key nowhere in it. */
export const failureOf = (failing: Failing): Failure => {
  const { step, number, findings, own, driver, secrets } = failing
  const output = masked(driver.output().trim().slice(-MAX_OUTPUT), secrets)
  const written = { at: 'the client’s own output, for the cause', expected: 'anything', actual: output }
  return {
    step: number,
    act: `${step.call} by the client${own?.fault ? `, met by ${own.fault}` : ''}`,
    promises: [...rulesOf(failing)].map(quote),
    differences: [
      ...findings.map(({ at, expected, actual }) => ({ at, expected, actual: masked(actual, secrets) })),
      ...(output === '' ? [] : [written]),
    ],
    curl: own ? curlOf(own, failing.wire.url, secrets) : '',
    answer: answerOf(own, secrets),
  }
}

const quote = (id: ClientRuleId): Quoted => {
  const { sentence, evidence, source } = clientRules[id]
  return { id, sentence, evidence, source: sources[source] }
}

/** Rules that show only by what else goes wrong: here by a fault, there by a call. */
const shownBy: Readonly<Partial<Record<ClientRuleId, (failing: Failing) => boolean>>> = {
  'client.patience': ({ own }) => own?.fault === 'latency' || own?.fault === 'slow-drip',
  'client.tolerant': ({ own }) => own?.fault === 'new-fields',
  'client.lookup': ({ step }) => step.call === 'order',
}

const rulesOf = (failing: Failing): ReadonlySet<ClientRuleId> => {
  const about = Object.entries(shownBy)
    .filter(([id, shows]) => failing.fixture.rules.includes(id) && shows(failing))
    .map(([id]) => id as ClientRuleId)
  return new Set([...about, ...failing.findings.map(({ rule }) => rule)])
}
