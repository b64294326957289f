import { HarnessError } from './errors.ts'
import { NAMESPACE_HEADER, namespaceOf } from './script.ts'
import type { Session } from './target.ts'

/** Calls this project's control API for the flow's own namespace. Throws HarnessError where it refuses. */
const control = async (path: string, body: unknown, session: Session, url: string): Promise<void> => {
  const request = new Request(`${url}/_mock/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [NAMESPACE_HEADER]: namespaceOf(session.key) },
    body: JSON.stringify(body),
  })
  const response = await session.fetch(request)
  const text = await response.text()
  if (!response.ok) throw new HarnessError(`POST /_mock/${path} answered HTTP ${response.status} ${text.slice(0, 200)}`)
}

export const advanceClock = (ms: number, session: Session, url: string): Promise<void> =>
  control('clock/advance', { by: ms }, session, url)

export const armFault = (fault: Readonly<Record<string, unknown>>, session: Session, url: string): Promise<void> =>
  control('faults', fault, session, url)
