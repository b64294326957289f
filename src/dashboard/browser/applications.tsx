import { signal } from '@preact/signals'
import { type Act, ActForm, Acts, act } from './acts.tsx'
import { type Application, get, type Issued, request } from './api.ts'
import { CopyButton } from './code.tsx'
import { Field, Select, Tick, useFields } from './fields.tsx'
import { fullTime } from './format.ts'
import { Loaded } from './loaded.tsx'
import { Empty, Title, Untrusted } from './marks.tsx'
import { t } from './page-data.ts'

/** The key that was issued last. No other answer has it, so it stays until the page is left. */
const issued = signal<Issued | undefined>(undefined)

const show = (application: Issued) => {
  issued.value = application
}

/** What KakaoPay's developer centre does: register, issue a key anew, switch the API, list the domains. */
export const applicationsView = () => (
  <Loaded id="" load={() => get('/_mock/applications')} watch={['application', 'reset']}>
    {({ applications, any_key_works }) => (
      <div class="page">
        <Title count={applications.length}>{t('nav.applications')}</Title>
        <p class="lead">{t(any_key_works ? 'applications.anyKey' : 'applications.theirKeys')}</p>
        {issued.value && <IssuedKey of={issued.value} />}
        <div class="columns">
          <section aria-label={t('applications.register')}>
            <RegisterForm />
          </section>
          <section aria-label={t('nav.applications')}>
            {applications.length === 0 && <Empty text={t('applications.empty')} />}
            <ul class="cards" data-testid="applications">
              {applications.map((one) => (
                <li key={one.id} class="card">
                  <Card of={one} />
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
    )}
  </Loaded>
)

const IssuedKey = ({ of: { name, secret_key } }: { of: Issued }) => (
  <div class="secret" role="status" data-testid="issued">
    <p>
      {t('applications.issued')} <Untrusted>{name}</Untrusted>
    </p>
    <code data-testid="secret-key">{secret_key}</code>
    <CopyButton text={secret_key} />
  </div>
)

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

interface Input extends Record<string, string | boolean> {
  name: string
  checked: 'any' | 'listed'
  domains: string
  schemes: string
  payment_api: boolean
}

const blank: Input = { name: '', checked: 'any', domains: '', schemes: '', payment_api: true }

type Fields = ReturnType<typeof useFields<Input>>

const bodyOf = ({ name, checked, domains, schemes }: Input) => ({
  name,
  web_domains: checked === 'any' ? null : lines(domains),
  app_schemes: lines(schemes),
})

const NameAndDomains = ({ fields: { values, of } }: { fields: Fields }) => (
  <>
    <Field {...of('name')} label={t('applications.name')} required maxLength={100} />
    <Select
      {...of('checked')}
      label={t('applications.domains')}
      options={[
        ['any', t('applications.unchecked')],
        ['listed', t('applications.listed')],
      ]}
    />
    {values.checked === 'listed' && (
      <Field
        {...of('domains')}
        label={t('applications.domainList')}
        rows={3}
        placeholder={'https://shop.example\nhttps://*.shop.example\nhttp://localhost:3000'}
      />
    )}
    <Field {...of('schemes')} label={t('applications.schemes')} rows={2} placeholder="myapp://" />
  </>
)

const RegisterForm = () => {
  const fields = useFields(blank)
  const register = act({
    id: 'register',
    label: t('applications.register'),
    tone: 'primary',
    request: request('post', '/_mock/applications', {
      body: { ...bodyOf(fields.values), payment_api: fields.values.payment_api },
    }),
    after: (answer) => {
      show(answer)
      fields.reset()
    },
  })
  return (
    <ActForm id="register" act={register}>
      <h2>{t('applications.register')}</h2>
      <NameAndDomains fields={fields} />
      <Tick {...fields.of('payment_api')} label={t('applications.api')} />
    </ActForm>
  )
}

const Card = ({ of: one }: { of: Application }) => (
  <>
    <h3>
      <Untrusted>{one.name}</Untrusted>
      <code>{one.secret_key}</code>
      <span class={one.payment_api ? 'flag good' : 'flag fault'}>
        {t(one.payment_api ? 'applications.on' : 'applications.off')}
      </span>
    </h3>
    <p>
      {one.namespace} · {fullTime(one.created_at)}
      {one.configured && ` · ${t('applications.configured')}`}
    </p>
    <p class="settings">
      {[...(one.web_domains ?? [t('applications.unchecked')]), ...one.app_schemes].map((text) => (
        <code key={text}>
          <Untrusted>{text}</Untrusted>
        </code>
      ))}
    </p>
    <Acts acts={actsOf(one)} />
    <details>
      <summary>{t('applications.change')}</summary>
      <ChangeForm of={one} />
    </details>
  </>
)

const actsOf = ({ id, payment_api }: Application): readonly Act[] => [
  act({
    id: 'reissue',
    label: t('applications.reissue'),
    confirm: t('applications.reissueSure'),
    request: request('post', '/_mock/applications/{id}/reissue', { params: { id }, body: {} as never }),
    after: show,
  }),
  act({
    id: 'switch-api',
    label: t(payment_api ? 'applications.switchOff' : 'applications.switchOn'),
    request: request('patch', '/_mock/applications/{id}', { params: { id }, body: { payment_api: !payment_api } }),
  }),
  act({
    id: 'remove-application',
    label: t('remove'),
    tone: 'danger',
    confirm: t('applications.removeSure'),
    request: request('delete', '/_mock/applications/{id}', { params: { id } }),
  }),
]

const ChangeForm = ({ of: one }: { of: Application }) => {
  const fields = useFields<Input>({
    ...blank,
    name: one.name,
    checked: one.web_domains === null ? 'any' : 'listed',
    domains: (one.web_domains ?? []).join('\n'),
    schemes: one.app_schemes.join('\n'),
  })
  const save = act({
    id: 'save',
    label: t('save'),
    tone: 'primary',
    request: request('patch', '/_mock/applications/{id}', { params: { id: one.id }, body: bodyOf(fields.values) }),
  })
  return (
    <ActForm id={`change-${one.id}`} act={save}>
      <NameAndDomains fields={fields} />
    </ActForm>
  )
}
