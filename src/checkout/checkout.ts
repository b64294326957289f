import { html } from 'hono/html'
import { choiceOf, optionsOf } from '../endpoints/payer.ts'
import type { PayerOptions, Selection } from '../payment/options.ts'
import type { Payment } from '../payment/payment.ts'
import { isRefusal } from '../payment/refusal.ts'
import { type Html, merchantName, type Screen, timer, untrusted } from './screen.ts'

/** What is bought, from whom, and what its price is made of. */
export const order = ({ payment, words }: Screen, heading: 'h1' | 'h2'): Html => {
  const { amount } = payment
  const name = html`${untrusted(payment.item_name, 'item-name')}`
  return html`<section class="order" aria-label="${words.item}">
<p class="merchant">${untrusted(merchantName(payment), 'merchant')}</p>
${heading === 'h1' ? html`<h1 class="item">${name}</h1>` : html`<h2 class="item">${name}</h2>`}
<p class="quantity">${words.quantity(payment.quantity)}</p>
${shopMessage(payment)}
<p class="total"><span class="hidden">${words.total}</span> <strong data-testid="total-amount">${words.won(amount.total)}</strong></p>
<dl class="amounts">
${row(words.vat, words.won(amount.vat), 'vat-amount')}
${row(words.taxFree, words.won(amount.tax_free), 'tax-free-amount')}
${amount.green_deposit > 0 && row(words.deposit, html`${words.won(amount.green_deposit)} <small>${words.depositNote}</small>`, 'green-deposit')}
<div><dt>${words.orderId}</dt><dd>${untrusted(payment.partner_order_id, 'order-id')}</dd></div>
</dl></section>`
}

export const row = (term: string, value: Html | string, testid: string): Html =>
  html`<div><dt>${term}</dt><dd data-testid="${testid}">${value}</dd></div>`

/** A text that the shop agreed to show here, in custom_json. */
const shopMessage = ({ custom_json }: Payment): Html | false => {
  const text = custom_json?.['custom_message']
  return !!text && html`<p class="shop-message">${untrusted(text.slice(0, MAX_MESSAGE), 'shop-message')}</p>`
}

/** Characters of the shop's message that are shown. */
const MAX_MESSAGE = 300

/** The phone's screen: choose a method within what ready allowed, then pay, leave, fail or let the time run out. */
export const checkout = (screen: Screen, heading: 'h1' | 'h2'): Html => {
  const { payment, words, problem, settings } = screen
  const options = optionsOf(payment, settings)
  const shown = shownSelection(screen)
  return html`${timer(screen)}
${order(screen, heading)}
<form class="checkout" method="post" data-testid="checkout" data-once>
${screen.besidePc && html`<input type="hidden" name="via" value="pc">`}
${problem?.field === 'choice' && html`<p class="problem" role="alert" data-testid="problem">${problem.text}</p>`}
<fieldset class="methods"><legend>${words.method}</legend>
${options.methods.map((method) => html`<label class="method"><input type="radio" name="method" value="${method}" data-testid="method-${method}"${method === shown.method && CHECKED}><span>${words[method]}</span></label>`)}
</fieldset>
${options.methods.includes('CARD') && cardChoice(screen, options, shown)}
${payment.amount.total > 0 && benefits(screen, shown)}
${payment.subscription && agreement(screen)}
<p class="note">${words.skipped}</p>
<div class="acts pay"><button class="primary" name="action" value="approve" data-testid="pay">${payLabel(screen)}</button></div>
<div class="acts"><button class="plain" name="action" value="cancel" formnovalidate data-testid="cancel">${words.cancel}</button></div>
<fieldset class="others"><legend>${words.others}</legend>
<button class="small" name="action" value="fail" formnovalidate data-testid="fail">${words.fail}</button>
<button class="small" name="action" value="expire" formnovalidate data-testid="expire">${words.expire}</button></fieldset>
</form>`
}

/** What the form shows as chosen: the preselected choice, or the one that was just refused. */
const shownSelection = ({ payment, settings, selection }: Screen): Selection => {
  const choice = choiceOf(payment, {}, settings)
  if (isRefusal(choice)) return { ...selection }
  const { payment_method_type: method, card, card_type, install_month, interest_free_install, point, discount } = choice
  const ofCard = card === null ? {} : { card, card_type: card_type ?? 'CREDIT', install_month, interest_free_install }
  return { method, ...ofCard, point, discount, ...selection }
}

/** Issuer, credit or check card, months and who bears their interest. */
const cardChoice = ({ payment, words }: Screen, options: PayerOptions, shown: Selection): Html => {
  const card = shown.card ?? options.cards[0]
  const month = shown.install_month ?? payment.install_month ?? 0
  const cardType = shown.card_type ?? 'CREDIT'
  return html`<div class="card-choice"><fieldset class="cards"><legend>${words.issuer}</legend>
${options.cards.map((code) => html`<label class="card"><input type="radio" name="card" value="${code}" data-testid="card-${code}"${code === card && CHECKED}><span>${words.cards[code] ?? code}</span></label>`)}
</fieldset>
<fieldset class="card-types"><legend>${words.cardType}</legend>
${options.cardTypes.map((type) => html`<label class="card"><input type="radio" name="card_type" value="${type}" data-testid="card-type-${type}"${type === cardType && CHECKED}><span>${words.cardTypes[type]}</span></label>`)}
</fieldset>
<div class="instalments"><label class="months"><span>${words.months}</span><select name="install_month" data-testid="install-month">
${monthsShown(options).map((n) => html`<option value="${n}"${n === month && SELECTED}>${words.month(n)}</option>`)}
</select></label>
<label class="check"><input type="checkbox" name="interest_free_install" value="Y" data-testid="interest-free"${shown.interest_free_install === 'Y' && CHECKED}><span>${payment.use_share_installment ? words.interestShared : words.interestFree}</span></label></div></div>`
}

/** Cards have no instalment of one month: it is shown only where ready asks for it. */
const monthsShown = ({ months }: PayerOptions) => (months.length === 1 ? months : months.filter((n) => n !== 1))

const benefits = ({ payment, words, problem }: Screen, shown: Selection): Html => {
  const { total } = payment.amount
  const field = (name: 'point' | 'discount') =>
    html`<label class="months"><span>${words[name]}</span><input type="number" name="${name}" min="0" max="${total}" step="1" inputmode="numeric" placeholder="0" value="${shown[name] || ''}" data-testid="${name}"></label>`
  const isUsed = Boolean(shown.point || shown.discount)
  return html`<details class="benefits"${(problem?.field === 'choice' || isUsed) && html` open`}><summary>${words.benefits}</summary>${field('point')}${field('discount')}</details>`
}

/** What the payer of a subscription agrees to. */
const agreement = ({ payment, words }: Screen): Html =>
  html`<div class="agreement" data-testid="agreement"><p><b>${words.agreement}</b></p><ul>${words.agreed(merchantName(payment)).map((line) => html`<li>${line}</li>`)}</ul></div>`

const CHECKED = html` checked`
const SELECTED = html` selected`

const payLabel = ({ payment, words }: Screen): string => {
  const amount = words.won(payment.amount.total)
  if (!payment.subscription) return words.pay(amount)
  return payment.amount.total === 0 ? words.register : words.registerAndPay(amount)
}
