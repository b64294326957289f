import { bodyOf, type Entry, identifiersOf } from './entry.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * The call as a fixture of the kit, with the earlier calls of its payment before it, so that it can be run again: what the real tid and
 * pg_token were stands as `{{tid}}` and `{{pg_token}}`.
 */
export const fixtureOf = (entry: Entry, sameTid: readonly Entry[]) => ({
  $schema: '../fixture.schema.json',
  subject: `Recorded: ${entry.call ?? entry.path}.`,
  base: {
    for: 'server',
    level: 'should',
    evidence: 'inferred',
    source: 'ours',
    steps: [...sameTid.filter((other) => other.at <= entry.at && other !== entry), entry].map(stepOf),
  },
  variations: [{ id: `recorded/${entry.id}`, title: `Answers ${entry.status ?? 'nothing'} as recorded.` }],
})

const stepOf = (entry: Entry): Json => {
  const { json } = identifiersOf(entry)
  if (entry.call === 'payer') {
    const { action, follow, ...choice } = json ?? {}
    return { payer: action, ...choice, ...(action === 'approve' ? { keep: { pg_token: 'pg_token' } } : {}) }
  }
  const sent = json === null ? { raw: bodyOf(entry) ?? '' } : { send: replayable(json, entry) }
  return {
    call: entry.call,
    ...sent,
    expect: { status: entry.status ?? 200, ...expected(entry) },
    ...(entry.call === 'ready' && entry.refusal === null ? { keep: { tid: '/tid' } } : {}),
  }
}

/** Of a refusal its body stays the same in every run, of an answer only its shape. */
const expected = (entry: Entry): Json => {
  if (entry.refusal === null || entry.response === null) return {}
  try {
    return { body: JSON.parse(entry.response) as unknown }
  } catch {
    return {}
  }
}

const replayable = (json: Json, entry: Entry): Json => ({
  ...json,
  ...(entry.call !== 'ready' && 'tid' in json ? { tid: '{{tid}}' } : {}),
  ...('pg_token' in json && entry.refusal?.refused !== 'pg-token-wrong' ? { pg_token: '{{pg_token}}' } : {}),
  ...('cid_secret' in json ? { cid_secret: '…' } : {}),
})
