import { needs } from '../needs.ts'

/** The seed stands still, so that a change is not blamed for what it did not do; KAKAOPAY_MOCK_FUZZ_SEED looks elsewhere. */
export const SEED = Number(process.env['KAKAOPAY_MOCK_FUZZ_SEED'] ?? 1)

const ms = process.env['KAKAOPAY_MOCK_FUZZ_MS']

/** Runs for so long in `npm run test:all`, five minutes in all, or for KAKAOPAY_MOCK_FUZZ_MS; a sample in `npm test`. */
export const bounded = (wholeMs: number) => ({
  seed: SEED,
  numRuns: 1_000_000_000,
  interruptAfterTimeLimit: ms === undefined ? (needs('time') ? wholeMs : 500) : Number(ms),
  markInterruptAsFailure: false,
})

/** Longer than any of them may take. */
export const LIMIT_MS = 60_000 + Math.max(150_000, Number(ms ?? 0))
