import { curl, type Entry, request, send } from './api.ts'
import { Code, CopyButton } from './code.tsx'
import { clockTime, fullTime, pretty } from './format.ts'
import { Evidence, Facts, HttpStatus, PaymentLink, Said, Untrusted } from './marks.tsx'
import { t } from './page-data.ts'

/** Calls as they happened, each unfolds where it stands. */
export const CallList = ({ entries, testid }: { entries: readonly Entry[]; testid: string }) => (
  <ol class="calls" data-testid={testid}>
    {entries.map((entry) => (
      <li key={entry.id}>
        <details>
          <summary>
            <CallLine entry={entry} />
            <Took entry={entry} />
          </summary>
          <div class="call-body">
            <CallBody entry={entry} />
          </div>
        </details>
      </li>
    ))}
  </ol>
)

/** KST by the namespace's clock, so that a timeline agrees with the payment's own instants. */
const kstOf = ({ kst, time }: Entry) => (kst ? clockTime(`${kst.slice(0, 19)}+09:00`) : clockTime(time))

export const CallLine = ({ entry }: { entry: Entry }) => (
  <>
    <time dateTime={entry.time} title={fullTime(entry.time)}>
      {kstOf(entry)}
    </time>
    <b class="call-name">
      <Untrusted>{entry.call ?? entry.path}</Untrusted>
      <PayerAction of={entry} />
    </b>
    <HttpStatus status={entry.response.status} />
    {entry.refusal && (
      <span class="refusal">
        {entry.refusal.error_code} {entry.refusal.name}
      </span>
    )}
    {entry.fault && <span class="flag fault">{entry.fault.fault}</span>}
    {entry.unknown_fields.length > 0 && (
      <span class="flag">{t('call.unknownFields', { n: entry.unknown_fields.length })}</span>
    )}
  </>
)

/** The payer's actions share one call name, so the action is shown beside it. */
const PayerAction = ({ of: { call, request: asked } }: { of: Entry }) => {
  if (call !== 'payer') return null
  try {
    return <Untrusted class="act"> {JSON.parse(asked.body ?? '').action}</Untrusted>
  } catch {
    return null
  }
}

export const Took = ({ entry: { duration_ms: ms } }: { entry: Entry }) => (
  <span class="took">{ms.toFixed(ms < 10 ? 1 : 0)} ms</span>
)

export const CallBody = ({ entry }: { entry: Entry }) => {
  const { request: asked, response } = entry
  return (
    <>
      <Remarks entry={entry} />
      <h4>
        {t('call.request')}{' '}
        <code>
          {entry.method} <Untrusted>{entry.path}</Untrusted>
        </code>
      </h4>
      <Code text={pretty(asked.body ?? '')} testid="request-body" label={t('call.request')} />
      {asked.body_cut && <p class="note">{t('call.cut')}</p>}
      <details>
        <summary>{t('call.headers', { n: asked.headers.length })}</summary>
        <Facts of={asked.headers} />
      </details>
      <h4>
        {t('call.answer')} <HttpStatus status={response.status} />
      </h4>
      <Code text={pretty(response.body ?? '')} testid="response-body" label={t('call.answer')} />
      <div class="links">
        {entry.tid && <PaymentLink tid={entry.tid} />}
        {formats.map((as) => (
          <CopyAs key={as} entry={entry} as={as} />
        ))}
      </div>
    </>
  )
}

/** Explains the answer: the rule that refused the call, its fault, unknown fields, hints. */
const Remarks = ({ entry: { refusal, fault, response, unknown_fields, hints, call } }: { entry: Entry }) => (
  <>
    {refusal && (
      <p class="why">
        {t('call.refused')} <a href={`#/refusals?text=${encodeURIComponent(refusal.name)}`}>{refusal.name}</a>{' '}
        <code>{refusal.rule}</code> <Evidence grade={refusal.evidence as 'documented'} />
      </p>
    )}
    {fault && <p class="why">{t(fault.money_moved ? 'call.faultMoved' : 'call.fault', { fault: fault.fault })}</p>}
    {!response.delivered && <p class="why">{deliveryOf(response.status)}</p>}
    {hints.map((hint) => (
      <p key={hint} class="why">
        <Said text={hint} />
      </p>
    ))}
    {unknown_fields.map(({ field, did_you_mean }) => (
      <p key={field} class="why">
        <code>
          <Untrusted>{field}</Untrusted>
        </code>
        {did_you_mean === null
          ? t('call.notAField', { call: call ?? '' })
          : t('call.didYouMean', { meant: did_you_mean })}
      </p>
    ))}
  </>
)

/** What the client got in place of the payment's answer. */
const deliveryOf = (status: number | null): string => {
  if (status === null) return t('call.closed')
  return status >= 400 ? t('call.replaced', { status }) : t('call.notDelivered')
}

const formats = ['curl', 'har', 'fixture'] as const

/** The server writes these, so that what is copied here is what a test would get. */
const CopyAs = ({ entry, as }: { entry: Entry; as: (typeof formats)[number] }) => {
  const asked = request('get', '/_mock/journal/{id}', { params: { id: entry.id }, query: { as } })
  const load = async () => {
    const { ok, body } = await send<unknown>(asked)
    if (!ok) return undefined
    return typeof body === 'string' ? body : JSON.stringify(body, null, 2)
  }
  return <CopyButton text={load} label={t('call.copyAs', { as })} title={curl(asked)} />
}
