import { html } from 'hono/html'
import { kst } from '../payment/clock.ts'
import { redirectUrl } from '../payment/payer.ts'
import { isExpired } from '../payment/payment.ts'
import { row } from './checkout.ts'
import { type Html, merchantName, type Screen, untrusted } from './screen.ts'

/** The result of a payment that the payer can no longer change: shown when the page is opened again. */
export const finished = (screen: Screen): Html => {
  const { payment, words } = screen
  const { choice } = payment
  const outcome = outcomeOf(screen)
  const url = redirectUrl(payment)
  const [heading, text] =
    screen.besidePc && payment.status === 'AUTH_PASSWORD'
      ? [words.backToPc, words.backToPcText]
      : words.outcomes[outcome]
  return html`<section class="window finished" data-testid="finished" data-outcome="${outcome}">
<div class="mark ${marks[outcome]}" aria-hidden="true"></div>
<h1>${heading}</h1><p>${text}</p>
<dl class="amounts">
${row(words.total, words.won(payment.amount.total), 'total-amount')}
<div><dt>${words.item}</dt><dd>${untrusted(payment.item_name, 'item-name')}</dd></div>
<div><dt>${words.merchant}</dt><dd>${untrusted(merchantName(payment), 'merchant')}</dd></div>
<div><dt>${words.orderId}</dt><dd>${untrusted(payment.partner_order_id, 'order-id')}</dd></div>
${payment.choice && row(words.method, method(screen), 'paid-with')}
${choice && choice.point > 0 && row(words.point, words.won(choice.point), 'paid-with-points')}
${choice && choice.discount > 0 && row(words.discount, words.won(choice.discount), 'discounted')}
${payment.approved_at !== null && row(words.approvedAt, kst(payment.approved_at).replace('T', ' '), 'approved-at')}
${payment.canceled.total > 0 && row(words.canceledAmount, words.won(payment.canceled.total), 'canceled-amount')}
</dl>
${screen.appUrl !== null && html`<p><a class="primary" href="${screen.appUrl}" data-testid="return-app">${words.returnToApp}</a></p>`}
${url !== null && !screen.besidePc && html`<p><a class="${screen.appUrl === null ? 'primary' : 'plain'}" href="${url}" data-testid="proceed">${words.proceed}</a></p>`}
</section>`
}

const outcomeOf = ({ payment, now, words }: Screen): keyof typeof words.outcomes => {
  if (isExpired(payment, now)) return 'EXPIRED'
  return payment.status in words.outcomes ? (payment.status as keyof typeof words.outcomes) : 'FAIL_PAYMENT'
}

const marks: Readonly<Record<keyof Screen['words']['outcomes'], 'good' | 'bad' | 'over'>> = {
  AUTH_PASSWORD: 'good',
  SUCCESS_PAYMENT: 'good',
  ISSUED_SID: 'good',
  PART_CANCEL_PAYMENT: 'over',
  CANCEL_PAYMENT: 'over',
  QUIT_PAYMENT: 'over',
  FAIL_AUTH_PASSWORD: 'bad',
  FAIL_PAYMENT: 'bad',
  EXPIRED: 'bad',
}

const method = ({ payment: { choice }, words }: Screen): string => {
  if (choice?.card == null) return words.MONEY
  const type = choice.card_type === 'CHECK' ? ` ${words.cardTypes.CHECK}` : ''
  return `${words.cards[choice.card] ?? choice.card}${type} · ${words.month(choice.install_month)}`
}
