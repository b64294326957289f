import type { Evidence } from '../../contracts/evidence.ts'
import type { Fixture } from './fixture.ts'
import type { Level } from './result.ts'

export interface FixtureSelection {
  /** Ids of fixtures or rules; `*` stands for anything; a folder alone stands for all in it. Empty: everything. */
  readonly only: readonly string[]
  readonly level: Level | undefined
  /** Empty: all. */
  readonly evidence: readonly Evidence[]
}

export const EVERYTHING: FixtureSelection = { only: [], level: undefined, evidence: [] }

/** The flows that a selection names. */
export const select = (
  fixtures: readonly Fixture[],
  { only, level, evidence }: FixtureSelection,
): readonly Fixture[] => {
  const patterns = only.map(patternOf)
  return fixtures.filter(
    (fixture) =>
      (patterns.length === 0 ||
        patterns.some((p) => p.test(fixture.id) || fixture.rules.some((rule) => p.test(rule)))) &&
      (level === undefined || fixture.level === level) &&
      (evidence.length === 0 || evidence.includes(fixture.evidence)),
  )
}

const patternOf = (glob: string): RegExp => {
  const body = glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${body}${glob.includes('/') || glob.includes('.') || glob.includes('*') ? '' : '/.*'}$`)
}
