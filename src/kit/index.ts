import { generatedFixtures } from './generate/index.ts'
import { loadFixtures } from './load.ts'
import { controlPayer, type Payer } from './payer.ts'
import { hasControl } from './probe.ts'
import type { Profile } from './profile.ts'
import { failureLines } from './report/text.ts'
import { counts, type Level, type Result } from './result.ts'
import { runFixture } from './run.ts'
import { EVERYTHING, select } from './select.ts'
import { forServers } from './server.ts'
import { type Fetch, IN_PROCESS, inProcess, overHttp, type Target } from './target.ts'

export { type ClientCheck, checkClient } from './client/check.ts'
export { processDriver, type StartDriver } from './client/driver.ts'
export { forClients } from './client/run.ts'
export { HarnessError, Unreachable } from './errors.ts'
export type { Config, Fixture, FixtureFile, Step, Variation } from './fixture.ts'
export { generatedFixtures } from './generate/index.ts'
export { loadFixtures } from './load.ts'
export { controlPayer, type Payer, PayerRefused } from './payer.ts'
export { type Profile, readProfile } from './profile.ts'
export { reports, terminalReport } from './report/index.ts'
export type { Result, Run } from './result.ts'
export { KeyRefused, runFixture } from './run.ts'
export { checkServer, forServers } from './server.ts'
export { type Fetch, inProcess, overHttp, type Target } from './target.ts'

/** Which server is checked, and with which flows. */
export interface CheckOptions {
  /** A server at a URL. */
  readonly url?: string
  /** The secret key for every flow. Without it each flow has a key of its own, which a server must take. */
  readonly key?: string
  /** Instead of a URL: a server in this process, with the settings that a flow asks for. */
  readonly serve?: (config: Readonly<Record<string, unknown>>) => Fetch
  /** Who acts as the payer. Default: this project's control API, where the server is this project's. */
  readonly payer?: Payer
  /** Whether the server has this project's control API: payer, clock and faults. Default: GET /_mock/health finds out. */
  readonly controlled?: boolean
  /** What the server is like, where servers may differ. */
  readonly profile?: Profile
  /** Seed of the random payments. Default: '1'. */
  readonly seed?: string
  /** Which broken requirements reject. Default: `must`, those that are documented or observed. */
  readonly failOn?: Level
  /** Ids of fixtures or rules, `*` for anything. Default: every flow. */
  readonly only?: readonly string[]
}

/** One flow for any test runner: `test(check.title, check.run)`. */
export interface Check {
  readonly id: string
  readonly title: string
  /** Rejects with BrokenRequirement, Unreachable or KeyRefused; resolves to why it was not evaluated, where it was not. */
  run(): Promise<string | undefined>
}

/** A requirement is broken. The message says which, its evidence, what differs, and how to see it again. */
export class BrokenRequirement extends Error {
  override readonly name = 'BrokenRequirement'
  readonly result: Result
  constructor(result: Result) {
    super([`${result.id}: ${result.title}`, ...failureLines(result)].join('\n'))
    this.result = result
  }
}

/** One check for each flow of a server. Throws where the options name no server, or a selection nothing. */
export const checks = (options: CheckOptions): readonly Check[] => {
  if (!options.serve && options.url === undefined) throw new Error('checks() needs a url or serve')
  let opened: Promise<Target> | undefined
  const target = () => {
    opened ??= targetOf(options)
    return opened
  }
  const only = options.only ?? []
  const chosen = select([...forServers(loadFixtures()), ...generatedFixtures(options.seed)], { ...EVERYTHING, only })
  if (chosen.length === 0) throw new Error(`no fixture is called ${only.join(' or ')}`)
  return chosen.map((fixture) => ({
    id: fixture.id,
    title: `${fixture.id}: ${fixture.title}`,
    async run() {
      const result = await runFixture(fixture, await target())
      if (result.outcome === 'not evaluated') return result.reason
      if (result.outcome === 'passed' || (result.outcome === 'failed' && !counts(result, options.failOn ?? 'must')))
        return undefined
      throw new BrokenRequirement(result)
    },
  }))
}

const targetOf = async (options: CheckOptions): Promise<Target> => {
  const { url = '', key, serve, payer, profile } = options
  const controlled = options.controlled ?? (await (serve ? hasControl(IN_PROCESS, serve({})) : hasControl(url)))
  const chosen = payer ?? (controlled ? controlPayer : undefined)
  const run = String(Date.now())
  const base = { controlled, run, ...(profile ? { profile } : {}) }
  if (serve) return inProcess({ ...base, serve, ...(chosen ? { payer: chosen } : {}) })
  return overHttp({ ...base, url, key, payer: chosen })
}
