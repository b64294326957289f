import { html } from 'hono/html'
import { checkout } from './checkout.ts'
import { qrCode } from './qr.ts'
import { type Html, merchantName, type Screen, timer, untrusted } from './screen.ts'

/** The PC's window with the simulated phone beside it. */
export const pc = (screen: Screen): Html => {
  const waits = screen.payment.status !== 'READY' && screen.tab === null
  return html`<div class="desk"><section class="window" aria-labelledby="heading">${waits ? waiting(screen) : tabs(screen)}<p class="jump"><a href="#phone">${screen.words.toPhone}</a></p></section>
<section class="phone" id="phone" aria-label="${screen.words.phone}" data-testid="phone"><p class="phone-name" aria-hidden="true">${screen.words.phone}</p><div class="glass">${phone(screen)}</div></section></div>`
}

/** Two ways to the phone, as published: QR결제 is the first and the default, 카톡결제 sends a message. */
const tabs = (screen: Screen): Html => {
  const { payment, words } = screen
  const talk = screen.tab === 'talk'
  const [qrName, talkName] = payment.subscription
    ? [words.tabQrSubscription, words.tabTalkSubscription]
    : [words.tabQr, words.tabTalk]
  return html`${header(screen)}
<div class="tabs" role="tablist" aria-label="${words.tabs}" data-tabs>
${tab('qr', qrName, !talk)}${tab('talk', talkName, talk)}
</div>
<div role="tabpanel" id="panel-qr" aria-labelledby="tab-qr" tabindex="0"${talk && HIDDEN}>
<h2>${words.qrHeading}</h2>${qrCode(screen.phoneUrl, words.qrName)}
<p><a class="primary" href="${screen.hereUrl}" data-testid="pay-here">${words.payHere}</a></p>
<p><a href="${screen.phoneUrl}" target="_blank" rel="noopener" data-testid="open-phone">${words.qrOpen}</a></p>
${/^https?:\/\/(127\.|localhost|\[::1\])/.test(screen.phoneUrl) && html`<p class="note">${words.qrLoopback[0]} <code>--public-url</code>${words.qrLoopback[1]}</p>`}
</div>
<div role="tabpanel" id="panel-talk" aria-labelledby="tab-talk" tabindex="0"${!talk && HIDDEN}>
<h2>${words.talkHeading}</h2>${message(screen)}
</div>
${leave(screen)}`
}

const HIDDEN = html` hidden`

/** A link, so that it works without a script; with one it is a tab. */
const tab = (name: string, label: string, selected: boolean): Html =>
  html`<a role="tab" id="tab-${name}" href="?tab=${name}" aria-controls="panel-${name}" aria-selected="${String(selected)}" tabindex="${selected ? '0' : '-1'}" data-testid="tab-${name}">${label}</a>`

const header = (screen: Screen): Html => {
  const { payment, words } = screen
  return html`<header class="window-head"><h1 id="heading">${payment.subscription ? words.headingSubscription : words.heading}</h1>${timer(screen)}</header>
<div class="brief"><p>${untrusted(merchantName(payment), 'window-merchant')}<br>${untrusted(payment.item_name, 'window-item-name')}</p><p class="brief-total">${words.won(payment.amount.total)}</p></div>`
}

/** The field names are the real page's. Nothing that is typed is kept. */
const message = ({ words, problem, typed }: Screen): Html => {
  const field = (name: 'phoneNumber' | 'dateOfBirth', length: number) => {
    const wrong = problem?.field === name
    return html`<div class="field"><label for="${name}">${words[name]}</label>
<input id="${name}" name="${name}" value="${typed?.[name]}" inputmode="numeric" autocomplete="off" maxlength="${length}" placeholder="${words[`${name}Hint`]}" data-testid="${name}"${wrong && html` aria-invalid="true" aria-describedby="${name}-problem" autofocus`}>
${wrong && html`<p class="problem" id="${name}-problem" role="alert" data-testid="problem">${problem.text}</p>`}</div>`
  }
  return html`<form class="message" method="post" novalidate data-once>${field('phoneNumber', 20)}${field('dateOfBirth', 10)}
<p class="note">${words.notKept}</p><button class="primary" name="action" value="send_message" data-testid="request">${words.request}</button></form>`
}

const waiting = (screen: Screen): Html => {
  const { words } = screen
  const sent = screen.payment.status === 'SEND_TMS'
  return html`${header(screen)}
<div class="waiting" data-testid="waiting"><div class="pulse" aria-hidden="true"></div>
<h2>${sent ? words.waitingMessage : words.waiting}</h2><p>${words.waitingText}</p>
<form method="post"><button class="primary" name="action" value="confirm" data-testid="confirm" data-confirm>${words.confirm}</button></form>
<p><a href="?tab=qr" data-testid="another">${words.another}</a></p></div>
${leave(screen)}
<dialog class="pending" aria-labelledby="pending-heading" data-testid="pending" data-pending${screen.pending && html` open`}><h2 id="pending-heading">${words.pending}</h2><p>${words.pendingText}</p>
<form method="dialog"><button class="primary" data-testid="pending-ok">${words.confirm}</button></form></dialog>`
}

const leave = ({ words }: Screen): Html =>
  html`<form class="leave" method="post" data-once><button class="plain" name="action" value="cancel" data-testid="close">${words.cancel}</button></form>`

/** What the phone shows: nothing yet, the message, or the payment. */
const phone = (screen: Screen): Html => {
  const { payment, words } = screen
  if (payment.status === 'READY')
    return html`<div class="lock"><div class="finder" aria-hidden="true"></div><p>${words.phoneIdle}</p><form method="post" data-once><button class="primary" name="action" value="open" data-testid="scan">${words.scan}</button></form></div>`
  if (payment.status === 'SEND_TMS')
    return html`<div class="lock"><div class="bubble" data-testid="message"><h2>${words.message}</h2><p>${untrusted(payment.item_name, 'message-item-name')}<br><b>${words.won(payment.amount.total)}</b></p>
<form method="post" data-once><button class="primary" name="action" value="open" data-testid="open-message">${words.openMessage}</button></form></div></div>`
  return checkout(screen, 'h2')
}
