import { expect, test } from 'vitest'
import { isRegistered } from '../../src/endpoints/domain.ts'

test.each<[string, string, boolean]>([
  ['https://shop.example/paid', 'https://shop.example', true],
  ['https://shop.example', 'https://shop.example/any/path', true],
  ['HTTPS://Shop.Example/Paid', 'https://shop.example', true],
  ['https://shop.example?x', 'https://shop.example', true],
  ['https://shop.example#x', 'https://shop.example', true],
  ['https://shop.example\\paid', 'https://shop.example', true],
  ['https://shop.example:443/', 'https://shop.example', true],
  ['http://shop.example:80/', 'http://shop.example', true],
  ['https://shop.example:80/', 'https://shop.example', false],
  ['http://shop.example:443/', 'http://shop.example', false],
  ['https://shop.example:4430/', 'https://shop.example', false],
  ['http://shop.example:8080/', 'http://shop.example', false],
  ['http://shop.example/', 'https://shop.example', false],
  ['https://user@shop.example/', 'https://shop.example', true],
  ['https://shop.example@evil.example/', 'https://shop.example', false],
  ['https://shop.example//evil', 'https://shop.example', true],
  ['https:shop.example//x', 'https://shop.example', true],
  ['https:a//shop.example', 'https://shop.example', false],
  ['https:///shop.example', 'https://shop.example', false],
  ['https:///other', 'https://', true],
  ['https://www.shop.example/', 'https://*.shop.example', true],
  ['https://shop.example/', 'https://*.shop.example', false],
  ['https://evilshop.example/', 'https://*.shop.example', false],
  ['https://evilshop.example/', 'https://shop.example', false],
  ['https://xshop.example/', 'https://_shop.example', false],
  ['myapp://anything', 'myapp://', true],
  ['other://anything', 'myapp://', false],
])('%s is within %s: %s', (url, domain, within) => {
  expect(isRegistered(url, [domain])).toBe(within)
})

test('one of several is enough, none is none', () => {
  expect([isRegistered('https://b', ['https://a', 'https://b']), isRegistered('https://b', [])]).toEqual([true, false])
})
