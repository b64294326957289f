import { register } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core'
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin'
import { DryRunStatus, determineHitLimitReached, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner'

/** A test that takes longer has hung. */
const TEST_MS = 10_000

/** Runs the tests in Stryker's own process, where the modules stay loaded from mutant to mutant. */
class InProcessRunner {
  static inject = tokens(commonTokens.options)

  constructor(options) {
    this.files = options.inProcess.files
    this.stryker = globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {}
  }

  capabilities() {
    return { reloadEnvironment: false }
  }

  async init() {
    process.env.NODE_ENV = 'test'
    process.env.TZ ??= 'UTC'
    register('./hooks.js', import.meta.url)
    const { inFile, tests } = await import('./suite.js')
    // The same cases for every mutant, and the first that fails is enough.
    const { configureGlobal } = await import('fast-check')
    configureGlobal({ seed: 1, endOnFailure: true })
    for (const file of this.files) await inFile(file, () => import(pathToFileURL(resolve(file)).href))
    this.tests = tests
  }

  async dryRun() {
    const results = await this.run(this.tests)
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: this.stryker.mutantCoverage }
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }) {
    this.stryker.activeMutant = activeMutant.id
    this.stryker.hitCount = 0
    this.stryker.hitLimit = hitLimit
    const selected = testFilter ? new Set(testFilter) : undefined
    const results = await this.run(
      this.tests.filter(({ id }) => !selected || selected.has(id)),
      !disableBail,
    )
    this.stryker.activeMutant = undefined
    const timeout = determineHitLimitReached(this.stryker.hitCount, hitLimit)
    return toMutantRunResult(timeout ?? { status: DryRunStatus.Complete, tests: results })
  }

  async run(tests, bail = false) {
    const results = []
    for (const { id, name, run } of tests) {
      const began = performance.now()
      this.stryker.currentTestId = id
      const failureMessage = await messageOf(run)
      this.stryker.currentTestId = undefined
      const result = { id, name, timeSpentMs: performance.now() - began }
      results.push(
        failureMessage === undefined
          ? { ...result, status: TestStatus.Success }
          : { ...result, status: TestStatus.Failed, failureMessage },
      )
      if (bail && failureMessage !== undefined) break
    }
    return results
  }
}

/** Why a test fails; undefined where it passes. */
const messageOf = async (run) => {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${TEST_MS} ms`)), TEST_MS)
  })
  try {
    await Promise.race([run(), late])
    return undefined
  } catch (error) {
    return String(error?.message ?? error).slice(0, 1000)
  } finally {
    clearTimeout(timer)
  }
}

// A rejection that nobody awaits is the mutant's doing: the test that it belongs to has its own verdict.
process.on('unhandledRejection', () => {})

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)]
