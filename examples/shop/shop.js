/** A sample shop: cart, payment, receipt, partial refund, subscription, and the order look-up after a lost answer. State is in memory. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { Refused, Unknown } from './kakaopay.js'

const goods = {
  pie: { name: '초코파이', price: 2200 },
  tea: { name: '유자차', price: 4500 },
  cake: { name: '치즈케이크', price: 6800 },
}
const box = { name: '간식 정기배송', price: 9900 }

const won = (amount) => `${amount.toLocaleString('ko-KR')}원`

const page = (title, body) => html`<!doctype html>
<html lang="ko">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>${title} – 샘플 상점</title>
  <link rel="icon" href="data:,">
  <style>
    :root { color-scheme: light dark; --line: light-dark(#ddd, #444); --card: light-dark(#fff, #222) }
    body { font: 16px/1.6 system-ui, sans-serif; max-width: 30rem; margin: 0 auto; padding: 1.5rem 1rem; background: light-dark(#f4f4f1, #161616) }
    h1 { font-size: 1.1rem; margin: 0 0 .75rem } h2 { font-size: 1.4rem; margin: 0 0 .5rem } a { color: inherit } h1 a { text-decoration: none }
    main { border: 1px solid var(--line); border-radius: 1rem; padding: 1.25rem; background: var(--card) }
    label, li { display: flex; justify-content: space-between; align-items: center; gap: 1rem; padding: .4rem 0; list-style: none }
    label small { flex: 1; color: light-dark(#666, #aaa) } ul { padding: 0; margin: .5rem 0; border-top: 1px solid var(--line) } ul:empty { display: none }
    input, button { font: inherit; border-radius: .5rem; border: 1px solid var(--line); padding: .5rem }
    input { width: 5rem; text-align: right } button { width: 100%; padding: .75rem; margin-top: .75rem; font-weight: 600; cursor: pointer }
    .pay { background: #ffeb00; border-color: #ffeb00; color: #222 }
    [role=alert] { background: light-dark(#fff1f0, #4a1f1c); border-radius: .5rem; padding: .5rem .75rem }
  </style>
</head>
<body><h1><a href="/">샘플 상점</a></h1><main><h2>${title}</h2>${body}</main></body>
</html>`

const row = (name, value) => html`<li><span>${name}</span><b>${value}</b></li>`

/** `pay` is the client, `cids` the merchant codes for one-time payments and subscriptions. */
export const createShop = ({ pay, cids = { once: 'TC0ONETIME', monthly: 'TCSUBSCRIP' } }) => {
  const app = new Hono()
  const orders = new Map()

  const merchant = (order) => ({ cid: order.cid, partner_order_id: order.id, partner_user_id: 'visitor' })

  /** What KakaoPay says has become of the payment. */
  const lookUp = async (order) => {
    const found = await pay.order({ cid: order.cid, tid: order.tid })
    order.status = found.status
    order.left = found.cancel_available_amount?.total ?? 0
    order.method = found.payment_method_type ?? order.method
    order.sid = found.sid ?? order.sid
  }

  const prepare = async (c, { cid, name, quantity, amount }) => {
    const id = `order-${orders.size + 1}`
    const order = { id, cid, name, amount, status: 'READY', left: 0 }
    const here = new URL(c.req.url).origin
    const prepared = await pay.ready({
      ...merchant(order),
      item_name: name,
      quantity,
      total_amount: amount,
      tax_free_amount: 0,
      approval_url: `${here}/orders/${id}/approve`,
      cancel_url: `${here}/orders/${id}/cancelled`,
      fail_url: `${here}/orders/${id}/failed`,
    })
    order.tid = prepared.tid
    orders.set(id, order)
    const isPhone = /Mobile/.test(c.req.header('user-agent') ?? '')
    return c.redirect(isPhone ? prepared.next_redirect_mobile_url : prepared.next_redirect_pc_url)
  }

  app.get('/', (c) =>
    c.html(
      page(
        '장바구니',
        html`<form method="post" action="/orders">
          ${Object.entries(goods).map(
            ([id, { name, price }]) =>
              html`<label>${name} <small>${won(price)}</small> <input name="${id}" type="number" min="0" max="9" value="${id === 'pie' ? 1 : 0}"></label>`,
          )}
          <button class="pay">카카오페이로 결제</button>
        </form>
        <form method="post" action="/subscriptions"><button>${box.name} 시작 (매월 ${won(box.price)})</button></form>
        <ul>${[...orders.values()].map((o) => row(html`<a href="/orders/${o.id}">${o.id}</a>`, o.status))}</ul>`,
      ),
    ),
  )

  app.post('/orders', async (c) => {
    const cart = await c.req.parseBody()
    const chosen = Object.entries(goods).flatMap(([id, item]) =>
      Number(cart[id]) > 0 ? [{ ...item, n: Number(cart[id]) }] : [],
    )
    const quantity = chosen.reduce((sum, { n }) => sum + n, 0)
    if (quantity === 0) return c.redirect('/')
    const name = chosen.length > 1 ? `${chosen[0].name} 외 ${chosen.length - 1}건` : chosen[0].name
    return prepare(c, {
      cid: cids.once,
      name,
      quantity,
      amount: chosen.reduce((sum, { n, price }) => sum + n * price, 0),
    })
  })
  app.post('/subscriptions', (c) => prepare(c, { cid: cids.monthly, name: box.name, quantity: 1, amount: box.price }))

  const withOrder = (handle) => async (c) => {
    const order = orders.get(c.req.param('id'))
    return order ? handle(c, order) : c.html(page('없는 주문', html`<p>주문을 찾을 수 없습니다.</p>`), 404)
  }

  // The browser may come twice, and the answer may be lost: only `order` knows whether the payment was charged.
  app.get(
    '/orders/:id/approve',
    withOrder(async (c, order) => {
      try {
        const approved = await pay.approve({
          ...merchant(order),
          tid: order.tid,
          pg_token: c.req.query('pg_token') ?? '',
        })
        order.sid = approved.sid ?? undefined
      } catch (error) {
        if (!(error instanceof Refused || error instanceof Unknown)) throw error
        order.note = `승인 응답을 받지 못해 주문을 조회했습니다 (${error.message}).`
      }
      await lookUp(order)
      return c.redirect(`/orders/${order.id}`)
    }),
  )
  for (const [path, note] of Object.entries({ cancelled: '결제를 취소하셨습니다.', failed: '결제하지 못했습니다.' }))
    app.get(
      `/orders/:id/${path}`,
      withOrder(async (c, order) => {
        order.note = note
        await lookUp(order)
        return c.redirect(`/orders/${order.id}`)
      }),
    )

  app.get(
    '/orders/:id',
    withOrder((c, order) => {
      const isPaid = ['SUCCESS_PAYMENT', 'PART_CANCEL_PAYMENT'].includes(order.status)
      return c.html(
        page(
          isPaid ? '영수증' : '주문',
          html`${order.note ? html`<p role="alert">${order.note}</p>` : ''}
        <ul>${row('주문', order.id)}${row('상품', order.name)}${row('결제 금액', won(order.amount))}
          ${row('환불', won(isPaid ? order.amount - order.left : 0))}${row('상태', order.status)}${order.method ? row('결제수단', order.method) : ''}</ul>
        ${order.left > 0 ? html`<form method="post" action="/orders/${order.id}/refund"><label>환불 금액 <input name="amount" type="number" min="1" max="${order.left}" value="${Math.min(1000, order.left)}"></label><button>환불</button></form>` : ''}
        ${order.sid ? html`<form method="post" action="/orders/${order.id}/next"><button>다음 달 결제</button></form>` : ''}`,
        ),
      )
    }),
  )

  app.post(
    '/orders/:id/refund',
    withOrder(async (c, order) => {
      const { amount } = await c.req.parseBody()
      order.note = undefined
      try {
        await pay.cancel({ cid: order.cid, tid: order.tid, cancel_amount: Number(amount), cancel_tax_free_amount: 0 })
      } catch (error) {
        order.note = `환불하지 못했습니다 (${error.message}).`
      }
      await lookUp(order)
      return c.redirect(`/orders/${order.id}`)
    }),
  )

  app.post(
    '/orders/:id/next',
    withOrder(async (c, first) => {
      const order = { ...first, id: `order-${orders.size + 1}`, note: undefined }
      const charged = await pay.subscription({
        ...merchant(order),
        sid: first.sid,
        item_name: order.name,
        quantity: 1,
        total_amount: order.amount,
        tax_free_amount: 0,
      })
      order.tid = charged.tid
      orders.set(order.id, order)
      await lookUp(order)
      return c.redirect(`/orders/${order.id}`)
    }),
  )
  return app
}
