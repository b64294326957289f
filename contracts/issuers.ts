import { documented, inferred, type Known, observed } from './evidence.ts'

/** What approve says about a card by the code that ready and the payer name: issuer and acquirer, each with KakaoPay's own code. */
export interface Issuer extends Known {
  readonly name: string
  readonly code: string
  readonly acquirer: Acquirer
}

/** Graded apart from the issuer: what was published of a company in one role says nothing of the other. */
export interface Acquirer extends Known {
  readonly name: string
  readonly code: string
}

/** The codes 9xx are ours and cannot be mistaken for KakaoPay's: only 신한 was seen on this host. */
const ours = (name: string, code: string, k: Known = inferred()): Issuer => ({
  name,
  code,
  acquirer: { name, code, ...k },
  ...k,
})

export const issuers = {
  SHINHAN: {
    ...ours('신한', '101', observed('live-answers')),
    acquirer: { name: '신한', code: '701', ...observed('live-answers') },
  },
  KB: ours('국민', '902'),
  HYUNDAI: ours('현대', '903'),
  LOTTE: ours('롯데', '904'),
  SAMSUNG: ours('삼성', '905'),
  NH: ours('농협', '906'),
  // Name and code of the acquirer stand in an official sample of approve; that BC has the same ones as an issuer is inferred.
  BC: {
    ...ours('비씨카드', '104', inferred('single-payment')),
    acquirer: { name: '비씨카드', code: '104', ...documented('single-payment') },
  },
  HANA: ours('하나', '908'),
  CITI: ours('씨티', '909'),
  KAKAOBANK: ours('카카오뱅크', '910'),
  KAKAOPAY: ours('카카오페이', '911'),
  WOORIONLY: ours('우리', '912'),
} as const satisfies Record<string, Issuer>

export type CardCode = keyof typeof issuers

/** The card codes that any merchant may name. Others need prior agreement and are accepted only where the config lists them. */
export const cardCodes = Object.keys(issuers) as [CardCode, ...CardCode[]]

/** The name of a card that needs an agreement is its code: no name is known. */
export const issuerOf = (card: string): Issuer =>
  Object.hasOwn(issuers, card) ? issuers[card as CardCode] : ours(card, '999')

/** As card_info says it. */
export const cardTypeName = { CREDIT: '신용', CHECK: '체크' } as const

/** The test environment's card is always this one (observed); the issuer, card_type and instalments follow the payer's choice. */
export const sandboxCard = {
  bin: '111111',
  approved_id: '11111111',
  card_mid: '111111',
  card_item_code: '111111',
} as const
