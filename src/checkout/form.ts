import type { Selection } from '../payment/options.ts'
import type { Screen } from './screen.ts'

/** A form sends every field; what belongs to a card is ignored when another method is chosen. */
export const selectionOf = (form: URLSearchParams): Selection => {
  const method = form.get('method')
  const amounts = { point: numberIn(form, 'point'), discount: numberIn(form, 'discount') }
  if (method !== 'CARD') return method === 'MONEY' ? { method, ...amounts } : {}
  const isCheck = form.get('card_type') === 'CHECK'
  return {
    method,
    card: form.get('card') ?? undefined,
    card_type: isCheck ? 'CHECK' : 'CREDIT',
    install_month: isCheck ? undefined : numberIn(form, 'install_month'),
    interest_free_install: form.get('interest_free_install') === 'Y' && !isCheck ? 'Y' : 'N',
    ...amounts,
  }
}

/** An empty field counts as absent. A text that is no number becomes NaN, which every range check refuses. */
const numberIn = (form: URLSearchParams, name: string): number | undefined => {
  const text = form.get(name)
  return text === null || text === '' ? undefined : Number(text)
}

export const messageProblem = (
  form: URLSearchParams,
  { words }: Screen,
): Pick<Screen, 'problem' | 'typed'> | undefined => {
  const typed = {
    phoneNumber: (form.get('phoneNumber') ?? '').slice(0, 20),
    dateOfBirth: (form.get('dateOfBirth') ?? '').slice(0, 10),
  }
  if (!/^\d{9,11}$/.test(typed.phoneNumber.replace(/[-\s]/g, '')))
    return { typed, problem: { field: 'phoneNumber', text: words.badPhoneNumber } }
  if (!/^\d{6}$/.test(typed.dateOfBirth))
    return { typed, problem: { field: 'dateOfBirth', text: words.badDateOfBirth } }
  return undefined
}
