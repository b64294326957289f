import type { Evidence } from '../../../contracts/evidence.ts'
import { choice, list, type Option, optional, type Values } from '../../config/option.ts'
import type { Fixture } from '../../kit/fixture.ts'
import { select } from '../../kit/select.ts'
import { UsageError } from '../command.ts'

const words = ['documented', 'observed', 'inferred'] as const

const evidence: Option<readonly Evidence[]> = {
  default: [],
  help: 'Only what is known so.',
  placeholder: 'documented,observed,inferred',
  many: true,
  values: words,
  read: (text) =>
    text.split(',').map((word) => {
      const known = words.find((w) => w === word.trim())
      if (!known) throw new Error('knows documented, observed and inferred')
      return known
    }),
  check: (value) => value as readonly Evidence[],
}

/** Flags that choose fixtures: the same for every part of `check`. */
export const selectionFlags = {
  only: list('NAME,…', 'Fixtures or rules by id; * stands for anything; a folder alone for all in it.'),
  level: optional(
    choice(['must', 'should'], 'Only flows of this level: must is documented or observed, should is inferred.'),
  ),
  evidence,
}

/** The fixtures that the flags choose. Throws UsageError where a word is unknown or nothing is chosen. */
export const selected = (
  fixtures: readonly Fixture[],
  selection: Values<typeof selectionFlags>,
): readonly Fixture[] => {
  const found = select(fixtures, selection)
  if (found.length === 0) throw new UsageError('no fixture is chosen by these flags; see kakaopay-mock check list')
  for (const name of selection.only)
    if (select(fixtures, { only: [name], level: undefined, evidence: [] }).length === 0)
      throw new UsageError(`--only ${name}: no fixture and no rule is called so; see kakaopay-mock check list`)
  return found
}
