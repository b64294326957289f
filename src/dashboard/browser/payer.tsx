import { type Act, Acts, act } from './acts.tsx'
import { type Payment, request } from './api.ts'
import { Select, Tick, useFields } from './fields.tsx'
import { lists, t } from './page-data.ts'

type Action = 'send_message' | 'open' | 'select_method' | 'approve' | 'cancel' | 'fail' | 'expire'
type Status = (typeof lists.statuses)[number]

const unpaid: readonly string[] = [
  'READY',
  'SEND_TMS',
  'OPEN_PAYMENT',
  'SELECT_METHOD',
  'ARS_WAITING',
  'AUTH_PASSWORD',
] satisfies Status[]

export const isUnpaid = (status: string): boolean => unpaid.includes(status)

const MAX_INSTALMENTS = 12

type Choice = {
  readonly method: '' | 'CARD' | 'MONEY'
  readonly card: string
  readonly months: string
  readonly follow: boolean
}

const noChoice: Choice = { method: '', card: '', months: '', follow: false }

type ChoiceInputs = Pick<ReturnType<typeof useFields<Choice>>, 'values' | 'of'>

/** How the payer pays. */
const ChoiceFields = ({ values, of }: ChoiceInputs) => (
  <div class="fields">
    <Select
      {...of('method')}
      label={t('payer.method')}
      options={[
        ['', t('payer.asAllowed')],
        ['MONEY', t('payer.MONEY')],
        ['CARD', t('payer.CARD')],
      ]}
    />
    {values.method === 'CARD' && (
      <>
        <Select
          {...of('card')}
          label={t('payer.card')}
          options={[
            ['', t('payer.asAllowed')],
            ...lists.cards.map(({ code, name }) => [code, `${name} ${code}`] as const),
          ]}
        />
        <Select {...of('months')} label={t('payer.months')} options={[['', t('payer.asAllowed')], ...months]} />
      </>
    )}
    <Tick {...of('follow')} label={t('payer.follow')} />
  </div>
)

/** What the payer can do with a payment, as the payer's page does it. */
export const PayerActs = ({ payment }: { payment: Payment }) => {
  const { values, of } = useFields({ ...noChoice })
  const isOver = payment.expired || !isUnpaid(payment.status)
  const does = (id: 'pay' | 'quit' | 'fail' | 'expire' | 'message' | 'open' | 'select', action: Action): Act =>
    act({
      id,
      label: t(`payer.${id}`),
      request: request('post', '/_mock/payments/{tid}/payer', {
        params: { tid: payment.tid },
        body: { action, ...choiceOf(action, values) },
      }),
    })
  return (
    <section class="block" aria-labelledby="payer-title">
      <h3 id="payer-title">{t('payer.title')}</h3>
      {!isOver && /^https?:/.test(payment.redirect_url) && (
        <p>
          <a class="button primary" href={payment.redirect_url} target="_blank" rel="noopener noreferrer">
            {t('payer.page')}
          </a>
        </p>
      )}
      {isOver ? (
        <p class="note">{t('payer.over')}</p>
      ) : (
        <>
          <ChoiceFields values={values} of={of} />
          {/* Once the payer has authenticated, the browser was sent on: nothing can be cancelled any more. */}
          <Acts
            acts={[
              does('pay', 'approve'),
              ...(payment.status === 'AUTH_PASSWORD' ? [] : [does('quit', 'cancel'), does('fail', 'fail')]),
              does('expire', 'expire'),
            ]}
          />
          {payment.status !== 'AUTH_PASSWORD' && (
            <details>
              <summary>{t('payer.steps')}</summary>
              <Acts acts={[does('message', 'send_message'), does('open', 'open'), does('select', 'select_method')]} />
            </details>
          )}
        </>
      )}
      <p class="links">
        <a href={`#/faults?tid=${payment.tid}`}>{t('payer.arm')}</a>
        <a href={`#/journal?tid=${payment.tid}`}>{t('payer.journal')}</a>
      </p>
    </section>
  )
}

const months = Array.from({ length: MAX_INSTALMENTS + 1 }, (_, n) => [String(n), String(n)] as const)

const choiceOf = (action: Action, { method, card, months: chosen, follow }: Choice) => {
  const isChoosing = action === 'approve' || action === 'select_method'
  const isCard = isChoosing && method === 'CARD'
  return {
    method: (isChoosing && method) || undefined,
    card: (isCard && card) || undefined,
    install_month: isCard && chosen !== '' ? Number(chosen) : undefined,
    follow: follow || undefined,
  }
}
