import { createHash, randomFillSync } from 'node:crypto'
import type { RandomSource } from './payment/ids.ts'

const POOL_BYTES = 8192

/** The system's cryptographic source, fetched a pool at a time: a call for 32 bytes costs more than the bytes. */
export const systemRandom = (): RandomSource => {
  const pool = Buffer.alloc(POOL_BYTES)
  let at = POOL_BYTES
  return {
    hex(bytes) {
      if (at + bytes > POOL_BYTES) {
        randomFillSync(pool)
        at = 0
      }
      at += bytes
      return pool.toString('hex', at - bytes, at)
    },
  }
}

/** Repeatable random from a seed: SHA-256 in counter mode. Whoever knows the seed knows every id. */
export const seededRandom = (seed: string): RandomSource => {
  let block = 0
  let pool = ''
  return {
    hex(bytes) {
      while (pool.length < bytes * 2) pool += createHash('sha256').update(`${seed}/${block++}`).digest('hex')
      const taken = pool.slice(0, bytes * 2)
      pool = pool.slice(bytes * 2)
      return taken
    },
  }
}
