import { catalogue, type Refusal, type Rule } from './api.ts'
import { Filters, QuerySelect, SearchBox } from './fields.tsx'
import { Loaded } from './loaded.tsx'
import { Empty, Evidence, HttpStatus, OurWording, Said, Title, Wording } from './marks.tsx'
import { lists, said, t, textOr } from './page-data.ts'
import { route } from './route.ts'

/** Every refusal and every rule, each with how well it is known. */
export const refusalsView = () => (
  <Loaded
    id=""
    load={async () => ({
      ...(await catalogue('/_mock/refusals')),
      ...(await catalogue('/_mock/rules')),
    })}
    watch={[]}
  >
    {({ refusals, rules }) => <Catalogue refusals={refusals} rules={rules} />}
  </Loaded>
)

/** Everything that is shown of it, in both languages. */
const searchable = (one: Refusal | Rule): string =>
  `${JSON.stringify(one)} ${'sentence' in one ? said(one.sentence) : textOr(`refusal.${one.name}`, '')}`

const Catalogue = ({ refusals, rules }: { refusals: readonly Refusal[]; rules: readonly Rule[] }) => {
  const { query } = route.value
  const text = (query.get('text') ?? '').toLowerCase()
  const grade = query.get('evidence') ?? ''
  const fits = (one: Refusal | Rule) =>
    (grade === '' || one.evidence === grade) && (text === '' || searchable(one).toLowerCase().includes(text))
  const foundRefusals = refusals.filter(fits)
  const foundRules = rules.filter(fits)
  return (
    <div class="page">
      <Title count={foundRefusals.length}>{t('nav.refusals')}</Title>
      <p class="lead">{t('refusals.lead')}</p>
      <Legend />
      <Filters>
        <SearchBox name="text" label={t('refusals.search')} />
        <QuerySelect
          name="evidence"
          label={t('refusals.grade')}
          options={[
            ['', t('refusals.anyGrade')],
            ...lists.grades.map((name) => [name, t(`evidence.${name}`)] as const),
          ]}
        />
      </Filters>
      {foundRefusals.length + foundRules.length === 0 && <Empty text={t('nothingFound')} />}
      {foundRefusals.length > 0 && (
        <ul class="catalogue" data-testid="refusals">
          {foundRefusals.map((one) => (
            <RefusalItem key={one.name} of={one} />
          ))}
        </ul>
      )}
      {foundRules.length > 0 && (
        <>
          <h2>
            {t('refusals.rules')}
            <span class="count">{foundRules.length}</span>
          </h2>
          <ul class="catalogue" data-testid="rules">
            {foundRules.map((one) => (
              <RuleItem key={one.id} of={one} />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

const Legend = () => (
  <dl class="legend">
    {lists.grades.map((grade) => (
      <div key={grade}>
        <dt>
          <Evidence grade={grade} />
        </dt>
        <dd>{t(`evidence.${grade}.long`)}</dd>
      </div>
    ))}
    <div>
      <dt>
        <OurWording />
      </dt>
      <dd>{t('wording.ours.long')}</dd>
    </div>
  </dl>
)

const RefusalItem = ({ of: one }: { of: Refusal }) => (
  <li>
    <p class="codes">
      <b class="mono">{one.error_code}</b>
      <HttpStatus status={one.status} />
    </p>
    <div>
      <h3>{one.name}</h3>
      <p>{textOr(`refusal.${one.name}`, one.when)}</p>
      <p>
        <q>{one.error_message}</q>
      </p>
      {one.extras && <p class="mono small">{JSON.stringify(one.extras)}</p>}
    </div>
    <p class="grades">
      <Evidence grade={one.evidence} />
      <Wording of={one} />
      <small>{one.source}</small>
    </p>
  </li>
)

const RuleItem = ({ of: one }: { of: Rule }) => (
  <li>
    <p class="codes">
      <b>{one.level.toUpperCase()}</b>
    </p>
    <div>
      <h3>{one.id}</h3>
      <p>
        <Said text={one.sentence} />
      </p>
      <p>
        {textOr(`refusal.${one.refusal}`, '')}{' '}
        <a href={`#/refusals?text=${encodeURIComponent(one.refusal)}`}>{one.refusal}</a>
      </p>
    </div>
    <p class="grades">
      <Evidence grade={one.evidence} />
      <small>{one.source}</small>
    </p>
  </li>
)
