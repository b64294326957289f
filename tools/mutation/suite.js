import { format } from 'node:util'
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect'
import * as chai from 'chai'

/**
 * What the tests import as `vitest` while Stryker runs them: the same `expect`, and a `test` that collects. Vitest itself starts a worker
 * and loads every module anew for each mutant, which takes two seconds where the tests take a tenth of one.
 */

chai.use(JestExtend)
chai.use(JestChaiExpect)
chai.use(JestAsymmetricMatchers)

export const expect = (value, message) => chai.expect(value, message)
Object.assign(expect, chai.expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT])
expect.getState = () => getState(expect)
expect.setState = (state) => setState(state, expect)
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect)

/** Every test of every file that was imported, in its order. */
export const tests = []

let names = []
export const inFile = async (file, load) => {
  names = [file]
  await load()
}

const test = (name, ...rest) => {
  const run = rest.find((part) => typeof part === 'function')
  const base = [...names, name].join(' > ')
  const same = tests.filter((other) => other.name === base).length
  tests.push({ id: same === 0 ? base : `${base} (${same + 1})`, name: base, run })
}
const describe = (name, run) => {
  names = [...names, name]
  run()
  names = names.slice(0, -1)
}

const titled = (title, row) => {
  const [first] = row
  const named = title.replace(/\$(\w+)/g, (whole, key) =>
    Object.hasOwn(Object(first), key) ? String(first[key]) : whole,
  )
  const wanted = (named.match(/%[sdifjoO]/g) ?? []).length
  return wanted === 0 ? named : format(named, ...row.slice(0, wanted))
}
const each =
  (define) =>
  (rows) =>
  (title, ...rest) => {
    const at = rest.findIndex((part) => typeof part === 'function')
    for (const item of rows) {
      const row = Array.isArray(item) ? item : [item]
      define(titled(title, row), ...rest.with(at, () => rest[at](...row)))
    }
  }
test.each = each(test)
describe.each = each(describe)
test.skipIf = (skips) => (skips ? () => {} : test)
describe.skipIf = (skips) => (skips ? () => {} : describe)
/** The process ends with the last mutant: nothing needs to be closed before. */
export const afterAll = () => {}

export { describe, test }
