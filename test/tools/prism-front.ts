import { type ClientRequest, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { serve } from '../checkout/browser.ts'

interface Violation {
  readonly location: readonly string[]
  readonly message: string
}

/** One exchange that Prism judged. */
export interface Judged {
  readonly status: number
  readonly violations: readonly Violation[]
}

/** A body that is no JSON is refused by Prism itself, and a large one too. */
const LARGEST = 100_000

/**
 * One address for the kit: calls of the API go through Prism, which writes its violations into a header; what Prism cannot pass on (the
 * control API, bodies that are no JSON) goes to the mock at once. Prism's own 500 for a closed connection becomes a closed connection again.
 */
export const startFront = async (ports: () => { readonly prism: number; readonly mock: number }) => {
  const judged: Judged[] = []
  const front = await serve(async (incoming, outgoing) => {
    const body = await bodyOf(incoming)
    const judges = isForPrism(incoming, body)
    const upstream = request(
      {
        ...{ host: '127.0.0.1', port: judges ? ports().prism : ports().mock, method: incoming.method ?? 'GET' },
        ...{ path: incoming.url ?? '/', headers: incoming.headers },
      },
      async (answer) => {
        const text = await bodyOf(answer)
        const status = answer.statusCode ?? 0
        if (judges && status === 500 && text.includes('FetchError')) return outgoing.destroy()
        if (judges) judged.push({ status, violations: violationsOf(answer) })
        return outgoing.writeHead(status, answer.headers).end(text)
      },
    )
    bound(upstream, outgoing)
    upstream.end(body)
  })
  return { ...front, judged }
}

const bound = (upstream: ClientRequest, outgoing: ServerResponse) => {
  upstream.on('error', () => outgoing.destroy())
  outgoing.on('close', () => upstream.destroy())
}

const violationsOf = ({ headers }: IncomingMessage): Violation[] => {
  const given = headers['sl-violations']
  return typeof given === 'string' ? (JSON.parse(given) as Violation[]) : []
}

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const isForPrism = ({ url, headers }: IncomingMessage, body: Buffer): boolean => {
  if (!url?.startsWith('/online/') || body.length > LARGEST) return false
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) return false
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    return true
  } catch {
    return false
  }
}
