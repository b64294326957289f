import { execFile } from 'node:child_process'
import { HarnessError } from './errors.ts'
import type { PayerStep } from './fixture.ts'
import { ALL_ACTS, type Payer, PayerRefused, type PreparedPayment } from './payer.ts'

/** Time for a payer's program or URL to act, in ms. */
const PAYER_TIMEOUT_MS = 60_000

/** Names of the values that a payer gets: in a program's environment in upper case, in a URL's template as they are. */
const valuesOf = (step: PayerStep, prepared: PreparedPayment, url: string): Readonly<Record<string, string>> => ({
  action: step.payer,
  tid: prepared.tid,
  method: step.method ?? '',
  card: step.card ?? '',
  install_month: step.install_month === undefined ? '' : String(step.install_month),
  pc_url: prepared.next_redirect_pc_url,
  mobile_url: prepared.next_redirect_mobile_url,
  app_url: prepared.next_redirect_app_url,
  approval_url: prepared.approval_url,
  cancel_url: prepared.cancel_url,
  fail_url: prepared.fail_url,
  server: url,
})

/** A program acts as the payer. It gets PAYER_ACTION, PAYER_TID, PAYER_PC_URL, … and prints the URL that the payer was sent to. */
export const execPayer = (command: string): Payer => ({
  name: 'exec',
  acts: ALL_ACTS,
  act: (step, prepared, _, url) =>
    new Promise((resolve, reject) => {
      const values = Object.entries(valuesOf(step, prepared, url)).map(([name, value]) => [
        `PAYER_${name.toUpperCase()}`,
        value,
      ])
      const env = { ...process.env, ...Object.fromEntries(values) }
      execFile('/bin/sh', ['-c', command], { env, timeout: PAYER_TIMEOUT_MS }, (error, stdout, stderr) => {
        if (error)
          return reject(new HarnessError(`the payer's command failed: ${error.message.trim()} ${stderr.slice(0, 300)}`))
        const line = stdout.trim().split('\n').at(-1)?.trim() ?? ''
        return line === ''
          ? reject(new PayerRefused(`the payer's command printed no URL for ${step.payer}`))
          : resolve(line)
      })
    }),
})

/**
 * A URL acts as the payer: `https://pay.test/act?tid={tid}&do={action}` is fetched. It redirects to where the payer is sent, or answers
 * that URL: as text, or as `redirect_url` of a JSON object.
 */
export const urlPayer = (template: string): Payer => ({
  name: 'url',
  acts: ALL_ACTS,
  async act(step, prepared, _, url) {
    const values = valuesOf(step, prepared, url)
    const isWhole = /^\{\w+\}$/.test(template)
    const target = template.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name]
      if (value === undefined)
        throw new HarnessError(`--payer url: there is no ${whole}; known are ${Object.keys(values).join(', ')}`)
      return isWhole ? value : encodeURIComponent(value)
    })
    return follow(target, [prepared.approval_url, prepared.cancel_url, prepared.fail_url], step.payer)
  },
})

/** Redirects on the way to the merchant's page. */
const MAX_REDIRECTS = 10

const follow = async (start: string, shop: readonly string[], action: string): Promise<string> => {
  let at = start
  for (let i = 0; i < MAX_REDIRECTS; i++) {
    const response = await fetch(at, { redirect: 'manual', signal: AbortSignal.timeout(PAYER_TIMEOUT_MS) })
    const location = response.headers.get('location')
    if (location !== null) {
      await response.body?.cancel()
      at = URL.canParse(location) ? location : new URL(location, at).href
      if (shop.some((url) => at.startsWith(url))) return at
      if (!/^https?:/.test(at)) return at
      continue
    }
    const text = (await response.text()).trim()
    if (!response.ok) throw new PayerRefused(`the payer could not ${action}: ${at} answered HTTP ${response.status}`)
    return answered(text, at)
  }
  throw new HarnessError(`${start} redirects more than ${MAX_REDIRECTS} times`)
}

const answered = (text: string, at: string): string => {
  if (/^[a-z][a-z0-9+.-]*:\S+$/i.test(text)) return text
  try {
    const { redirect_url: found } = JSON.parse(text) as { redirect_url?: unknown }
    if (typeof found === 'string') return found
  } catch {
    // No JSON: said below.
  }
  throw new HarnessError(`${at} neither redirects nor answers a URL: ${text.slice(0, 100)}`)
}
