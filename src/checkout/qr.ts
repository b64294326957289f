import { html } from 'hono/html'
import { encode } from 'uqr'
import type { Html } from './screen.ts'

/** Modules of white around the code: scanners ask for four. */
const QUIET = 4

/** A QR code as inline SVG, one path, drawn row by row. `label` is its accessible name. */
export const qrCode = (url: string, label: string): Html => {
  const { data, size } = encode(url, { ecc: 'M', border: QUIET })
  const runs = data.map((row, y) =>
    [
      ...row
        .map((dark) => (dark ? '1' : '0'))
        .join('')
        .matchAll(/1+/g),
    ]
      .map(({ 0: { length }, index: x }) => `M${x} ${y}h${length}v1h-${length}z`)
      .join(''),
  )
  return html`<svg class="qr" data-testid="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${runs.join('')}"/></svg>`
}
