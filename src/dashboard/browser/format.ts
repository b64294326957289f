import { grouped, t } from './page-data.ts'

/** Not toLocaleString: browsers place the sign differently, and tests read these. */
export const signed = (n: number): string => (n < 0 ? `−${grouped(-n)}` : grouped(n))
export const won = (n: number): string => t('won', { n: signed(n) })

const KST_MS = 9 * 3_600_000
const inSeoul = (instant: string): string => new Date(Date.parse(instant) + KST_MS).toISOString()

/** KakaoPay's day is the one in Seoul, wherever the browser stands. */
export const fullTime = (instant: string | null): string =>
  instant ? inSeoul(instant).slice(0, 19).replace('T', ' ') : '–'

/** The time, with its date where that is not today's: a clock that was moved shows another day. */
export const clockTime = (instant: string | null): string => {
  if (!instant) return '–'
  const today = inSeoul(new Date().toISOString()).slice(0, 10)
  const text = fullTime(instant)
  return text.slice(0, 10) === today ? text.slice(11) : text.slice(5)
}

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const

/** A duration as the API writes it: 1d2h3m4s. */
export const span = (ms: number): string => {
  let seconds = Math.round(Math.abs(ms) / 1000)
  const parts = units.flatMap(([unit, size]) => {
    const n = Math.floor(seconds / size)
    seconds -= n * size
    return n > 0 ? [`${n}${unit}`] : []
  })
  return (ms < 0 ? '−' : '') + (parts.join(' ') || '0s')
}

/** JSON with indentation where it is JSON; else as it was sent. */
export const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

export const short = (id: string | null): string =>
  id && id.length > 12 ? `${id.slice(0, 4)}…${id.slice(-6)}` : (id ?? '–')
