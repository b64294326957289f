import { encode } from 'uqr'
import { Html } from './html.ts'

/** Modules of white around the code: scanners ask for four. */
const QUIET = 4

/** A QR code as inline SVG, one path, drawn row by row. `label` is its name for who cannot see it. */
export const qrCode = (url: string, label: Html): Html => {
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
  return new Html(
    `<svg class="qr" data-testid="qr" role="img" aria-label="${label.markup}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
      `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${runs.join('')}"/></svg>`,
  )
}
