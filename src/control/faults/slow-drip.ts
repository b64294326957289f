import { durationMs } from '../../../contracts/control/words.ts'
import type { Fault } from './fault.ts'

const PIECE_BYTES = 1
const PIECE_MS = 100

export const slowDrip: Fault<'slow-drip'> = async (met, { ms = PIECE_MS, bytes = PIECE_BYTES }) => ({
  how: 'drip',
  answer: await met.commit(),
  ms: durationMs(ms) ?? PIECE_MS,
  bytes,
  told: true,
})
