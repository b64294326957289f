import { CONTENT_TYPE } from './errors.ts'

/** Where KakaoPay's API was until it moved; the host still serves Kakao's other APIs. */
const RETIRED_HOST = /^kapi\.kakao\.com\.?(:443)?$/i
const RETIRED_PATH = /^\/v1\/payment\//

/**
 * The refusal of a call to the retired host, in that host's own form. Undefined where the call is none. That KakaoPay is switched off there
 * is documented; status, code and text are ours.
 */
export const retiredHostResponse = (host: string | undefined, path: string): Response | undefined => {
  if (!RETIRED_HOST.test(host ?? '')) return undefined
  const body = RETIRED_PATH.test(path) ? retired(path) : notServed
  return new Response(JSON.stringify(body), { status: 403, headers: { 'content-type': CONTENT_TYPE } })
}

const retired = (path: string) => ({
  msg: `kapi.kakao.com is retired for KakaoPay. call POST https://open-api.kakaopay.com/online${path.slice(0, 200)} with Authorization: SECRET_KEY <your secret key> and a JSON body.`,
  code: -3,
})

const notServed = {
  msg: 'kakaopay-mock answers only /v1/payment of kapi.kakao.com. to reach the real host, start it with --pass kapi.kakao.com.',
  code: -3,
}
