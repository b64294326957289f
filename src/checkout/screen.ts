import { html } from 'hono/html'
import { isRedirectUrl } from '../../contracts/fields.ts'
import type { Selection } from '../payment/options.ts'
import type { Payment } from '../payment/payment.ts'
import type { Settings } from '../payment/settings.ts'
import type { Language, Words } from './words.ts'

/** Markup that Hono's `html` made: it escapes every value that is not such markup itself. */
export type Html = ReturnType<typeof html>

export type Device = 'pc' | 'mobile-web' | 'mobile-app'

/** What the payer typed into the message form, to be shown again beside what is wrong with it. */
export interface Typed {
  readonly phoneNumber: string
  readonly dateOfBirth: string
}

/** Everything that a view shows: a payment as one device sees it at one instant, in one language. */
export interface Screen {
  readonly payment: Payment
  readonly settings: Pick<Settings, 'installMonth'>
  readonly words: Words
  readonly device: Device
  /** Path of this page, without a query. */
  readonly path: string
  /** The same payment on the phone: what the QR code holds. */
  readonly phoneUrl: string
  /** Epoch ms of the payment's clock. */
  readonly now: number
  /** This phone scanned a PC's code: the redirect happens in the PC's window, not in this one. */
  readonly besidePc: boolean
  /** URL that reopens the merchant's app, on the app's page only. */
  readonly appUrl: string | null
  /** This page in the other language. */
  readonly other: { readonly language: Language; readonly url: string }
  readonly dashboardUrl: string
  /** The payment as a phone shows it, in this window. */
  readonly hereUrl: string
  readonly tab: 'qr' | 'talk' | null
  /** 확인 was pressed before the payer had come to an end. */
  readonly pending: boolean
  /** What is wrong with what was sent: the first thing, and where. */
  readonly problem?: { readonly field: 'phoneNumber' | 'dateOfBirth' | 'choice'; readonly text: string }
  readonly typed?: Typed
  /** The choice that was refused: the form shows it again. */
  readonly selection?: Selection
}

/** `return_custom_url` (iOS), else redirect_scheme_url: a merchant's app to which KakaoTalk returns (documented by integrators). */
export const appUrl = ({ custom_json, redirect_scheme_url }: Payment): string | null => {
  const candidates = [custom_json?.['return_custom_url'], redirect_scheme_url, custom_json?.['redirect_scheme_url']]
  return candidates.find((url) => typeof url === 'string' && isRedirectUrl(url)) ?? null
}

/** `14:59`. Rounded up, so that 00:00 means over. */
export const countdown = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
}

/** The time that is left, counted down by the page's script; without it the time at which the page was made. */
export const timer = ({ words, payment, now }: Screen): Html =>
  html`<p class="timer"><span>${words.remaining}</span> <b role="timer" data-testid="countdown" data-countdown>${countdown(payment.expires_at - now)}</b></p>`

/** The API has no merchant name: shows the host of approval_url, or its app scheme. Parsed as text, since some such URLs do not parse. */
export const merchantName = ({ approval_url }: Payment): string => {
  const [, scheme = '', authority = ''] =
    /^([a-z][a-z0-9+.-]*):(?:\/\/(?:[^/?#]*@)?([^/?#\\]*))?/i.exec(approval_url) ?? []
  return /^https?$/i.test(scheme) ? authority : `${scheme}:`
}

/** A text of the merchant, isolated so that its right-to-left marks do not reorder the page. */
export const untrusted = (text: string, testid: string): Html => html`<bdi data-testid="${testid}">${text}</bdi>`
