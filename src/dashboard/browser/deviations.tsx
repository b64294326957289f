import { type Answer, get } from './api.ts'
import { clockTime } from './format.ts'
import { Loaded } from './loaded.tsx'
import { Empty, Evidence, Title, Untrusted } from './marks.tsx'
import { t } from './page-data.ts'

type Deviation = Answer<'/_mock/deviations'>['deviations'][number]

/** Where the server behind --relay behaves otherwise than the contract. */
export const deviationsView = () => (
  <Loaded id="" load={() => get('/_mock/deviations')} watch={['call', 'reset']}>
    {({ relay, deviations, dropped }) => (
      <div class="page">
        <Title count={deviations.length}>{t('nav.deviations')}</Title>
        <p class="lead">{t('deviations.lead')}</p>
        {dropped > 0 && <p class="note warning">{t('deviations.dropped', { n: dropped })}</p>}
        {deviations.length > 0 ? (
          <Table of={deviations} />
        ) : relay ? (
          <Empty text={t('deviations.none')} hint={t('deviations.noneHint')} />
        ) : (
          <Empty text={t('deviations.off')} hint={<code>serve --relay https://open-api.kakaopay.com</code>} />
        )}
      </div>
    )}
  </Loaded>
)

const columns = [
  'deviations.call',
  'deviations.rule',
  'deviations.at',
  'deviations.expected',
  'deviations.actual',
  'deviations.seen',
] as const

const Table = ({ of: deviations }: { of: readonly Deviation[] }) => (
  <section class="scrolls" tabIndex={0} aria-label={t('nav.deviations')}>
    <table data-testid="deviations">
      <thead>
        <tr>
          {columns.map((name) => (
            <th key={name} scope="col">
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {deviations.map((one) => (
          <Row key={JSON.stringify([one.call, one.rule, one.at, one.expected, one.actual])} of={one} />
        ))}
      </tbody>
    </table>
  </section>
)

const Row = ({ of: { call, rule, evidence, source, at, expected, actual, count, last_at } }: { of: Deviation }) => (
  <tr>
    <th scope="row">{call}</th>
    <td>
      <code title={source}>{rule}</code> <Evidence grade={evidence} />
    </td>
    <td class="mono">{at}</td>
    <td>
      <Untrusted>{expected}</Untrusted>
    </td>
    <td>
      <Untrusted>{actual}</Untrusted>
    </td>
    <td>
      {t('deviations.times', { n: count })} <small>{clockTime(last_at)}</small>
    </td>
  </tr>
)
