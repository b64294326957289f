import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/mock.ts'
import { LIFETIME_MS } from '../../src/payment/payment.ts'
import { cancelation, paid, payer } from '../flow.ts'
import { call, INSTANT, order } from '../merchant.ts'

const prepared = async (mock: Mock, fields: Record<string, unknown> = {}) => {
  const { body } = await call(mock, 'ready', { ...order, ...fields })
  const path = (name: 'pc' | 'mobile' | 'app') => new URL(String(body[`next_redirect_${name}_url`])).pathname
  return { tid: String(body['tid']), pc: path('pc'), mobile: path('mobile'), app: path('app') }
}

const get = async (mock: Mock, path: string, headers: Record<string, string> = {}) => {
  const response = await mock.request(path, { headers })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** A button, as a browser without a script presses it. */
const press = (mock: Mock, path: string, fields: Record<string, string>) =>
  mock.request(path, { method: 'POST', body: new URLSearchParams(fields) })

const statusOf = async (mock: Mock, tid: string) => (await mock.store.find(tid))?.status

describe('the page', () => {
  test('shows item, merchant, order and what the price is made of', async () => {
    const mock = createMock()
    const { mobile } = await prepared(mock, {
      partner_order_id: 'order-77',
      quantity: 3,
      total_amount: 1_234_500,
      tax_free_amount: 500,
      vat_amount: 112_000,
      green_deposit: 300,
    })
    const { text } = await get(mock, mobile)
    for (const shown of [
      /data-testid="item-name">초코파이</,
      /data-testid="merchant">developers\.kakao\.com</,
      /data-testid="order-id">order-77</,
      /수량 3</,
      /data-testid="total-amount">1,234,500원</,
      /data-testid="vat-amount">112,000원</,
      /data-testid="tax-free-amount">500원</,
      /data-testid="green-deposit">300원/,
      /data-testid="countdown" data-countdown>15:00</,
      /data-testid="mock-label"><b>모의 결제<\/b>/,
    ])
      expect(text).toMatch(shown)
  })

  test('is HTML that no cache keeps, that no other host adds to and that sends no referrer', async () => {
    const mock = createMock()
    const { headers, text } = await get(mock, (await prepared(mock)).pc)
    expect(headers.get('content-type')).toBe('text/html;charset=UTF-8')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; connect-src 'self'; base-uri 'none'$/,
    )
    expect(text.match(/(src|href)="(?!http:\/\/127\.0\.0\.1:8585\/|\?|#)[^"]*"/g)).toBeNull()
    expect(text).not.toMatch(/ style="| on\w+="/)
  })

  test('offers what ready allowed and nothing else', async () => {
    const mock = createMock()
    const { mobile } = await prepared(mock, {
      payment_method_type: 'CARD',
      available_cards: ['KB', 'BC'],
      install_month: 3,
    })
    const { text } = await get(mock, mobile)
    const values = (name: string) =>
      [...text.matchAll(new RegExp(`name="${name}" value="(\\w+)"`, 'g'))].map((m) => m[1])
    expect(values('method')).toEqual(['CARD'])
    expect(values('card')).toEqual(['KB', 'BC'])
    expect([...text.matchAll(/<option value="(\d+)"( selected)?/g)].map((m) => m[1] + (m[2] ?? ''))).toEqual([
      '3 selected',
    ])
  })

  test.each([
    [undefined, 'ko'],
    ['ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
    ['en-US,en;q=0.9', 'en'],
    ['en;q=0.5,ko;q=0.6', 'ko'],
    ['fr,en;q=0.5', 'en'],
    ['fr', 'ko'],
    [';;q=x,,', 'ko'],
  ])('speaks Korean unless Accept-Language %s prefers English', async (language, expected) => {
    const mock = createMock()
    const { text } = await get(mock, (await prepared(mock)).pc, language ? { 'accept-language': language } : {})
    expect(text).toContain(`<html lang="${expected}">`)
  })

  test('opening it on a phone is OPEN_PAYMENT, on a PC not yet', async () => {
    const mock = createMock()
    for (const [name, status] of [
      ['pc', 'READY'],
      ['mobile', 'OPEN_PAYMENT'],
      ['app', 'OPEN_PAYMENT'],
    ] as const) {
      const payment = await prepared(mock)
      await get(mock, payment[name])
      expect(await statusOf(mock, payment.tid)).toBe(status)
    }
  })

  test('unknown queries are ignored, and the live path does what the sandbox’s does', async () => {
    const mock = createMock()
    const { mobile, tid } = await prepared(mock)
    expect((await get(mock, `${mobile}?kpayTid=${tid}&x`)).status).toBe(200)
    expect((await get(mock, mobile.replace('/mockup', ''))).status).toBe(200)
  })

  test('a subscription speaks of registering', async () => {
    const mock = createMock()
    const { pc, mobile } = await prepared(mock, { cid: 'TCSUBSCRIP', total_amount: 0, vat_amount: 0 })
    expect(pc).toMatch(/^\/mockup\/bridge\/pc\/pg\/subscription\/payment-issue\/[0-9a-f]{64}$/)
    const { text } = await get(mock, pc)
    expect(text).toContain('>QR등록</a>')
    expect(text).toContain('>카톡등록</a>')
    expect((await get(mock, mobile)).text).toContain('data-testid="pay">등록하기</button>')
  })

  test('an unknown payment is a page, not JSON; so is every wrong address and method', async () => {
    const mock = createMock()
    const { pc } = await prepared(mock)
    const unknown = [
      pc.replace(/.{64}$/, 'f'.repeat(64)),
      '/mockup/bridge/pc',
      '/bridge/tv/pg/one-time/payment/x',
      `${pc}/`,
    ]
    for (const path of unknown) {
      const { status, headers, text } = await get(mock, path)
      expect([path, status, headers.get('content-type')]).toEqual([path, 404, 'text/html;charset=UTF-8'])
      expect(text).toContain('결제를 찾을 수 없어요')
    }
    const response = await mock.request(pc, { method: 'DELETE' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
  })

  test('hostile texts are texts', async () => {
    const mock = createMock()
    const item_name = `</bdi><script>alert(1)</script>"'><img src=x onerror=alert(2)>&amp;\u202etxt`
    const { pc, mobile } = await prepared(mock, {
      item_name,
      partner_order_id: '"><svg onload=alert(3)>',
      approval_url: `https://a"onmouseover="x'<b>.example/`,
      cancel_url: `myapp://"><script>alert(4)</script>`,
    })
    for (const path of [pc, mobile, `${pc}?tab=%22><script>`, `${pc}?pending=<script>`]) {
      const { text } = await get(mock, path)
      expect(text.match(/<script/g)).toHaveLength(1)
      expect(text).not.toMatch(/<(img|svg onload|b>\.example)/)
      expect(text).not.toMatch(/<[^>]* onmouseover=/)
    }
    await press(mock, mobile, { action: 'cancel' })
    const { text } = await get(mock, mobile)
    expect(text).toContain('href="myapp://&quot;&gt;&lt;script&gt;alert(4)&lt;/script&gt;"')
  })
})

describe('its buttons, without a script', () => {
  test.each([
    ['approve', `${order.approval_url}?pg_token=`, 'AUTH_PASSWORD'],
    ['cancel', order.cancel_url, 'QUIT_PAYMENT'],
    ['fail', order.fail_url, 'FAIL_AUTH_PASSWORD'],
    ['expire', order.fail_url, 'FAIL_PAYMENT'],
  ])('%s sends the browser on by 303', async (action, location, status) => {
    const mock = createMock()
    const { mobile, tid } = await prepared(mock)
    const response = await press(mock, mobile, { action, method: 'MONEY', card: 'KB', install_month: '3' })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')?.startsWith(location)).toBe(true)
    expect(await statusOf(mock, tid)).toBe(status)
  })

  test('the card and the months that were chosen are paid with', async () => {
    const mock = createMock()
    const { mobile, tid } = await prepared(mock)
    await press(mock, mobile, { action: 'approve', method: 'CARD', card: 'HANA', install_month: '12' })
    expect((await mock.store.find(tid))?.choice).toEqual({
      payment_method_type: 'CARD',
      card: 'HANA',
      card_type: 'CREDIT',
      install_month: 12,
      interest_free_install: 'N',
      point: 0,
      discount: 0,
    })
  })

  test('a choice that a page never offers is shown beside the form', async () => {
    const mock = createMock()
    const { mobile, tid } = await prepared(mock, { install_month: 2 })
    const response = await press(mock, mobile, { action: 'approve', method: 'CARD', card: 'KB', install_month: '9' })
    expect(response.status).toBe(422)
    const page = await response.text()
    expect(page).toContain('value="KB" data-testid="card-KB" checked')
    expect(page).toMatch(/role="alert"[^>]*>선택을 확인해 주세요. 할부: 9은\(는\) 쓸 수 없어요. 쓸 수 있는 값: 2</)
    expect(await statusOf(mock, tid)).toBe('READY')
  })

  test('the PC’s way: the message is sent, the phone opens it, 확인 comes too early, then pays', async () => {
    const mock = createMock()
    const { pc, tid } = await prepared(mock)
    const form = { action: 'send_message', phoneNumber: '010-1234-5678', dateOfBirth: '930616' }
    expect((await press(mock, pc, form)).headers.get('location')).toBe(pc)
    expect(await statusOf(mock, tid)).toBe('SEND_TMS')
    expect((await get(mock, pc)).text).toMatch(
      /data-testid="waiting".*data-testid="confirm".*data-testid="open-message"/s,
    )

    const early = await press(mock, pc, { action: 'confirm' })
    expect([early.status, early.headers.get('location')]).toEqual([303, `${pc}?pending`])
    expect((await get(mock, `${pc}?pending`)).text).toMatch(/<dialog [^>]*open><h2[^>]*>결제가 진행 중이에요</)

    expect((await get(mock, `${pc}?pending`)).text).toContain(`content="5;url=${pc}"`)
    expect((await get(mock, `${pc}?tab=talk`)).text).not.toContain('http-equiv="refresh"')

    await press(mock, pc, { action: 'open' })
    expect(await statusOf(mock, tid)).toBe('OPEN_PAYMENT')
    const { redirect_url } = await payer(mock, tid, 'approve')
    expect((await press(mock, pc, { action: 'confirm' })).headers.get('location')).toBe(redirect_url)
  })

  test.each([
    [{ phoneNumber: '', dateOfBirth: '930616' }, 'phoneNumber', '휴대폰 번호를 숫자 9~11자리로 입력해 주세요.'],
    [
      { phoneNumber: '010abcd5678', dateOfBirth: '930616' },
      'phoneNumber',
      '휴대폰 번호를 숫자 9~11자리로 입력해 주세요.',
    ],
    [
      { phoneNumber: '01012345678', dateOfBirth: '1993-06-16' },
      'dateOfBirth',
      '생년월일을 숫자 6자리(YYMMDD)로 입력해 주세요.',
    ],
  ])('%j is sent back with what is wrong beside the field', async (typed, field, sentence) => {
    const mock = createMock()
    const { pc, tid } = await prepared(mock)
    const response = await press(mock, pc, { action: 'send_message', ...typed })
    const text = await response.text()
    expect(response.status).toBe(422)
    expect(text).toContain(`id="${field}-problem" role="alert" data-testid="problem">${sentence}</p>`)
    expect(text).toContain(`name="phoneNumber" value="${typed.phoneNumber}"`)
    expect(await statusOf(mock, tid)).toBe('READY')
  })

  test('a phone that scanned the code leaves the moving on to the PC', async () => {
    const mock = createMock()
    const { pc, mobile } = await prepared(mock)
    expect((await get(mock, pc)).text).toContain(`href="http://127.0.0.1:8585${mobile}?via=pc"`)
    const { text } = await get(mock, `${mobile}?via=pc`)
    expect(text).toContain('<input type="hidden" name="via" value="pc">')
    expect(text).toContain('data-moves="false"')
    const response = await press(mock, mobile, { action: 'approve', method: 'MONEY', via: 'pc' })
    expect(response.headers.get('location')).toBe(`${mobile}?via=pc`)
    const after = (await get(mock, `${mobile}?via=pc`)).text
    expect(after).toContain('PC 화면으로 돌아가 주세요')
    expect(after).not.toContain('pg_token')
  })

  test('an unknown or missing action, or no form at all, only shows the page again', async () => {
    const mock = createMock()
    const { mobile, tid } = await prepared(mock)
    for (const fields of [{}, { action: 'constructor' }, { action: 'select' }]) {
      const response = await press(mock, mobile, fields as Record<string, string>)
      expect([response.status, response.headers.get('location')]).toEqual([303, mobile])
    }
    const response = await mock.request(mobile, { method: 'POST', body: new Uint8Array([0xff, 0xfe]) })
    expect(response.status).toBe(303)
    expect(await statusOf(mock, tid)).toBe('READY')
  })
})

describe('opened again', () => {
  const outcomeAt = async (mock: Mock, path: string) => {
    const { text } = await get(mock, path)
    return [/data-outcome="(\w+)"/.exec(text)?.[1], /href="([^"]*)" data-testid="proceed"/.exec(text)?.[1]]
  }

  test.each([
    ['cancel', 'QUIT_PAYMENT', order.cancel_url],
    ['fail', 'FAIL_AUTH_PASSWORD', order.fail_url],
    ['expire', 'EXPIRED', order.fail_url],
  ])('after %s it says so and leads on to the merchant', async (action, outcome, url) => {
    const mock = createMock()
    const { tid, pc, mobile } = await prepared(mock)
    await payer(mock, tid, action)
    for (const path of [pc, mobile]) expect(await outcomeAt(mock, path)).toEqual([outcome, url])
  })

  test('after authentication it leads on with the same token', async () => {
    const mock = createMock()
    const { tid, mobile } = await prepared(mock)
    const { redirect_url } = await payer(mock, tid, 'approve')
    expect(await outcomeAt(mock, mobile)).toEqual(['AUTH_PASSWORD', redirect_url])
  })

  test('paid, partly refunded, refunded: it says so, with what was paid and what came back', async () => {
    const mock = createMock({}, { now: () => INSTANT })
    const { tid } = await paid(mock, {}, { card: 'KB', install_month: 3 })
    const path = `/mockup/bridge/pc/pg/one-time/payment/${(await mock.store.find(tid))?.hash}`
    expect(await outcomeAt(mock, path)).toEqual(['SUCCESS_PAYMENT', undefined])
    const { text } = await get(mock, path)
    expect(text).toContain('data-testid="paid-with">KB국민 · 3개월<')
    expect(text).toContain('data-testid="approved-at">2023-07-15 21:18:22<')
    await call(mock, 'cancel', cancelation(tid, 1100))
    expect(await outcomeAt(mock, path)).toEqual(['PART_CANCEL_PAYMENT', undefined])
    expect((await get(mock, path)).text).toContain('data-testid="canceled-amount">1,100원<')
    await call(mock, 'cancel', cancelation(tid, 1100))
    expect(await outcomeAt(mock, path)).toEqual(['CANCEL_PAYMENT', undefined])
  })

  test('the first visit after 15 minutes goes to fail_url, the next one shows why', async () => {
    let now = INSTANT
    const mock = createMock({}, { now: () => now })
    const { pc, tid } = await prepared(mock)
    now += LIFETIME_MS
    const first = await get(mock, pc)
    expect([first.status, first.headers.get('location')]).toEqual([302, order.fail_url])
    expect(await statusOf(mock, tid)).toBe('FAIL_PAYMENT')
    expect(await outcomeAt(mock, pc)).toEqual(['EXPIRED', order.fail_url])
  })

  test('a button of an old page leads to what became of it', async () => {
    const mock = createMock()
    const { mobile, tid } = await prepared(mock)
    await payer(mock, tid, 'cancel')
    const response = await press(mock, mobile, { action: 'approve', method: 'MONEY' })
    expect([response.status, response.headers.get('location')]).toEqual([303, mobile])
    expect(await statusOf(mock, tid)).toBe('QUIT_PAYMENT')
  })
})

describe('what the waiting view asks', () => {
  test('how it stands, how long is left, and where to go when it is over', async () => {
    let now = INSTANT
    const mock = createMock({}, { now: () => now })
    const { pc, tid } = await prepared(mock)
    const ask = async () => JSON.parse((await get(mock, `${pc}/status`)).text)
    expect(await ask()).toEqual({ status: 'READY', remaining_ms: 900_000, over: false, redirect_url: null })
    now += 60_000
    const { redirect_url } = await payer(mock, tid, 'approve')
    expect(await ask()).toEqual({ status: 'AUTH_PASSWORD', remaining_ms: 840_000, over: true, redirect_url })
    now += LIFETIME_MS
    expect(await ask()).toEqual({ status: 'FAIL_PAYMENT', remaining_ms: 0, over: true, redirect_url: order.fail_url })
    expect((await get(mock, `${pc.slice(0, -64)}${'0'.repeat(64)}/status`)).status).toBe(404)
  })
})
