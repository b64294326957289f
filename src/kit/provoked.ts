import { type RefusalName, refusals } from '../../contracts/refusals.ts'
import { rules } from '../../contracts/rules.ts'
import { type Fixture, isCall, isFault } from './fixture.ts'

/** Refusals that no flow can provoke, and why not. */
export const unprovokable: Readonly<Partial<Record<RefusalName, string>>> = {
  'header-too-large': 'the listener’s, before there is a request: a flow sends requests, not bytes',
  'request-malformed': 'the listener’s, before there is a request: a flow sends requests, not bytes',
  'request-timeout': 'the listener’s, before there is a request: a flow sends requests, not bytes',
}

const names = Object.keys(refusals) as RefusalName[]
const statusAndCode = (status: number, code: unknown) => `${status} ${String(code)}`

/**
 * The refusals that a server must answer in a flow: those whose status and number it expects. Where several share both, the one that a rule
 * of the flow or its fault names.
 */
export const provokedBy = ({ rules: ids, steps }: Fixture): readonly RefusalName[] => {
  const expected = new Set(
    steps
      .filter(isCall)
      .map(({ expect: { status, body } }) =>
        statusAndCode(status, ((body ?? {}) as { error_code?: unknown }).error_code),
      ),
  )
  const named = new Set<unknown>([
    ...ids.map((id) => rules.get(id)?.refusal),
    ...steps.filter(isFault).map(({ fault }) => faultRefusal(fault)),
  ])
  return names.filter((name) => {
    const { status, error_code } = refusals[name]
    if (!expected.has(statusAndCode(status, error_code))) return false
    const alike = names.filter((n) => refusals[n].status === status && refusals[n].error_code === error_code)
    return alike.length === 1 || named.has(name)
  })
}

const faultRefusal = ({ do: deed }: Readonly<Record<string, unknown>>): unknown =>
  ((deed ?? {}) as { refusal?: unknown }).refusal

/** Refusal → ids of the flows that a server must refuse so. Every refusal is in it, in the order of the table. */
export const provoked = (fixtures: readonly Fixture[]): ReadonlyMap<RefusalName, readonly string[]> => {
  const by = new Map<RefusalName, string[]>(names.map((name) => [name, []]))
  for (const fixture of fixtures) {
    if (fixture.for === 'client') continue
    for (const name of provokedBy(fixture)) by.get(name)?.push(fixture.id)
  }
  return by
}
