import { createMock } from '../../../src/mock.ts'
import { answering, type Body, callOf, distort, type Mutant, parsed, refusal, settled } from './disguise.ts'

const money = (body: Body, key: string, change: (amount: Record<string, number>) => Record<string, number>): Body =>
  body[key] === undefined
    ? body
    : { ...body, [key]: { ...(body[key] as Body), ...change(body[key] as Record<string, number>) } }

const taxable = (body: Body) => Number(body['total_amount']) - Number(body['tax_free_amount'] ?? 0)
const noVat = { total: 0, tax_free: 0, vat: 0, point: 0, discount: 0, green_deposit: 0 }

/** Wrong in how it counts. */
export const amounts: Readonly<Record<string, Mutant>> = {
  'floor-vat': {
    wrong: 'cuts the default VAT instead of rounding it',
    asked: ['approve/vat'],
    serve: distort((body, call) =>
      call === 'ready' && body['vat_amount'] == null ? { ...body, vat_amount: Math.floor(taxable(body) / 11) } : body,
    ),
  },
  'ceiling-vat': {
    wrong: 'rounds the default VAT up',
    asked: ['approve/vat'],
    serve: distort((body, call) =>
      call === 'ready' && body['vat_amount'] == null ? { ...body, vat_amount: Math.ceil(taxable(body) / 11) } : body,
    ),
  },
  'ten-percent': {
    wrong: 'takes a tenth of the total as VAT',
    asked: ['approve/vat', 'order/paid', 'cancel/full'],
    serve: distort((body, call) =>
      call === 'ready' && body['vat_amount'] == null ? { ...body, vat_amount: Math.round(taxable(body) / 10) } : body,
    ),
  },
  'taxes-everything': {
    wrong: 'works the VAT out of the tax-free amount too',
    asked: ['approve/vat'],
    serve: answering(['approve', 'order', 'cancel'], (body) =>
      money(body, 'amount', ({ total = 0, tax_free = 0, vat = 0 }) => ({
        vat: tax_free > 0 ? Math.round(total / 11) : vat,
      })),
    ),
  },
  'own-vat': {
    wrong: 'ignores the VAT that the merchant states',
    asked: ['ready/vat_amount', 'approve/vat', 'cancel/vat', 'subscription/later'],
    serve: distort(({ vat_amount: _, ...body }) => body),
  },
  'eleventh-only': {
    wrong: 'refuses a VAT that is not the eleventh',
    asked: ['ready/vat_amount', 'approve/vat', 'subscription/later'],
    serve: (config) => {
      const mock = createMock(config)
      return async (request) => {
        const body = parsed(await request.clone().text())
        const { vat_amount } = body
        if (vat_amount != null && Math.round(taxable(body) / 11) !== Number(vat_amount))
          return refusal(-722, 'amount information is wrong!')
        return mock.fetch(request)
      }
    },
  },
  'no-deposit': {
    wrong: 'forgets the cup deposit',
    asked: ['ready/green_deposit', 'approve/green_deposit', 'cancel/green_deposit'],
    serve: distort(({ green_deposit: _, ...body }) => body),
  },
  clamper: {
    wrong: 'cuts a cancel’s VAT to what is left, unasked',
    asked: ['cancel/vat'],
    serve: settled({ vatRemainder: 'clamp' }),
  },
  'never-clamps': {
    wrong: 'refuses the VAT even where it is to be cut',
    asked: ['cancel/vat'],
    serve: settled({ vatRemainder: 'refuse' }),
  },
  'still-available': {
    wrong: 'leaves cancel_available_amount as it was',
    asked: ['cancel/full', 'cancel/part', 'order/'],
    serve: answering(['cancel', 'order'], (body) => ({ ...body, cancel_available_amount: body['amount'] })),
  },
  'forgets-cancels': {
    wrong: 'tells only the last cancel as canceled_amount',
    asked: ['cancel/part'],
    serve: answering(['cancel'], (body) => ({ ...body, canceled_amount: body['approved_cancel_amount'] })),
  },
  'no-vat-back': {
    wrong: 'gives the VAT back to nobody',
    asked: ['cancel/full', 'cancel/part'],
    serve: answering(['cancel'], (body) => money(body, 'approved_cancel_amount', () => ({ vat: 0 }))),
  },
  'only-whole': {
    wrong: 'refuses every partial cancel',
    asked: ['cancel/part', 'order/part'],
    serve: (config) => {
      const mock = createMock(config)
      return async (request) => {
        const body = parsed(await request.clone().text())
        const part = callOf(request) === 'cancel' && Number(body['cancel_amount']) < 2200
        return part ? refusal(-784, 'payment is not in a cancelable state!') : mock.fetch(request)
      }
    },
  },
  'always-part': {
    wrong: 'calls every cancel a partial one',
    asked: ['cancel/full', 'cancel/part'],
    serve: answering(['cancel'], (body) => ({ ...body, status: 'PART_CANCEL_PAYMENT' })),
  },
  'cancels-nothing': {
    wrong: 'answers a cancel and gives nothing back',
    asked: ['order/', 'cancel/state'],
    serve: answering(['order'], (body) => ({ ...body, canceled_amount: noVat, status: 'SUCCESS_PAYMENT' })),
  },
}
