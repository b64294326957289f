import { expect, test } from 'vitest'
import { lockedDependencies, permittedLicences } from '../../tools/dependencies.ts'

test('every locked package has a permitted licence', () => {
  const others = Object.entries(lockedDependencies()).filter(([, licence]) => !permittedLicences.has(licence))
  expect(others).toEqual([])
})
