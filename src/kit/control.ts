import { createHash } from 'node:crypto'
import type { ClockStep } from './fixture.ts'
import type { Session } from './target.ts'
import { HarnessError } from './template.ts'

/** The header by which a control call names its namespace, and the name that a key's namespace has: both are public. */
const NAMESPACE_HEADER = 'x-kakaopay-mock-namespace'
const namespaceOf = (key: string) => `ns_${createHash('sha256').update(key).digest('hex').slice(0, 12)}`

/** Calls this project's control API for the flow's own namespace. Throws HarnessError where it refuses. */
const control = async (path: string, body: unknown, door: Session, url: string): Promise<void> => {
  const request = new Request(`${url}/_mock/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [NAMESPACE_HEADER]: namespaceOf(door.key) },
    body: JSON.stringify(body),
  })
  const response = await door.fetch(request)
  const text = await response.text()
  if (!response.ok) throw new HarnessError(`POST /_mock/${path} answered HTTP ${response.status} ${text.slice(0, 200)}`)
}

export const advanceClock = ({ clock }: ClockStep, door: Session, url: string): Promise<void> =>
  control('clock/advance', { by: clock.advance_ms }, door, url)

export const armFault = (fault: Readonly<Record<string, unknown>>, door: Session, url: string): Promise<void> =>
  control('faults', fault, door, url)
