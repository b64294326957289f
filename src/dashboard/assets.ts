import { createHash } from 'node:crypto'
import tokens from '../checkout/style/tokens.css?raw'
import script from './browser/main.tsx?bundle'
import buttons from './style/buttons.css?raw'
import cards from './style/cards.css?raw'
import dialog from './style/dialog.css?raw'
import diff from './style/diff.css?raw'
import fields from './style/fields.css?raw'
import frame from './style/frame.css?raw'
import ground from './style/ground.css?raw'
import lastAct from './style/last-act.css?raw'
import marks from './style/marks.css?raw'
import narrow from './style/narrow.css?raw'
import payment from './style/payment.css?raw'
import tables from './style/tables.css?raw'
import views from './style/views.css?raw'

interface Asset {
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const file = (type: string, text: string): Asset => ({ type, bytes: new TextEncoder().encode(text) })

/** In the order of the cascade. */
const style = [
  tokens,
  ground,
  frame,
  buttons,
  fields,
  marks,
  views,
  payment,
  cards,
  dialog,
  tables,
  diff,
  lastAct,
  narrow,
].join('\n')

const assets: ReadonlyMap<string, Asset> = new Map([
  ['style.css', file('text/css;charset=UTF-8', style)],
  ['main.js', file('text/javascript;charset=UTF-8', script)],
])

const hash = createHash('sha256')
for (const { bytes } of assets.values()) hash.update(bytes)

/** One digest for all of them stands in every path, so a browser may keep them for good. */
const digest = hash.digest('hex').slice(0, 16)

export const pathOf = (name: string): string => `/_mock/assets/${digest}/${name}`

/** Undefined where there is none, or where the page that asks is of another version of this program. */
export const assetResponse = (wanted: string, name: string): Response | undefined => {
  const asset = wanted === digest ? assets.get(name) : undefined
  return (
    asset &&
    new Response(asset.bytes, {
      headers: {
        'content-type': asset.type,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      },
    })
  )
}
