import type { Payment } from './api.ts'
import { signed, won } from './format.ts'
import { Time } from './marks.tsx'
import { grouped, t } from './page-data.ts'

type Line = Payment['ledger'][number]
type Amounts = Line['left']

const columns = ['ledger.what', 'ledger.total', 'ledger.taxFree', 'ledger.vat', 'ledger.left'] as const

/** The amounts of one payment, line by line, with the arithmetic written out so that a reader can check it. */
export const Ledger = ({ lines }: { lines: readonly Line[] }) => (
  <section class="block" aria-labelledby="ledger-title">
    <h3 id="ledger-title">
      {t('ledger.title')}
      <span class="count">{t('ledger.unit')}</span>
    </h3>
    <section class="scrolls" tabIndex={0} aria-labelledby="ledger-title">
      <table class="ledger" data-testid="ledger">
        <thead>
          <tr>
            {columns.map((key, i) => (
              <th key={key} scope="col" class={i > 0 ? 'number' : ''}>
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, i) => (
            <Rows key={i} line={line} before={lines[i - 1]?.left} />
          ))}
        </tbody>
      </table>
    </section>
  </section>
)

const Rows = ({ line, before }: { line: Line; before: Amounts | undefined }) => {
  const sign = line.type === 'CANCEL' ? -1 : 1
  return (
    <>
      <tr class={line.type === 'CANCEL' ? 'gives-back' : ''}>
        <th scope="row">
          {t(`ledger.${line.type}`)}{' '}
          <small>
            <Time at={line.at} />
          </small>
        </th>
        <td class="number">{signed(sign * line.moved.total)}</td>
        <td class="number">{signed(sign * line.moved.tax_free)}</td>
        <td class="number">{signed(sign * line.moved.vat)}</td>
        {line.type === 'ORDER' ? <td class="number">–</td> : <td class="number left">{signed(line.left.total)}</td>}
      </tr>
      <tr class="sum">
        <td colSpan={5}>
          <VatStep line={line} />
          {line.type === 'CANCEL' && before && <LeftStep moved={line.moved} before={before} left={line.left} />}
        </td>
      </tr>
    </>
  )
}

const VAT_DIVISOR = 11

const fixed = (n: number) => {
  const [whole, fraction] = n.toFixed(2).split('.')
  return fraction === '00' ? grouped(Number(whole)) : `${grouped(Number(whole))}.${fraction}`
}

const VatStep = ({ line }: { line: Line }) => {
  const { total, tax_free, vat } = line.moved
  const exact = (total - tax_free) / VAT_DIVISOR
  const divided = Math.round(exact)
  const rounded = Number.isInteger(exact) ? '' : ` → ${grouped(divided)}`
  // A cancel of all that is left takes the rest of the VAT too, whatever the division says.
  const takesRest = line.type === 'CANCEL' && line.left.total === 0
  return (
    <span class="step" title={line.vat}>
      <b>
        {t('ledger.vat')} {won(vat)}
      </b>{' '}
      <span class="mono">
        {`(${grouped(total)} − ${grouped(tax_free)}) ÷ ${VAT_DIVISOR} = ${fixed(exact)}${rounded}`}
      </span>
      {vat !== divided && <em> {t(takesRest ? 'ledger.restVat' : 'ledger.statedVat')}</em>}
    </span>
  )
}

const kinds = [
  ['ledger.total', 'total'],
  ['ledger.taxFree', 'tax_free'],
  ['ledger.vat', 'vat'],
] as const

/** What a cancel leaves: of the total, the tax-free part and the VAT. */
export const LeftStep = ({ moved, before, left }: { moved: Amounts; before: Amounts; left: Amounts }) => (
  <span class="step">
    <b>{t('ledger.leftAfter')}</b>{' '}
    <span class="mono">
      {kinds
        .map(([word, name]) => `${t(word)} ${grouped(before[name])} − ${grouped(moved[name])} = ${grouped(left[name])}`)
        .join(' · ')}
    </span>
  </span>
)
