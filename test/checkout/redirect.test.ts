import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { payer, readied } from '../flow.ts'
import { needs } from '../needs.ts'

const approvedAt = async (approval_url: string) => {
  const mock = createMock()
  const { redirect_url, pg_token } = await payer(mock, await readied(mock, { approval_url }), 'approve')
  return String(redirect_url).replace(String(pg_token), 'TOKEN')
}

describe('pg_token', () => {
  test.each([
    ['https://shop.example', 'https://shop.example?pg_token=TOKEN'],
    ['https://shop.example/paid', 'https://shop.example/paid?pg_token=TOKEN'],
    ['https://shop.example/paid?order=1', 'https://shop.example/paid?order=1&pg_token=TOKEN'],
    ['https://shop.example/paid?', 'https://shop.example/paid?pg_token=TOKEN'],
    ['https://shop.example/paid?order=1&', 'https://shop.example/paid?order=1&pg_token=TOKEN'],
    ['https://shop.example/#/paid', 'https://shop.example/?pg_token=TOKEN#/paid'],
    ['https://shop.example/paid?a=1#/x?b=2', 'https://shop.example/paid?a=1&pg_token=TOKEN#/x?b=2'],
    ['https://shop.example/paid#?', 'https://shop.example/paid?pg_token=TOKEN#?'],
    ['http://localhost:3000/{order}', 'http://localhost:3000/{order}?pg_token=TOKEN'],
    ['http://shop.example:99999/', 'http://shop.example:99999/?pg_token=TOKEN'],
    ['myapp://paid', 'myapp://paid?pg_token=TOKEN'],
    ['myapp:paid?x=1', 'myapp:paid?x=1&pg_token=TOKEN'],
    ['intent://paid#Intent;scheme=myapp;end', 'intent://paid?pg_token=TOKEN#Intent;scheme=myapp;end'],
    [
      'https://shop.example/주문?이름=값',
      'https://shop.example/%EC%A3%BC%EB%AC%B8?%EC%9D%B4%EB%A6%84=%EA%B0%92&pg_token=TOKEN',
    ],
    ['https://shop.example/%EC%A3%BC?a=%26', 'https://shop.example/%EC%A3%BC?a=%26&pg_token=TOKEN'],
    ['https://shop.example/😀', 'https://shop.example/%F0%9F%98%80?pg_token=TOKEN'],
  ])('is added to %s as a query, and nothing else is touched', async (url, expected) => {
    expect(await approvedAt(url)).toBe(expected)
  })

  test('whatever URL ready accepts, it ends up in a header and in its query, before any fragment', async () => {
    const mock = createMock()
    const path = fc.string({ unit: 'binary', maxLength: 60 }).map((text) => `https://shop.example/${text}`)
    await fc.assert(
      fc.asyncProperty(path, async (approval_url) => {
        const tid = await readied(mock, { approval_url }).catch(() => undefined)
        fc.pre(tid !== undefined)
        const { redirect_url, pg_token } = await payer(mock, String(tid), 'approve')
        expect(() => new Headers({ location: String(redirect_url) })).not.toThrow()
        expect(redirect_url).toMatch(/^[\x21-\x7e]+$/)
        expect(new URL(String(redirect_url)).searchParams.get('pg_token')).toBe(pg_token)
      }),
      { numRuns: needs('time') ? 200 : 40 },
    )
  })
})

test('cancel_url and fail_url are sent as they were given, made ASCII where a header needs it', async () => {
  const mock = createMock()
  const cancel_url = 'myapp://취소?a=1#b'
  const tid = await readied(mock, { cancel_url })
  expect((await payer(mock, tid, 'cancel'))['redirect_url']).toBe('myapp://%EC%B7%A8%EC%86%8C?a=1#b')
})
