import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/mock.ts'
import { call, order } from '../merchant.ts'

const prepared = async (mock: Mock, fields: Record<string, unknown> = {}) => {
  const { status, body } = await call(mock, 'ready', { ...order, ...fields })
  expect(status).toBe(200)
  const path = (name: 'pc' | 'mobile' | 'app') => new URL(String(body[`next_redirect_${name}_url`])).pathname
  return { tid: String(body['tid']), pc: path('pc'), mobile: path('mobile'), app: path('app') }
}

const get = async (mock: Mock, path: string, headers: Record<string, string> = {}) => {
  const response = await mock.request(path, { headers })
  return { headers: response.headers, text: await response.text() }
}

const press = (mock: Mock, path: string, fields: Record<string, string>) =>
  mock.request(path, { method: 'POST', body: new URLSearchParams({ action: 'approve', ...fields }) })

const values = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((m) => m[1])

describe('what the payer can choose on the page', () => {
  test('months are 일시불 and 2 to 12; cards are credit or check', async () => {
    const mock = createMock()
    const { text } = await get(mock, (await prepared(mock)).mobile)
    const months = values(text, /<option value="\d+"[^>]*>([^<]+)</g)
    expect(months).toEqual(['일시불', ...Array.from({ length: 11 }, (_, i) => `${i + 2}개월`)])
    expect(values(text, /name="card_type" value="(\w+)"/g)).toEqual(['CREDIT', 'CHECK'])
  })

  test('a fixed month is offered alone, without check cards', async () => {
    const mock = createMock()
    const { text } = await get(mock, (await prepared(mock, { install_month: 6 })).mobile)
    expect(values(text, /<option value="(\d+)"/g)).toEqual(['6'])
    expect(values(text, /name="card_type" value="(\w+)"/g)).toEqual(['CREDIT'])
  })

  test('points, discount, a check card and free interest are paid with', async () => {
    const mock = createMock()
    const one = await prepared(mock)
    const fields = { method: 'CARD', card: 'KB', card_type: 'CHECK', install_month: '6', point: '100', discount: '' }
    expect((await press(mock, one.mobile, fields)).status).toBe(303)
    expect((await mock.store.find(one.tid))?.choice).toEqual({
      payment_method_type: 'CARD',
      card: 'KB',
      card_type: 'CHECK',
      install_month: 0,
      interest_free_install: 'N',
      point: 100,
      discount: 0,
    })
    const two = await prepared(mock)
    await press(mock, two.mobile, {
      method: 'CARD',
      card: 'KB',
      card_type: 'CREDIT',
      install_month: '6',
      interest_free_install: 'Y',
    })
    expect((await mock.store.find(two.tid))?.choice).toMatchObject({ install_month: 6, interest_free_install: 'Y' })
  })

  test.each(['2201', '-1', 'x', '1e9'])('%s points are too many, and the page says so', async (point) => {
    const mock = createMock()
    const { mobile, tid } = await prepared(mock)
    const response = await press(mock, mobile, { method: 'MONEY', point })
    expect(response.status).toBe(422)
    const page = await response.text()
    expect(page).toContain('<details class="benefits" open>')
    // A text that is no number cannot stand in a field for numbers.
    expect(page).toMatch(new RegExp(`value="${Number(point) || ''}" data-testid="point"`))
    expect(page).toMatch(/role="alert"[^>]*>[^<]*포인트: \S+은\(는\) 쓸 수 없어요. 쓸 수 있는 값: 0~2200</)
    expect((await mock.store.find(tid))?.status).toBe('READY')
  })

  test('that interest is shared is said where ready asked for it', async () => {
    const mock = createMock()
    const { text } = await get(mock, (await prepared(mock, { use_share_installment: 'Y' })).mobile)
    expect(text).toContain('분담 무이자')
    expect((await get(mock, (await prepared(mock)).mobile)).text).not.toContain('분담 무이자')
  })
})

describe('what the shop asked for in custom_json', () => {
  test('its message is shown, as text', async () => {
    const mock = createMock()
    const custom_json = { custom_message: '새벽에 <b>배송</b>돼요' }
    const { mobile } = await prepared(mock, { custom_json })
    expect((await get(mock, mobile)).text).toContain(
      '<bdi data-testid="shop-message">새벽에 &lt;b&gt;배송&lt;/b&gt;돼요</bdi>',
    )
  })

  test.each([
    [{ custom_json: { return_custom_url: 'shop://back' } }, 'shop://back'],
    [{ redirect_scheme_url: 'shop://scheme' }, 'shop://scheme'],
    [{ custom_json: { return_custom_url: 'shop://ios' }, redirect_scheme_url: 'shop://android' }, 'shop://ios'],
  ])('with %j the app’s page leads back to the app and to approval_url', async (fields, url) => {
    const mock = createMock()
    const { app, tid } = await prepared(mock, fields)
    const response = await press(mock, app, { method: 'MONEY' })
    expect(response.headers.get('location')).toBe(app)
    const { text } = await get(mock, app)
    expect(text).toContain(`href="${url}" data-testid="return-app"`)
    const token = (await mock.store.find(tid))?.pg_token
    expect(text).toContain(`href="${order.approval_url}?pg_token=${token}" data-testid="proceed"`)
  })

  test('a scheme that runs a script is no way back; other pages go to approval_url at once', async () => {
    const mock = createMock()
    const hostile = await prepared(mock, { redirect_scheme_url: 'javascript:alert(1)' })
    const response = await press(mock, hostile.app, { method: 'MONEY' })
    expect(response.headers.get('location')).toMatch(/^https:\/\/developers\.kakao\.com\/success\?pg_token=/)
    const { mobile } = await prepared(mock, { redirect_scheme_url: 'shop://back' })
    const onTheWeb = await press(mock, mobile, { method: 'MONEY' })
    expect(onTheWeb.headers.get('location')).toMatch(/^https:\/\/developers\.kakao\.com\/success\?pg_token=/)
  })

  test('what is stored is on the dashboard’s payment', async () => {
    const mock = createMock()
    const sent = { custom_json: { custom_message: 'hi' }, redirect_scheme_url: 'shop://x', use_share_installment: 'Y' }
    const { tid } = await prepared(mock, sent)
    const shown = (await (await mock.request(`/_mock/payments/${tid}`)).json()) as Record<string, unknown>
    expect(shown).toMatchObject({ ...sent, use_share_installment: true })
  })
})

describe('the page around the payment', () => {
  test('a subscription says what the payer agrees to', async () => {
    const mock = createMock()
    const { mobile } = await prepared(mock, { cid: 'TCSUBSCRIP' })
    expect((await get(mock, mobile)).text).toMatch(/data-testid="agreement">.*developers\.kakao\.com에서 다음 결제부터/)
    expect((await get(mock, (await prepared(mock)).mobile)).text).not.toContain('data-testid="agreement"')
  })

  test('the PC’s page offers to pay in this window, which leads to approval_url', async () => {
    const mock = createMock()
    const { pc, mobile } = await prepared(mock)
    expect((await get(mock, pc)).text).toContain(`href="http://127.0.0.1:8585${mobile}" data-testid="pay-here"`)
    const response = await press(mock, mobile, { method: 'MONEY' })
    expect(response.headers.get('location')).toMatch(/^https:\/\/developers\.kakao\.com\/success\?pg_token=/)
  })

  test('the test information links to the payment on the dashboard', async () => {
    const mock = createMock()
    const { pc, tid } = await prepared(mock)
    expect((await get(mock, pc)).text).toContain(`href="http://127.0.0.1:8585/_mock/#/payments/${tid}"`)
  })

  test('?lang= chooses the language, a cookie keeps it, and the switch keeps tab and way', async () => {
    const mock = createMock()
    const { mobile, pc } = await prepared(mock)
    const korean = await get(mock, `${mobile}?via=pc`)
    expect(korean.text).toContain('<html lang="ko">')
    expect(korean.text).toContain('href="?lang=en&amp;via=pc" lang="en"')
    expect(korean.headers.get('set-cookie')).toBeNull()
    const english = await get(mock, `${pc}?lang=en&tab=talk`)
    expect(english.text).toContain('<html lang="en">')
    expect(english.text).toContain('href="?lang=ko&amp;tab=talk" lang="ko"')
    expect(english.headers.get('set-cookie')).toBe('kakaopay_mock_lang=en; Path=/; SameSite=Lax')
    const kept = await get(mock, pc, { cookie: 'kakaopay_mock_lang=en', 'accept-language': 'ko' })
    expect(kept.text).toContain('<html lang="en">')
    expect((await get(mock, `${pc}?lang=fr`)).text).toContain('<html lang="ko">')
  })
})
