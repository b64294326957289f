import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { sources } from '../../contracts/evidence.ts'
import { refusals } from '../../contracts/refusals.ts'
import { rules } from '../../contracts/rules.ts'
import { faultTypes } from '../../src/faults/fault-types.ts'
import { expand } from '../../src/kit/expand.ts'
import { type FixtureFile, isCall, isFault } from '../../src/kit/fixture.ts'
import { fixturesFolder, jsonFiles, loadFixtures } from '../../src/kit/load.ts'
import { provoked, unprovokable } from '../../src/kit/provoked.ts'
import { checkServer, forServers } from '../../src/kit/server.ts'
import { needs } from '../needs.ts'
import { mock } from './mock.ts'

const folder = fixturesFolder()
const fixtures = loadFixtures()
const readJson = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))

describe('the fixtures', () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true })
  const validate = ajv.compile(readJson('fixture.schema.json') as object)

  test.each(jsonFiles(folder))('%s is as fixture.schema.json says', (name) => {
    expect({ valid: validate(readJson(name)), errors: validate.errors }).toEqual({ valid: true, errors: null })
  })

  test('the schema refuses a word that it does not know', () => {
    const file = readJson('cancel/cancel.json') as FixtureFile
    expect(validate({ ...file, variations: [{ ...file.variations[0], expects: { status: 200 } }] })).toBe(false)
  })

  test('ids are stable: none is removed, none is renamed', () => {
    expect(fixtures.map(({ id }) => id).sort()).toMatchSnapshot()
  })

  test('every id begins with its folder', () => {
    expect(fixtures.filter(({ id, file }) => id.split('/')[0] !== file.split('/')[0])).toEqual([])
  })

  test('every source is a source of the contracts', () => {
    expect(fixtures.filter(({ source }) => !Object.hasOwn(sources, source)).map(({ id }) => id)).toEqual([])
  })

  test('none claims to be known better than the rules that it checks and the refusal that it demands', () => {
    const overstated = fixtures.filter(({ evidence, rules: ids }) => {
      const known = ids.flatMap((id) => {
        const rule = rules.get(id)
        return rule ? [rule.evidence, refusals[rule.refusal].evidence] : []
      })
      return evidence !== 'inferred' && known.includes('inferred')
    })
    expect(overstated.map(({ id }) => id)).toEqual([])
  })

  test('no invented text is demanded of a server under a stronger word than inferred', () => {
    const texts: Readonly<Record<string, { readonly wording: { readonly evidence: string } }>> = refusals
    const observed = new Set(
      Object.values(refusals)
        .filter(({ wording }) => wording.evidence !== 'inferred')
        .map(({ error_code }): number => error_code),
    )
    expect(Object.keys(texts).length).toBeGreaterThan(30)
    const demanding = fixtures.flatMap(({ id, evidence, steps }) =>
      steps.filter(isCall).flatMap(({ expect: { body } }) => {
        const { error_code, error_message } = (body ?? {}) as { error_code?: number; error_message?: unknown }
        const invented = error_message !== undefined && error_code !== undefined && !observed.has(error_code)
        return invented && evidence !== 'inferred' ? [id] : []
      }),
    )
    expect(demanding).toEqual([])
  })

  test('every refusal has a fixture of a server that provokes it, or is excused by name', () => {
    const by = provoked(fixtures)
    const missing = [...by].filter(([name, ids]) => ids.length === 0 && unprovokable[name] === undefined)
    const excusedInVain = [...by].filter(([name, ids]) => ids.length > 0 && unprovokable[name] !== undefined)
    expect({ missing: missing.map(([name]) => name), excusedInVain }).toEqual({ missing: [], excusedInVain: [] })
    expect([...by.keys()]).toEqual(Object.keys(refusals))
  })

  test('a refusal that loses its last fixture is noticed, also where another has the same number', () => {
    const without = (id: string) => provoked(fixtures.filter((fixture) => !fixture.id.startsWith(id)))
    expect(without('fault/refuse.ip-forbidden').get('ip-forbidden')).toEqual([])
    expect(without('wire/').get('body-invalid')).toEqual([])
    expect(without('wire/').get('field-missing')).not.toEqual([])
  })

  test('every fault has a fixture of a server', () => {
    // The payer's browser repeats, at the shop's own address.
    const notForServers = ['repeat-redirect']
    const played = fixtures
      .filter((fixture) => fixture.for === 'server')
      .flatMap(({ steps }) => steps.filter(isFault).map(({ fault }) => (fault['do'] as { fault: string }).fault))
    expect([...new Set([...played, ...notForServers])].sort()).toEqual(Object.keys(faultTypes).sort())
  })

  test('a variation that changes what is not there is refused by name', () => {
    const file = readJson('ready/amounts.json') as FixtureFile
    const variation = { id: 'ready/x', title: 'changes the ninth step', at: 9 }
    expect(() => expand({ ...file, variations: [variation] }, 'x.json')).toThrow(
      'fixture ready/x: step 9 of the base is not a call',
    )
  })
})

describe('against the mock', () => {
  const all = forServers(fixtures)

  const runs = needs('time') ? 20 : 1

  test(`every flow passes, ${runs} times in a row`, { timeout: 240_000 }, async () => {
    for (let run = 0; run < runs; run++) {
      const results = await checkServer(all, mock(`run ${run}`))
      expect(results.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
      expect(results.map(({ id }) => id)).toEqual(all.map(({ id }) => id))
    }
  })
})
