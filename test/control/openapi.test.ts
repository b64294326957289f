import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { controlEndpoints } from '../../src/control/schemas/index.ts'
import { createMock } from '../../src/mock.ts'
import { version } from '../../src/version.ts'
import { controlOpenapiDocument } from '../../tools/control-openapi-document.ts'

const file = resolve(import.meta.dirname, '../../control.openapi.yaml')

test('control.openapi.yaml is fresh, and is what GET /_mock/openapi.yaml answers', async () => {
  const text = readFileSync(file, 'utf8')
  const fresh = stringify(controlOpenapiDocument(version), { lineWidth: 0, aliasDuplicateObjects: false })
  expect(text === fresh, 'control.openapi.yaml is stale: run `npm run generate`').toBe(true)
  const response = await createMock().request('/_mock/openapi.yaml')
  expect(response.headers.get('content-type')).toBe('application/yaml;charset=UTF-8')
  expect(await response.text()).toBe(text)
})

test('every call of the contract is in the document, each with its own operation id', () => {
  const { paths } = controlOpenapiDocument(version) as {
    paths: Record<string, Record<string, { operationId: string }>>
  }
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods).map((o) => o.operationId))
  expect(operations.sort()).toEqual(Object.keys(controlEndpoints).sort())
})

test('every call of the contract is answered by a handler, not by "no such call"', async () => {
  for (const { method, path } of Object.values(controlEndpoints)) {
    if (path === '/_mock/events') continue
    const response = await createMock().request(path.replace(/\{\w+\}/g, 'x'), { method })
    expect(await response.text(), `${method} ${path}`).not.toContain('there is no control call')
  }
})
