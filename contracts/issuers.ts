import { documented, inferred, type Known, observed } from './evidence.ts'

/** What approve says about a card by the code that ready and the payer name: issuer and acquirer, each with KakaoPay's own code. */
export interface Issuer extends Known {
  readonly name: string
  readonly code: string
  readonly acquirer: string
  readonly acquirer_code: string
}

/** The codes 9xx are ours, so that nobody takes them for KakaoPay's: only 신한 was ever seen on this host. */
const ours = (name: string, code: string, k: Known = inferred()): Issuer => ({
  name,
  code,
  acquirer: name,
  acquirer_code: code,
  ...k,
})

export const issuers: Readonly<Record<string, Issuer>> = {
  SHINHAN: { name: '신한', code: '101', acquirer: '신한', acquirer_code: '701', ...observed('live-answers') },
  KB: ours('국민', '902'),
  HYUNDAI: ours('현대', '903'),
  LOTTE: ours('롯데', '904'),
  SAMSUNG: ours('삼성', '905'),
  NH: ours('농협', '906'),
  // An official sample of approve names it as an acquirer; that it has the same code as an issuer is inferred.
  BC: ours('비씨카드', '104', documented('single-payment')),
  HANA: ours('하나', '908'),
  CITI: ours('씨티', '909'),
  KAKAOBANK: ours('카카오뱅크', '910'),
  KAKAOPAY: ours('카카오페이', '911'),
  WOORIONLY: ours('우리', '912'),
}

/** A card that only an agreement allows has its code for a name. */
export const issuerOf = (card: string): Issuer => issuers[card] ?? ours(card, '999')

/** The test environment's card is always this one (observed); only the issuer follows the payer's choice. */
export const sandboxCard = {
  bin: '111111',
  card_type: '신용',
  approved_id: '11111111',
  card_mid: '111111',
  interest_free_install: 'N',
  card_item_code: '111111',
  installment_type: 'CARD_INSTALLMENT',
} as const
