/** Where random comes from: the system's cryptographic source, or a seed that makes a run repeatable. */
export interface RandomSource {
  /** `bytes` random bytes as lower-case hex. */
  hex(bytes: number): string
}

export interface Ids {
  tid(epochMs: number): string
  aid(epochMs: number): string
  sid(epochMs: number): string
  /** 20 lower-case hex (two observed samples). */
  pgToken(): string
  /** 64 lower-case hex, the same in all URLs of one ready. Not guessable unless seeded. */
  redirectHash(): string
}

const COUNTER_END = 0x10000
const INSTANCE_END = 0x100000000

let lastSecond = Number.NaN
let lastStamp = ''

/** The last 7 hex digits of the unix seconds; the same for many calls, so it is written once a second. */
const stampOf = (epochMs: number): string => {
  const second = Math.floor(epochMs / 1000)
  if (second !== lastSecond) {
    lastStamp = (second % 0x10000000).toString(16).padStart(7, '0')
    lastSecond = second
  }
  return lastStamp
}

/**
 * Ids as the real service is seen to build them (decoded from more than 15 published ids): a letter, the last 7 hex digits of the unix
 * seconds, 8 of an instance, 4 of a counter. The counter never starts anew; when its 65,536 values are used up the instance moves on,
 * so one process repeats nothing even in a burst or with a frozen clock. Two processes start from different random instances.
 */
export const createIds = (random: RandomSource): Ids => {
  let instance = Number.parseInt(random.hex(4), 16)
  let counter = Number.parseInt(random.hex(2), 16)
  let prefix = instance.toString(16).padStart(8, '0')
  let used = 0
  const next = (letter: string, epochMs: number): string => {
    if (used === COUNTER_END) {
      instance = (instance + 1) % INSTANCE_END
      prefix = instance.toString(16).padStart(8, '0')
      used = 0
    }
    used++
    counter = (counter + 1) % COUNTER_END
    return letter + stampOf(epochMs) + prefix + (COUNTER_END + counter).toString(16).slice(1)
  }
  return {
    tid: (epochMs) => next('T', epochMs),
    aid: (epochMs) => next('A', epochMs),
    sid: (epochMs) => next('S', epochMs),
    pgToken: () => random.hex(10),
    redirectHash: () => random.hex(32),
  }
}
