import { html } from 'hono/html'
import { choiceOf, optionsOf } from '../endpoints/payer.ts'
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

/** The phone's screen: choose a method within what ready allowed, then pay, leave, fail or let the time run out. */
export const checkout = (screen: Screen, heading: 'h1' | 'h2'): Html => {
  const { payment, words, problem } = screen
  const offer = optionsOf(payment, screen.settings)
  const preselected = choiceOf(payment, {}, screen.settings)
  const choice = isRefusal(preselected) ? null : preselected
  const card = choice?.card ?? offer.cards[0]
  const month = choice?.card ? choice.install_month : (payment.install_month ?? 0)
  return html`${timer(screen)}
${order(screen, heading)}
<form class="checkout" method="post" data-testid="checkout" data-once>
${screen.besidePc && html`<input type="hidden" name="via" value="pc">`}
${problem?.field === 'choice' && html`<p class="problem" role="alert" data-testid="problem">${words.reason(problem.text)}</p>`}
<fieldset class="methods"><legend>${words.method}</legend>
${offer.methods.map((method) => html`<label class="method"><input type="radio" name="method" value="${method}" data-testid="method-${method}"${method === choice?.payment_method_type && CHECKED}><span>${words[method]}</span></label>`)}
</fieldset>
${
  offer.methods.includes('CARD') &&
  html`<div class="card-choice"><fieldset class="cards"><legend>${words.issuer}</legend>
${offer.cards.map((code) => html`<label class="card"><input type="radio" name="card" value="${code}" data-testid="card-${code}"${code === card && CHECKED}><span>${words.cards[code] ?? code}</span></label>`)}
</fieldset>
<label class="months"><span>${words.months}</span><select name="install_month" data-testid="install-month">
${offer.months.map((n) => html`<option value="${n}"${n === month && SELECTED}>${words.month(n)}</option>`)}
</select></label></div>`
}
<p class="note">${words.skipped}</p>
<div class="acts"><button class="primary" name="action" value="approve" data-testid="pay">${payLabel(screen)}</button>
<button class="plain" name="action" value="cancel" formnovalidate data-testid="cancel">${words.cancel}</button></div>
<fieldset class="others"><legend>${words.others}</legend>
<button class="small" name="action" value="fail" data-testid="fail">${words.fail}</button>
<button class="small" name="action" value="expire" data-testid="expire">${words.expire}</button></fieldset>
</form>`
}

const CHECKED = html` checked`
const SELECTED = html` selected`

const payLabel = ({ payment, words }: Screen): string => {
  const amount = words.won(payment.amount.total)
  if (!payment.subscription) return words.pay(amount)
  return payment.amount.total === 0 ? words.register : words.registerAndPay(amount)
}
