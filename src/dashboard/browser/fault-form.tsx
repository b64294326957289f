import { ActForm, act } from './acts.tsx'
import { type FaultType, type Refusal, request } from './api.ts'
import { type Mode, modeOfFault, modes, type Preset, presets } from './fault-modes.ts'
import { blank, bodyOf, type Values, whens } from './fault-rule.ts'
import { Field, Select, useFields } from './fields.tsx'
import { Evidence, HttpStatus, Prose, Wording } from './marks.tsx'
import { lists, t, textOr } from './page-data.ts'

type Fields = ReturnType<typeof useFields<Values>>

interface Props {
  readonly tid: string
  readonly types: readonly FaultType[]
  readonly refusals: readonly Refusal[]
}

export const FaultForm = ({ tid, types, refusals }: Props) => {
  const fields = useFields<Values>({ ...blank, tid })
  const { values, of } = fields
  const mode = modeOfFault(values.fault)
  const type = types.find(({ name }) => name === values.fault)
  const params = type ? paramsOf(type) : []
  const inMode = types.filter(({ name }) => modeOfFault(name) === mode)
  const arm = act({
    id: 'arm',
    label: t('faults.arm'),
    tone: 'primary',
    request: request('post', '/_mock/faults', { body: bodyOf(values, params) as never }),
    after: () => fields.set(blank),
  })
  return (
    <ActForm id="arm" act={arm}>
      <Presets onChoose={(preset) => fields.set({ ...blank, tid: values.tid, ...preset.fields } as Values)} />
      <h2>{t('faults.what')}</h2>
      <ModeChoice
        mode={mode}
        onChoose={(chosen) => {
          const first = types.find(({ name }) => modeOfFault(name) === chosen)
          if (first) fields.set({ fault: first.name })
        }}
      />
      {inMode.length > 1 && (
        <Select {...of('fault')} label={t('faults.fault')} options={inMode.map(({ name }) => [name, name] as const)} />
      )}
      {type && (
        <p class="note" data-testid="fault-text">
          <Prose text={textOr(`fault.${type.name}`, type.summary)} /> <b>{textOr(`money.${type.money}`, type.money)}</b>
        </p>
      )}
      {params.includes('refusal') && <RefusalField fields={fields} refusals={refusals} />}
      <div class="fields">
        {params.map((name) => (
          <ParamFields key={name} name={name} of={of} values={valuesOf(type, name)} />
        ))}
      </div>
      <WhenFields fields={fields} />
      <MatchFields of={of} isPayer={mode === 'payer'} />
    </ActForm>
  )
}

/** Rules in words; one that is chosen fills the form. */
const Presets = ({ onChoose }: { onChoose: (preset: Preset) => void }) => (
  <fieldset class="chips">
    <legend>{t('faults.presets')}</legend>
    {presets.map((preset) => (
      <button
        key={preset.id}
        type="button"
        class="chip"
        data-testid={`preset-${preset.id}`}
        onClick={() => onChoose(preset)}
      >
        {t(`preset.${preset.id}`)}
      </button>
    ))}
  </fieldset>
)

const ModeChoice = ({ mode, onChoose }: { mode: Mode; onChoose: (mode: Mode) => void }) => (
  <fieldset class="modes">
    <legend class="unseen">{t('faults.what')}</legend>
    {modes.map((one) => (
      <label key={one}>
        <input type="radio" name="mode" checked={one === mode} onChange={() => onChoose(one)} />
        <span>{t(`mode.${one}`)}</span>
      </label>
    ))}
  </fieldset>
)

const WhenFields = ({ fields: { values, of } }: { fields: Fields }) => (
  <>
    <h2>{t('faults.when')}</h2>
    <div class="fields">
      <Select {...of('when')} label={t('faults.howOften')} options={whens.map((name) => [name, t(`when.${name}`)])} />
      {(values.when === 'nextN' || values.when === 'every') && <Field {...of('n')} label="n" type="number" min={1} />}
      {values.when === 'probability' && (
        <Field {...of('probability')} label={t('faults.probability')} type="number" min={0.01} step={0.01} />
      )}
    </div>
  </>
)

/** The payer has no call to choose. */
const MatchFields = ({ of, isPayer }: { of: Fields['of']; isPayer: boolean }) => (
  <>
    <h2>{t('faults.which')}</h2>
    <div class="fields">
      {!isPayer && (
        <Select
          {...of('call')}
          label={t('journal.call')}
          options={[
            ['', t('journal.anyCall')],
            ...lists.calls.filter((name) => name !== 'payer').map((name) => [name, name] as const),
          ]}
        />
      )}
      <Field {...of('order_id')} label="partner_order_id" placeholder="order-*" />
      <Field {...of('tid')} label="tid" />
      <Field {...of('cid')} label="cid" />
      <Field {...of('amount')} label={t('faults.amount')} type="number" min={0} />
      <Field {...of('name')} label={t('faults.name')} />
    </div>
  </>
)

const paramsOf = ({ params }: FaultType): string[] =>
  Object.keys((params as { properties?: object } | null)?.properties ?? {}).filter((name) => name !== 'fault')

const valuesOf = (type: FaultType | undefined, name: string): readonly string[] =>
  (type?.params as { properties?: Record<string, { enum?: string[] }> } | null)?.properties?.[name]?.enum ?? []

const DURATIONS = '500ms, 3s, 1m'

interface ParamProps {
  readonly name: string
  readonly of: Fields['of']
  /** Those it takes, where they are few. */
  readonly values: readonly string[]
}

const ParamFields = ({ name, of, values }: ParamProps) => {
  switch (name) {
    case 'refusal':
      return null
    case 'preset':
      return (
        <Select
          {...of('preset')}
          label={t('faults.preset')}
          options={[['', t('faults.noPreset')], ...values.map((value) => [value, value] as const)]}
        />
      )
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
