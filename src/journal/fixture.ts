import { identifiersOf, type ShownEntry } from './entry.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * The call as a fixture of the kit, with the earlier calls of its payment before it, so that it can be run again: what the real tid and
 * pg_token were stands as `{{tid}}` and `{{pg_token}}`.
 */
export const fixtureOf = (entry: ShownEntry, sameTid: readonly ShownEntry[]) => ({
  $schema: '../fixture.schema.json',
  subject: `Recorded: ${entry.call ?? entry.path}.`,
  base: {
    for: 'server',
    level: 'should',
    evidence: 'inferred',
    source: 'ours',
    steps: [...sameTid.filter((other) => other.at <= entry.at), entry].map(stepOf),
  },
  variations: [{ id: `recorded/${entry.id}`, title: `Answers ${entry.status ?? 'nothing'} as recorded.` }],
})

const stepOf = (entry: ShownEntry): Json => {
  const { json } = identifiersOf(entry)
  if (entry.call === 'payer') {
    const { action, follow, ...choice } = json ?? {}
    return { payer: action, ...choice, ...(action === 'approve' ? { keep: { pg_token: 'pg_token' } } : {}) }
  }
  const sent = json === null || isDeep(entry.body ?? '') ? { raw: entry.body ?? '' } : { send: replayable(json, entry) }
  return {
    call: entry.call,
    ...sent,
    expect: { status: entry.status ?? 200, ...expected(entry) },
    ...(entry.call === 'ready' && entry.refusal === null ? { keep: { tid: '/tid' } } : {}),
  }
}

/** Of a refusal its body stays the same in every run, of an answer only its shape. */
const expected = (entry: ShownEntry): Json => {
  if (entry.refusal === null || entry.response === null) return {}
  try {
    return { body: JSON.parse(entry.response) as unknown }
  } catch {
    return {}
  }
}

const replayable = (json: Json, entry: ShownEntry): Json => ({
  ...json,
  ...(entry.call !== 'ready' && 'tid' in json ? { tid: '{{tid}}' } : {}),
  ...('pg_token' in json && entry.refusal?.refused !== 'pg-token-wrong' ? { pg_token: '{{pg_token}}' } : {}),
})

/** A body that is nested deeper is written as the text that it is: JSON.stringify would run out of stack. */
const MAX_DEPTH = 50

const isDeep = (text: string): boolean => {
  let depth = 0
  for (const character of text) {
    if (character === '[' || character === '{') depth++
    if (character === ']' || character === '}') depth--
    if (depth > MAX_DEPTH) return true
  }
  return false
}
