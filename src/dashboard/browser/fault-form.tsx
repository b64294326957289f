import { ActForm, act } from './acts.tsx'
import { type FaultRule, type FaultType, type Refusal, request, scope } from './api.ts'
import { Field, Select, useFields } from './fields.tsx'
import { Evidence, HttpStatus, Wording } from './marks.tsx'
import { lists, t, textOr } from './page-data.ts'

const blank = {
  fault: 'refuse',
  when: 'next' as 'next' | 'nextN' | 'every' | 'always',
  n: '3',
  call: '',
  cid: '',
  order_id: '',
  tid: '',
  amount: '',
  name: '',
  refusal: 'approval-failure',
  method_result_code: '',
  method_result_message: '',
  ms: '',
  bytes: '',
  status: '',
  fixed: '',
  from: '',
  to: '',
  mean: '',
  deviation: '',
}

type Values = typeof blank
type Fields = ReturnType<typeof useFields<Values>>

interface Props {
  readonly tid: string
  readonly types: readonly FaultType[]
  readonly refusals: readonly Refusal[]
}

export const FaultForm = ({ tid, types, refusals }: Props) => {
  const fields = useFields<Values>({ ...blank, tid })
  const { values, of } = fields
  const type = types.find(({ name }) => name === values.fault)
  const params = type ? paramsOf(type) : []
  const arm = act({
    id: 'arm',
    label: t('faults.arm'),
    tone: 'primary',
    request: request('post', '/_mock/faults', { body: bodyOf(values, params) as never }),
    after: () => fields.set(blank),
  })
  return (
    <ActForm id="arm" act={arm}>
      <h2>{t('faults.what')}</h2>
      <Select {...of('fault')} label={t('faults.fault')} options={types.map(({ name }) => [name, name])} />
      {type && (
        <p class="note">
          {textOr(`fault.${type.name}`, type.summary)} <b>{textOr(`money.${type.money}`, type.money)}</b>
        </p>
      )}
      {params.includes('refusal') && <RefusalField fields={fields} refusals={refusals} />}
      <div class="fields">
        {params.map((name) => (
          <ParamFields key={name} name={name} of={of} />
        ))}
      </div>
      <h2>{t('faults.when')}</h2>
      <div class="fields">
        <Select
          {...of('when')}
          label={t('faults.howOften')}
          options={(['next', 'nextN', 'every', 'always'] as const).map((name) => [name, t(`when.${name}`)])}
        />
        {(values.when === 'nextN' || values.when === 'every') && <Field {...of('n')} label="n" type="number" min={1} />}
      </div>
      <h2>{t('faults.which')}</h2>
      <div class="fields">
        <Select
          {...of('call')}
          label={t('journal.call')}
          options={[['', t('journal.anyCall')], ...lists.calls.map((name) => [name, name] as const)]}
        />
        <Field {...of('order_id')} label="partner_order_id" placeholder="order-*" />
        <Field {...of('tid')} label="tid" />
        <Field {...of('cid')} label="cid" />
        <Field {...of('amount')} label={t('faults.amount')} type="number" min={0} />
        <Field {...of('name')} label={t('faults.name')} />
      </div>
    </ActForm>
  )
}

const paramsOf = ({ params }: FaultType): string[] =>
  Object.keys((params as { properties?: object } | null)?.properties ?? {}).filter((name) => name !== 'fault')

const DURATIONS = '500ms, 3s, 1m'

const ParamFields = ({ name, of }: { name: string; of: Fields['of'] }) => {
  switch (name) {
    case 'refusal':
      return null
    case 'uniform':
      return (
        <>
          <Field {...of('from')} label={t('param.from')} placeholder={DURATIONS} />
          <Field {...of('to')} label={t('param.to')} placeholder={DURATIONS} />
        </>
      )
    case 'normal':
      return (
        <>
          <Field {...of('mean')} label={t('param.mean')} placeholder={DURATIONS} />
          <Field {...of('deviation')} label={t('param.deviation')} placeholder={DURATIONS} />
        </>
      )
    case 'ms':
    case 'fixed':
      return <Field {...of(name)} label={t(`param.${name}`)} placeholder={DURATIONS} />
    default:
      return name in blank ? <Field {...of(name as keyof Values)} label={name} /> : null
  }
}

const RefusalField = ({ fields: { values, of }, refusals }: { fields: Fields; refusals: readonly Refusal[] }) => {
  const found = refusals.find(({ name }) => name === values.refusal)
  const none = values.fault === 'refuse' ? [] : [['', t('faults.defaultRefusal')] as const]
  return (
    <>
      <Select
        {...of('refusal')}
        label={t('faults.refusal')}
        options={[...none, ...refusals.map(({ name, error_code }) => [name, `${error_code}  ${name}`] as const)]}
      />
      {found && (
        <p class="preview" data-testid="refusal-preview">
          <HttpStatus status={found.status} /> <code>{found.error_code}</code> <q>{found.error_message}</q>{' '}
          <Evidence grade={found.evidence} /> <Wording of={found} />
        </p>
      )}
    </>
  )
}

/** The body as small as it can be, so that the curl reads as one would write it by hand. */
const bodyOf = (values: Values, params: readonly string[]) => {
  const match = matchOf(values)
  return {
    name: values.name || undefined,
    ...scope(),
    match: Object.keys(match).length > 0 ? match : undefined,
    when: whenOf(values),
    do: { fault: values.fault, ...paramValues(values, params) },
  }
}

const matchOf = ({ call, cid, order_id, tid, amount }: Values): FaultRule['match'] => ({
  ...(call && { call }),
  ...(cid && { cid }),
  ...(order_id && { order_id }),
  ...(tid && { tid }),
  ...(amount && { amount: Number(amount) }),
})

const whenOf = ({ when, n }: Values): FaultRule['when'] =>
  when === 'nextN' ? { next: Number(n) } : when === 'every' ? { every: Number(n) } : when

const numbers = ['bytes', 'status']

const paramValues = (values: Values, params: readonly string[]) => {
  const { from, to, mean, deviation } = values
  const given = (name: string) => {
    if (name === 'uniform') return from && to ? [from, to] : undefined
    if (name === 'normal') return mean ? { mean, deviation: deviation || '0ms' } : undefined
    const text = values[name as keyof Values]
    return numbers.includes(name) ? (text ? Number(text) : undefined) : text || undefined
  }
  return Object.fromEntries(params.map((name) => [name, given(name)]))
}
