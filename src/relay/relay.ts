import type { RelayedCall, RelayTo } from '../http/deps.ts'
import { type Outcome, outcomeOf } from '../http/outcome.ts'
import { readAnswer } from '../kit/answer.ts'
import { parseJson } from '../kit/template.ts'
import { refuse } from '../payment/refusal.ts'
import type { Deviations } from './deviations.ts'
import { judge } from './judge.ts'
import { createRecording } from './recording.ts'

export interface RelayOptions {
  /** Origin of the other server, such as https://open-api.kakaopay.com. */
  readonly url: string
  /** Whether a live key (PRD…) may be passed on. */
  readonly live: boolean
  /** File to record into; empty: none. */
  readonly record: string
  readonly deviations: Deviations
  readonly now: () => number
}

/** Longer than the 11 s after which KakaoPay itself gives up. */
export const RELAY_TIMEOUT_MS = 20_000

/**
 * Passes each call on to the other server as it came and answers what came back. Every exchange is judged against the contract. Nothing is
 * sent twice: where no answer comes, the client's connection is closed, as the other server's was.
 */
export const createRelay = ({ url, live, record, deviations, now }: RelayOptions): RelayTo => {
  const recording = record === '' ? undefined : createRecording(record, url)
  return async (call: RelayedCall): Promise<Outcome> => {
    if (isLiveKey(call.authorization) && !live) return outcomeOf(liveKeyRefused)
    const answer = await sendOn(url, call)
    if (!answer) return { reply: null, refusal: null, delivered: false, money_moved: false, tid: undefined }
    const { endpoint, refusal } = call
    for (const deviation of judge({ endpoint, refusal, answer })) deviations.add(deviation, now())
    const { status, text, json } = answer
    recording?.keep({ call: endpoint.name, sent: parseJson(call.body), status, answered: json ?? null })
    const headers = { 'content-type': answer.headers['content-type'] ?? 'application/octet-stream' }
    return {
      reply: { status, headers, body: text },
      refusal: null,
      delivered: true,
      money_moved: false,
      tid: tidOf(json),
    }
  }
}

const isLiveKey = (authorization: string | null) => /(^|\s)PRD/i.test(authorization ?? '')

const liveKeyRefused = refuse('key-refused', 'wire.key', {
  why: 'a live key (PRD…) is not passed on by --relay: use a Secret key(dev), or start with --relay-live.',
})

const tidOf = (json: unknown): string | undefined => {
  const tid = (json as { tid?: unknown } | undefined)?.tid
  return typeof tid === 'string' ? tid : undefined
}

const sendOn = async (url: string, { path, authorization, contentType, body }: RelayedCall) => {
  const began = performance.now()
  const headers: Record<string, string> = {}
  if (authorization !== null) headers['authorization'] = authorization
  if (contentType !== null) headers['content-type'] = contentType
  const signal = AbortSignal.timeout(RELAY_TIMEOUT_MS)
  try {
    const response = await fetch(`${url.replace(/(?<!\/)\/+$/, '')}${path}`, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal,
    })
    return await readAnswer(response, began)
  } catch {
    return undefined
  }
}
