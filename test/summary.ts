import { relative } from 'node:path'
import type { Reporter, TestModule, Vitest } from 'vitest/node'
import { installCommand } from './needs.ts'

/** Ends a run with what was skipped, by file, and the one command that installs what it needs. */
export default class SkippedSummary implements Reporter {
  readonly #present = (process.env['TEST_TOOLS'] ?? '').split(',')
  readonly #all = this.#present.includes('time')

  #filtered = false

  onInit({ config }: Vitest): void {
    this.#filtered = config.testNamePattern !== undefined
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    // What -t leaves out is skipped too, but not for want of anything.
    if (this.#filtered) return
    const skipped = modules
      .map((module) => ({
        file: relative(process.cwd(), module.moduleId),
        tests: [...module.children.allTests('skipped')].length,
      }))
      .filter(({ tests }) => tests > 0)
      .sort((a, b) => a.file.localeCompare(b.file))
    if (skipped.length > 0) process.stdout.write(`${this.#lines(skipped).join('\n')}\n\n`)
  }

  #lines(skipped: readonly { readonly file: string; readonly tests: number }[]): readonly string[] {
    const sum = skipped.reduce((total, { tests }) => total + tests, 0)
    const install = installCommand(this.#present)
    return [
      `${sum} tests skipped: they need ${this.#all ? 'what is not installed here' : 'more than npm, or minutes'}.`,
      ...skipped.map(({ file, tests }) => `  ${file} (${tests})`),
      ...(install === undefined ? [] : [`Install what they need: ${install}`]),
      ...(this.#all ? [] : ['Run them:               npm run test:all']),
    ]
  }
}
