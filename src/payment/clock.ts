const KST_OFFSET_MS = 9 * 60 * 60 * 1000

let lastSecond = Number.NaN
let lastText = ''

/** Epoch ms as KakaoPay writes an instant: KST wall clock, `yyyy-MM-ddTHH:mm:ss`, no zone, no fraction (every observed answer). */
export const kst = (epochMs: number): string => {
  const second = Math.floor(epochMs / 1000)
  if (second !== lastSecond) {
    lastText = new Date(second * 1000 + KST_OFFSET_MS).toISOString().slice(0, 19)
    lastSecond = second
  }
  return lastText
}
