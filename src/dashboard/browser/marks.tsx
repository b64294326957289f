import type { ComponentChildren } from 'preact'
import { problemOf, type Refusal, type Reply, type Summary } from './api.ts'
import { clockTime, fullTime, short } from './format.ts'
import { grouped, said, t, textOr } from './page-data.ts'

interface Untrusted {
  readonly class?: string
  readonly lang?: string | undefined
  readonly 'data-testid'?: string
  readonly children: ComponentChildren
}

/** Text that a client sent, isolated so that its right-to-left marks do not reorder the rest of the page. */
export const Untrusted = (props: Untrusted) => <bdi {...props} />

export const Time = ({ at }: { at: string }) => (
  <time dateTime={at} title={`${fullTime(at)} KST`}>
    {clockTime(at)}
  </time>
)

/** The tone of each status; any other is `open`. */
const tones: Readonly<Record<string, string>> = {
  AUTH_PASSWORD: 'ready',
  ISSUED_SID: 'paid',
  SUCCESS_PAYMENT: 'paid',
  PART_CANCEL_PAYMENT: 'part',
  CANCEL_PAYMENT: 'back',
  FAIL_AUTH_PASSWORD: 'failed',
  QUIT_PAYMENT: 'failed',
  FAIL_PAYMENT: 'failed',
  EXPIRED: 'failed',
}

export const stateWord = (name: string): string => textOr(`state.${name}`, name)

export const State = ({ of: { status, expired } }: { of: Pick<Summary, 'status'> & { expired?: boolean } }) => {
  const name = expired && tones[status] !== 'paid' ? 'EXPIRED' : status
  return (
    <span class={`state ${tones[name] ?? 'open'}`} title={status}>
      {stateWord(name)}
    </span>
  )
}

export const HttpStatus = ({ status }: { status: number | null }) => {
  const tone = status === null ? 'none' : status < 300 ? 'good' : status < 500 ? 'refused' : 'broken'
  return <span class={`http ${tone}`}>{status ?? t('noAnswer')}</span>
}

type Grade = Refusal['evidence']

export const Evidence = ({ grade }: { grade: Grade }) => (
  <span class={`evidence ${grade}`} title={t(`evidence.${grade}.long`)}>
    {t(`evidence.${grade}`)}
  </span>
)

/** Marks a message whose wording was never published, so that nobody takes it for KakaoPay's. */
export const Wording = ({ of: { wording } }: { of: Refusal }) =>
  wording.source === 'ours' ? (
    <OurWording />
  ) : (
    <span class={`evidence ${wording.evidence}`} title={wording.source}>
      {t('wording', { grade: t(`evidence.${wording.evidence}`) })}
    </span>
  )

export const OurWording = () => (
  <span class="evidence ours" title={t('wording.ours.long')}>
    {t('wording.ours')}
  </span>
)

export const Empty = ({ text, hint }: { text: string; hint?: ComponentChildren }) => (
  <p class="empty">
    <b>{text}</b>
    {hint && <span>{hint}</span>}
  </p>
)

export const PaymentLink = ({ tid }: { tid: string }) => (
  <a href={`#/payments/${encodeURIComponent(tid)}`} class="mono" title={tid}>
    {short(tid)}
  </a>
)

/** The heading of a view, with how many there are. */
export const Title = ({ children, count }: { children: ComponentChildren; count?: number | string }) => (
  <h1 id="list-title" tabIndex={-1}>
    {children}
    {count !== undefined && <span class="count">{typeof count === 'number' ? grouped(count) : count}</span>}
  </h1>
)

/** A name and its value, line by line. */
export const Facts = ({ of }: { of: readonly (readonly [name: string, value: ComponentChildren])[] }) => (
  <dl class="facts">
    {of
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([name, value]) => (
        <div key={name}>
          <dt>
            <Untrusted>{name}</Untrusted>
          </dt>
          <dd>
            <Untrusted>{value}</Untrusted>
          </dd>
        </div>
      ))}
  </dl>
)

/** Why a call failed. A text without a translation stands behind what its status means. */
export const Problem = ({ of: reply }: { of: Reply }) => (
  <span class="message">
    {isUntranslated(reply) && <>{textOr(`problem.${reply.status}`, t('problem.400'))} </>}
    {reply.status === 0 ? problemOf(reply) : <Said text={problemOf(reply)} />}
  </span>
)

/** Whether the server's text has no translation on a page in another language than English. */
const isUntranslated = (reply: Reply): boolean =>
  document.documentElement.lang !== 'en' && reply.status > 0 && said(problemOf(reply)) === undefined

/** A text whose `words` in backquotes are code. */
export const Prose = ({ text }: { text: string }) => (
  <>{text.split('`').map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))}</>
)

/** A sentence of the server, in the language of the page where it is known there. */
export const Said = ({ text }: { text: string }) => (
  <Untrusted lang={said(text) ? undefined : 'en'}>{said(text) ?? text}</Untrusted>
)
