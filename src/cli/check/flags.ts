import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { Evidence } from '../../../contracts/evidence.ts'
import type { Fixture } from '../../kit/fixture.ts'
import { type FixtureSelection, select } from '../../kit/select.ts'
import { UsageError } from '../command.ts'

/** Reads flags as `node:util` does, with its complaints as one line. */
export const parse = <const O extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: O) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. ')
    throw new UsageError(`${sentence.replace(/\.$/, '')}; see --help`)
  }
}

/** Flags that choose flows: the same for every subcommand. */
export const selectionFlags = {
  only: { type: 'string', multiple: true },
  level: { type: 'string' },
  evidence: { type: 'string' },
} as const

export const selectionHelp = `  --only NAME,…         Fixtures or rules by id; * stands for anything; a folder alone for all in it
  --level must|should   Only promises of this level
  --evidence WORD,…     Only what is known so: documented, observed, inferred`

interface SelectionValues {
  readonly only?: readonly string[] | undefined
  readonly level?: string | undefined
  readonly evidence?: string | undefined
}

/** The flows that the flags choose. Throws UsageError where a word is unknown or nothing is chosen. */
export const chosen = (fixtures: readonly Fixture[], values: SelectionValues): readonly Fixture[] => {
  const selection = selectionOf(values)
  const found = select(fixtures, selection)
  if (found.length === 0) throw new UsageError('no fixture is chosen by these flags; see kakaopay-mock check list')
  for (const name of selection.only)
    if (select(fixtures, { only: [name], level: undefined, evidence: [] }).length === 0)
      throw new UsageError(`--only ${name}: no fixture and no rule is called so; see kakaopay-mock check list`)
  return found
}

const selectionOf = ({ only, level, evidence }: SelectionValues): FixtureSelection => {
  if (level !== undefined && level !== 'must' && level !== 'should')
    throw new UsageError(`--level must be must or should, not "${level}"`)
  return { only: words(only), level, evidence: words(evidence === undefined ? [] : [evidence]).map(evidenceOf) }
}

export const words = (lists: readonly string[] = []): readonly string[] =>
  lists.flatMap((list) => list.split(',').map((word) => word.trim())).filter((word) => word !== '')

const evidenceOf = (word: string): Evidence => {
  if (word === 'documented' || word === 'observed' || word === 'inferred') return word
  throw new UsageError(`--evidence knows documented, observed and inferred, not "${word}"`)
}
