import type { Choice, Method, Payment } from './payment.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'

/** A selection outside the options. */
export type ChoiceRefusal = Refusal<'choice-not-allowed'>

/** What a payer selects; what is absent gets the value that the page preselects. `install_month` is 0 to 12, amounts are KRW. */
export interface Selection {
  readonly method?: Method | undefined
  readonly card?: string | undefined
  readonly card_type?: 'CREDIT' | 'CHECK' | undefined
  readonly install_month?: number | undefined
  readonly interest_free_install?: 'Y' | 'N' | undefined
  readonly point?: number | undefined
  readonly discount?: number | undefined
}

/** What ready allows the payer: methods, card issuers and instalment months, each in the order of the page. */
export interface PayerOptions {
  readonly methods: readonly Method[]
  readonly cards: readonly string[]
  readonly cardTypes: readonly ('CREDIT' | 'CHECK')[]
  readonly months: readonly number[]
}

/** What the options depend on beside the payment: the card codes of a payment that names none, and how install_month is read. */
export interface OptionSettings {
  readonly issuers: readonly string[]
  readonly installMonth: 'fixed' | 'max'
}

const METHODS: readonly Method[] = ['MONEY', 'CARD']
const MONTHS = Array.from({ length: 13 }, (_, month) => month)

/**
 * An empty list of available_cards restricts nothing (inferred). `install_month` is the only month that the payer may pay in, and check
 * cards cannot pay in instalments (documented by an integrator); read as a maximum it allows every month up to it.
 */
export const payerOptions = (payment: Payment, { issuers, installMonth }: OptionSettings): PayerOptions => {
  const { install_month } = payment
  const isFixed = install_month !== null && installMonth === 'fixed'
  return {
    methods: payment.payment_method_type === null ? METHODS : [payment.payment_method_type],
    cards: payment.available_cards?.length ? payment.available_cards : issuers,
    cardTypes: isFixed && install_month > 0 ? ['CREDIT'] : ['CREDIT', 'CHECK'],
    months: isFixed ? [install_month] : MONTHS.slice(0, (install_month ?? 12) + 1),
  }
}

/**
 * The selection as a choice within the options, or a refusal that names the options. Preselected (ours): the method that ready asked
 * for, CARD where ready restricted cards or months, else MONEY; the first card; a credit card; the months that ready named, else none.
 */
export const choose = (payment: Payment, selection: Selection, settings: OptionSettings): Choice | ChoiceRefusal => {
  const { methods } = payerOptions(payment, settings)
  const method = selection.method ?? preselected(payment, selection)
  if (!methods.includes(method)) return outside('method', method, methods)
  const { point = 0, discount = 0 } = selection
  const { total } = payment.amount
  if (!(point >= 0 && point <= total)) return outside('point', point, [`0 to ${total}`])
  if (!(discount >= 0 && point + discount <= total))
    return outside('discount', discount, [`0 to ${total - point} beside the points`])
  const chosen = method === 'MONEY' ? withMoney(selection) : withCard(payment, selection, settings)
  return isRefusal(chosen) ? chosen : { ...chosen, point, discount }
}

type Instrument = Omit<Choice, 'point' | 'discount'>

const withMoney = (selection: Selection): Instrument | ChoiceRefusal => {
  const { card, card_type, install_month, interest_free_install } = selection
  if (card !== undefined) return outside('card', card, ['none with the method MONEY'])
  if (card_type !== undefined) return outside('card_type', card_type, ['none with the method MONEY'])
  if (install_month) return outside('install_month', install_month, ['0 with the method MONEY'])
  if (interest_free_install === 'Y') return outside('interest_free_install', 'Y', ['N with the method MONEY'])
  return {
    payment_method_type: 'MONEY',
    card: null,
    card_type: null,
    install_month: 0,
    interest_free_install: 'N',
  }
}

const withCard = (payment: Payment, selection: Selection, settings: OptionSettings): Instrument | ChoiceRefusal => {
  const { cards, cardTypes, months } = payerOptions(payment, settings)
  const card = selection.card ?? cards[0] ?? ''
  if (!cards.includes(card)) return outside('card', card, cards)
  const card_type = selection.card_type ?? 'CREDIT'
  if (!cardTypes.includes(card_type)) return outside('card_type', card_type, [`CREDIT with instalments`])
  const month = selection.install_month ?? (card_type === 'CHECK' ? 0 : (payment.install_month ?? 0))
  if (!months.includes(month)) return outside('install_month', month, [monthsAllowed(months)])
  if (card_type === 'CHECK' && month > 0) return outside('install_month', month, ['0 with a check card'])
  return {
    payment_method_type: 'CARD',
    card,
    card_type,
    install_month: month,
    interest_free_install: selection.interest_free_install ?? 'N',
  }
}

const monthsAllowed = (months: readonly number[]) =>
  months.length === 1 ? String(months[0]) : `${months[0]} to ${months.at(-1)}`

const preselected = (payment: Payment, selection: Selection): Method => {
  if (payment.payment_method_type !== null) return payment.payment_method_type
  const { card, card_type, install_month, interest_free_install } = selection
  const ofSelection = card ?? card_type ?? install_month ?? interest_free_install
  const aboutCards = ofSelection ?? payment.install_month ?? payment.available_cards?.[0]
  return aboutCards === undefined ? 'MONEY' : 'CARD'
}

const outside = (field: string, value: string | number, allowed: readonly string[]): ChoiceRefusal =>
  refuse('choice-not-allowed', 'payer.choice', { field, value, allowed: allowed.join(', ') })
