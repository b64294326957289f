import { durationMs } from '../../../contracts/control/words.ts'
import { close, type Fault } from './fault.ts'

/** Past the 11 s that KakaoPay's guideline gives a client, and past the 30 s that the most patient ones wait. */
const HANG_MS = 60_000

export const commitThenHang: Fault<'commit-then-hang'> = async (met, { ms = HANG_MS }) => {
  await met.commit()
  await met.pause(durationMs(ms) ?? HANG_MS)
  return close
}
