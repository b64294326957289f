/**
 * The audit's verdicts. `unsettled`: the merchant's records may be wrong, or the payment was authenticated and never approved. `unknown`:
 * the journal no longer holds the calls that would decide it.
 */
export const verdicts = {
  'answer-lost': {
    level: 'unsettled',
    text: 'approved, but the answer was lost and never looked up',
  },
  'refused-but-moved': {
    level: 'unsettled',
    text: 'refused, but money moved, and the merchant never looked it up',
  },
  'refused-but-moved-recovered': {
    level: 'notice',
    text: 'refused, but money moved; the merchant looked it up',
  },
  'token-never-used': { level: 'unsettled', text: 'the payer authenticated, but pg_token was never used' },
  'cancel-answer-lost': { level: 'unsettled', text: 'cancelled, but the answer was lost and never looked up' },
  'approved-twice-tried': { level: 'notice', text: 'approve was called again after it had succeeded' },
  'approve-refused': { level: 'notice', text: 'approve never succeeded: it was refused, or got no answer' },
  'answer-recovered': { level: 'notice', text: 'an answer was lost, and the merchant looked it up' },
  'delivery-unknown': {
    level: 'unknown',
    text: 'money moved or was to move, but the journal does not hold the calls that say which answers reached the merchant',
  },
  'calls-forgotten': {
    level: 'notice',
    text: 'the journal does not hold all its calls, so notices may be missing; --journal-length keeps more',
  },
  'in-order': { level: 'settled', text: 'every answer reached the merchant' },
} as const

export type VerdictName = keyof typeof verdicts
