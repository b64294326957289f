import type { Endpoint } from '../../contracts/endpoint.ts'
import type { Known } from '../../contracts/evidence.ts'
import { type RefusalName, refusalBody, refusals } from '../../contracts/refusals.ts'
import { rules } from '../../contracts/rules.ts'
import type { Answer } from '../kit/answer.ts'
import { answerRequirements } from '../kit/requirements.ts'
import type { Refusal } from '../payment/refusal.ts'

/** Where a server behaves otherwise than the contract says, with the rule and how well it is known. */
export interface Deviation extends Known {
  readonly call: string
  readonly rule: string
  readonly at: string
  readonly expected: string
  readonly actual: string
}

/** One exchange with the other server. `refusal`: what this mock would have refused the request with, by the contract alone. */
export interface Exchange {
  readonly endpoint: Endpoint
  readonly refusal: Refusal<RefusalName> | null
  readonly answer: Answer
}

type Found = Omit<Deviation, 'call'>

const names = Object.keys(refusals) as RefusalName[]

/**
 * What the exchange says against the contract. Rules that depend on the payment are not judged: only the other server knows its state.
 */
export const judge = (exchange: Exchange): readonly Deviation[] => {
  const { endpoint, answer } = exchange
  const ofAnswer = answerRequirements.flatMap(({ id, evidence, source, violations }) =>
    violations(answer, endpoint).map((difference): Found => ({ rule: id, evidence, source, ...difference })),
  )
  const found = answer.status === 200 ? accepted(exchange) : refused(exchange)
  return [...found, ...ofAnswer].map((deviation) => ({ call: endpoint.name, ...deviation }))
}

const accepted = ({ refusal }: Exchange): readonly Found[] => {
  if (!refusal) return []
  const { error_code } = refusals[refusal.refused]
  return [{ ...known(refusal), at: 'request', expected: `refused with ${error_code}`, actual: 'accepted' }]
}

/** Code, then status, then text: the first that differs is reported, for the others follow from it. */
const refused = ({ refusal, answer }: Exchange): readonly Found[] => {
  const { error_code, error_message } = (answer.json ?? {}) as { error_code?: unknown; error_message?: unknown }
  if (typeof error_code !== 'number') return []
  const candidates = refusal ? [refusal.refused] : names.filter((name) => refusals[name].error_code === error_code)
  const [first] = candidates
  if (first === undefined)
    return [
      {
        rule: 'refusals',
        evidence: 'inferred',
        source: 'ours',
        at: 'body.error_code',
        expected: 'a code of the table',
        actual: String(error_code),
      },
    ]
  const { evidence, source, wording } = refusals[first]
  const about = refusal ? known(refusal) : { rule: first, evidence, source }
  if (refusals[first].error_code !== error_code) {
    const expected = String(refusals[first].error_code)
    return [{ ...about, at: 'body.error_code', expected, actual: String(error_code) }]
  }
  const statuses = candidates.map((name): number => refusals[name].status)
  if (!statuses.includes(answer.status))
    return [{ ...about, at: 'status', expected: statuses.join(' or '), actual: String(answer.status) }]
  const texts = refusal ? [refusalBody(first, refusal.params).error_message] : candidates.map(templateOf)
  if (texts.some((text) => fitsTemplate(text, String(error_message)))) return []
  return [
    {
      rule: about.rule,
      evidence: wording.evidence,
      source: wording.source,
      at: 'body.error_message',
      expected: texts.join(' or '),
      actual: String(error_message),
    },
  ]
}

const templateOf = (name: RefusalName): string => refusals[name].error_message

/** `{names}` in a template match any text. */
const fitsTemplate = (template: string, text: string): boolean => {
  const parts = template.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^\\s*${parts.join('[^]*')}\\s*$`).test(text)
}

const known = ({ rule, refused }: Refusal<RefusalName>): Known & { readonly rule: string } => {
  const { evidence, source } = rules.get(rule) ?? refusals[refused]
  return { rule, evidence, source }
}
