import { createHash } from 'node:crypto'
import acts from './browser/acts.js?raw'
import api from './browser/api.js?raw'
import applications from './browser/applications.js?raw'
import audit from './browser/audit.js?raw'
import calls from './browser/calls.js?raw'
import clock from './browser/clock.js?raw'
import diff from './browser/diff.js?raw'
import dom from './browser/dom.js?raw'
import faults from './browser/faults.js?raw'
import format from './browser/format.js?raw'
import journal from './browser/journal.js?raw'
import ledger from './browser/ledger.js?raw'
import live from './browser/live.js?raw'
import main from './browser/main.js?raw'
import namespaces from './browser/namespaces.js?raw'
import payment from './browser/payment.js?raw'
import payments from './browser/payments.js?raw'
import refusals from './browser/refusals.js?raw'
import search from './browser/search.js?raw'
import shell from './browser/shell.js?raw'
import dialog from './style/dialog.css?raw'
import compared from './style/diff.css?raw'
import frame from './style/frame.css?raw'
import ground from './style/ground.css?raw'
import parts from './style/parts.css?raw'
import tables from './style/tables.css?raw'
import views from './style/views.css?raw'

interface Asset {
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const file = (type: string, text: string): Asset => ({ type, bytes: new TextEncoder().encode(text) })
const script = (text: string) => file('text/javascript;charset=UTF-8', text)

/** The browser's modules as they are written, and the style sheets as one. */
const assets: ReadonlyMap<string, Asset> = new Map(
  Object.entries({
    'style.css': file('text/css;charset=UTF-8', ground + frame + parts + views + dialog + tables + compared),
    'main.js': script(main),
    'acts.js': script(acts),
    'api.js': script(api),
    'applications.js': script(applications),
    'audit.js': script(audit),
    'calls.js': script(calls),
    'clock.js': script(clock),
    'diff.js': script(diff),
    'dom.js': script(dom),
    'format.js': script(format),
    'journal.js': script(journal),
    'ledger.js': script(ledger),
    'live.js': script(live),
    'namespaces.js': script(namespaces),
    'payment.js': script(payment),
    'payments.js': script(payments),
    'refusals.js': script(refusals),
    'faults.js': script(faults),
    'search.js': script(search),
    'shell.js': script(shell),
  }),
)

const hash = createHash('sha256')
for (const { bytes } of assets.values()) hash.update(bytes)

/** One digest for the whole set stands in every path, so modules import each other by plain names and a browser may keep them for good. */
const digest = hash.digest('hex').slice(0, 16)

export const pathOf = (name: string): string => `/_mock/assets/${digest}/${name}`

export const scripts: readonly string[] = [...assets.keys()].filter((name) => name.endsWith('.js'))

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
