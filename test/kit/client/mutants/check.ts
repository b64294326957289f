import { type ClientCheck, checkClient } from '../../../../src/kit/client/check.ts'
import { forClients } from '../../../../src/kit/client/run.ts'
import type { Config, Fixture } from '../../../../src/kit/fixture.ts'
import { loadFixtures } from '../../../../src/kit/load.ts'
import { controlPayer } from '../../../../src/kit/payer.ts'
import type { Result } from '../../../../src/kit/result.ts'
import { createMock } from '../../../../src/mock.ts'
import { type ClientClass, inProcess, type Mutant } from './client.ts'

export const flows = forClients(loadFixtures())
/** Flows in which nobody waits, so that their time-outs may be long. */
export const quick = flows.filter(({ id }) => !/-hang$|\/slow\./.test(id))
export const slow = flows.filter((fixture) => !quick.includes(fixture))

const PATIENT_MS = 20_000
/** Half of it is waited for, and must suffice on a busy machine. */
const SHORT_MS = 1500

const servers = new Map<string, ReturnType<typeof createMock>>()

/** One mock for each settings: keys differ, and with them namespaces. */
const serve = ({ publicUrl: _, ...settings }: Config) => {
  const name = JSON.stringify(settings)
  const mock = servers.get(name) ?? createMock(settings)
  servers.set(name, mock)
  return mock.fetch
}

let runs = 0

const check = (Kind: ClientClass, fixtures: readonly Fixture[], timeoutMs: number, more: Partial<ClientCheck> = {}) =>
  checkClient(fixtures, {
    start: inProcess(Kind),
    serve,
    payer: controlPayer,
    timeoutMs,
    graceMs: SHORT_MS,
    startMs: SHORT_MS,
    run: String(++runs),
    ...more,
  })

export const checkQuick = (Kind: ClientClass, fixtures: readonly Fixture[] = quick, more: Partial<ClientCheck> = {}) =>
  check(Kind, fixtures, PATIENT_MS, more)

export const checkSlow = (Kind: ClientClass, fixtures: readonly Fixture[] = slow) =>
  check(Kind, fixtures, SHORT_MS, { parallel: 8 })

export const rulesIn = (results: readonly Result[]): ReadonlySet<string> =>
  new Set(
    results.flatMap(({ failures = [] }) => failures.flatMap(({ requirements }) => requirements.map(({ id }) => id))),
  )

/** What is wrong with how the kit finds a mutant; empty where it is found by its rule, as a client's fault. */
export const shortcomings = (results: readonly Result[], rules: readonly string[]): readonly string[] => {
  const found = rulesIn(results)
  const harness = results.filter(({ outcome }) => outcome === 'harness error')
  return [
    ...(rules.some((rule) => found.has(rule))
      ? []
      : [`found by ${[...found].join(', ') || 'no rule'}, not by ${rules.join(' or ')}`]),
    ...harness.map(({ id, reason }) => `the kit failed in ${id}: ${reason}`),
    // Not even where the mutant sends or writes it.
    ...(/DEV[0-9A-F]{37}/.test(JSON.stringify(results)) ? ['the key is in the report'] : []),
  ]
}

/** Runs a mutant with the flows about its rule, and where these do not find it with the others until one fails. */
export const checkMutant = async ({ Kind, rule, waits = false }: Mutant): Promise<readonly Result[]> => {
  if (waits) return checkSlow(Kind)
  const isOwn = ({ rules }: Fixture) => rules.includes(rule)
  const own = await checkQuick(Kind, quick.filter(isOwn))
  if (rulesIn(own).has(rule)) return own
  const more = quick.filter((flow) => flow.for === 'client' && !isOwn(flow))
  return [...own, ...(await checkQuick(Kind, more, { bail: own.length === 0 }))]
}

/** Does something with each, several at a time. */
export const atOnce = async <T>(all: readonly T[], number: number, act: (item: T) => Promise<void>): Promise<void> => {
  const waiting = [...all]
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await act(next)
  }
  await Promise.all(Array.from({ length: number }, work))
}
