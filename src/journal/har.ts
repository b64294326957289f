import { headerPairs, type ShownEntry } from './entry.ts'

const named = (pairs: Iterable<[string, string]>) => [...pairs].map(([name, value]) => ({ name, value }))

const bytes = (text: string | null) => (text === null ? 0 : Buffer.byteLength(text))

/** A call as an entry of an HTTP archive. The key is masked. */
export const harEntry = (entry: ShownEntry, base: string) => {
  const headers = headerPairs(entry)
  const { body } = entry
  const mimeType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'application/json'
  return {
    startedDateTime: new Date(entry.at).toISOString(),
    time: entry.duration_ms,
    request: {
      method: entry.method,
      url: base + entry.path,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: named(headers),
      queryString: named(new URLSearchParams(entry.path.split('?')[1] ?? '')),
      headersSize: -1,
      bodySize: bytes(body),
      ...(body === null ? {} : { postData: { mimeType, text: body } }),
    },
    response: {
      status: entry.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: entry.status === null ? [] : named([['content-type', 'application/json;charset=UTF-8']]),
      content: { size: bytes(entry.response), mimeType: 'application/json', text: entry.response ?? '' },
      redirectURL: '',
      headersSize: -1,
      bodySize: bytes(entry.response),
    },
    cache: {},
    timings: { send: 0, wait: entry.duration_ms, receive: 0 },
  }
}

/** What an HTTP archive (HAR 1.2) says beside its entries, for a browser's network panel or any other viewer. */
export const harHead = (version: string) => ({ version: '1.2', creator: { name: 'kakaopay-mock', version } })
