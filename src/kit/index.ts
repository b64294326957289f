import { loadFixtures } from './load.ts'
import { controlPayer, type Payer } from './payer.ts'
import { hasControl } from './probe.ts'
import { failureLines } from './report/text.ts'
import type { Result } from './result.ts'
import { runFixture } from './run.ts'
import { EVERYTHING, select } from './select.ts'
import { forServers } from './server.ts'
import { type Fetch, IN_PROCESS, inProcess, overHttp, type Target } from './target.ts'

export { type ClientCheck, checkClient } from './client/check.ts'
export { processDriver, type StartDriver } from './client/driver.ts'
export { forClients } from './client/run.ts'
export type { Config, Fixture, FixtureFile, Step, Variation } from './fixture.ts'
export { loadFixtures } from './load.ts'
export { controlPayer, type Payer } from './payer.ts'
export { Unreachable } from './probe.ts'
export { reports, terminalReport } from './report/index.ts'
export type { Result, Run } from './result.ts'
export { runFixture } from './run.ts'
export { checkServer, forServers } from './server.ts'
export { type Fetch, inProcess, overHttp, type Target } from './target.ts'

/** What is checked: a server at a URL, or one in this process. */
export interface Subject {
  /** A server at a URL. */
  readonly url?: string
  /** The secret key for every flow. Without it each flow has a key of its own, which a server must take. */
  readonly key?: string
  /** Instead of a URL: a server in this process, with the settings that a flow asks for. */
  readonly serve?: (config: Readonly<Record<string, unknown>>) => Fetch
  /** Who acts as the payer. Default: this project's control API, where the server is this project's. */
  readonly payer?: Payer
  /** Whether the server has this project's control API: payer, clock and faults. Default: the server is asked, by GET /_mock/health. */
  readonly controlled?: boolean
  /** Ids of fixtures or rules, `*` for anything. Default: every flow. */
  readonly only?: readonly string[]
}

/** One flow for any test runner: `test(check.title, check.run)`. */
export interface Check {
  readonly id: string
  readonly title: string
  /** Rejects with what is broken, or Unreachable; resolves to why it was not evaluated, where it was not. */
  run(): Promise<string | undefined>
}

/** A promise does not hold. The message says which, where it is known from, what differs, and how to see it again. */
export class BrokenRequirement extends Error {
  override readonly name = 'BrokenPromise'
  readonly result: Result
  constructor(result: Result) {
    super([`${result.id}: ${result.title}`, ...failureLines(result)].join('\n'))
    this.result = result
  }
}

/** Every flow that a server is held to. Throws where the subject names no server, or a selection nothing. */
export const checks = (subject: Subject): readonly Check[] => {
  if (!subject.serve && subject.url === undefined) throw new Error('checks() needs a url or serve')
  let asked: Promise<Target> | undefined
  const target = () => {
    asked ??= targetOf(subject)
    return asked
  }
  const only = subject.only ?? []
  const chosen = select(forServers(loadFixtures()), { ...EVERYTHING, only })
  if (chosen.length === 0) throw new Error(`no fixture is called ${only.join(' or ')}`)
  return chosen.map((fixture) => ({
    id: fixture.id,
    title: `${fixture.id}: ${fixture.title}`,
    async run() {
      const result = await runFixture(fixture, await target())
      if (result.outcome === 'passed') return undefined
      if (result.outcome === 'not evaluated') return result.reason
      throw new BrokenRequirement(result)
    },
  }))
}

const targetOf = async ({ url = '', key, serve, payer, controlled: told }: Subject): Promise<Target> => {
  const controlled = told ?? (await (serve ? hasControl(IN_PROCESS, serve({})) : hasControl(url)))
  const acts = payer ?? (controlled ? controlPayer : undefined)
  const run = String(Date.now())
  if (serve) return inProcess({ serve, controlled, run, ...(acts ? { payer: acts } : {}) })
  return overHttp({ url, key, payer: acts, controlled, run })
}
