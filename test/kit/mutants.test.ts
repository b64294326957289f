import { mkdirSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadFixtures } from '../../src/kit/load.ts'
import { checkServer, forServers } from '../../src/kit/server.ts'
import { mock } from './mock.ts'
import { mutants } from './mutants/index.ts'

const fixtures = forServers(loadFixtures())

/** Mutant → the fixtures that find it out. */
const caught = new Map<string, readonly string[]>()

const findOut = async (name: string) => {
  const { serve, asked } = mutants[name] as (typeof mutants)[string]
  const witnesses = fixtures.filter(({ id }) => asked.some((start) => id.startsWith(start)))
  const results = await checkServer(witnesses, mock('run', serve))
  // A payer who gets nowhere is the kit's trouble, but an mutant's making: only a broken promise counts as found out.
  return results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)
}

describe('mutants, each wrong in one way', () => {
  beforeAll(async () => {
    for (const name of Object.keys(mutants)) caught.set(name, await findOut(name))
    mkdirSync('artefacts', { recursive: true })
    writeFileSync('artefacts/mutants-server.txt', matrix())
  }, 120_000)

  test.each(Object.entries(mutants).map(([name, { wrong }]) => [name, wrong]))('%s, which %s, is found out', (name) => {
    expect(caught.get(name)?.length).toBeGreaterThan(0)
  })

  test('every fixture finds at least one of them out', () => {
    const useful = new Set([...caught.values()].flat())
    expect(fixtures.map(({ id }) => id).filter((id) => !useful.has(id))).toEqual([])
  })
})

/** Who was found out by whom: one line for each mutant. */
const matrix = (): string =>
  [...caught]
    .map(([name, ids]) => {
      const shown = ids.slice(0, 3).join(', ')
      const more = ids.length > 3 ? ` and ${ids.length - 3} more` : ''
      return `${name.padEnd(22)} ${String(ids.length).padStart(4)}  ${shown}${more}`
    })
    .join('\n')
