import type { FaultParams } from '../../../contracts/control/faults.ts'
import { durationMs, MAX_WAIT_MS } from '../../../contracts/control/words.ts'
import { answer, type Fault } from './fault.ts'

export const latency: Fault<'latency'> = async (met, params) => {
  await met.pause(delayMs(params, met.chance))
  return answer(await met.commit(), true)
}

/** The delays of all the ways that were named, added up; never negative, never above the longest wait. */
export const delayMs = ({ fixed, uniform, normal }: FaultParams<'latency'>, chance: () => number): number => {
  let ms = fixed === undefined ? 0 : (durationMs(fixed) ?? 0)
  if (uniform) {
    const [low = 0, high = 0] = uniform.map((d) => durationMs(d) ?? 0)
    ms += low + chance() * (high - low)
  }
  if (normal) ms += (durationMs(normal.mean) ?? 0) + (durationMs(normal.deviation) ?? 0) * standardNormal(chance)
  return Math.min(Math.max(0, Math.round(ms)), MAX_WAIT_MS)
}

/** Box and Muller's transform; the 1 − keeps the logarithm from zero. */
const standardNormal = (chance: () => number) =>
  Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
