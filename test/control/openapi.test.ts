import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { version } from '../../src/version.ts'
import { controlOpenapiDocument } from '../../tools/control-openapi-document.ts'
import { routes } from './control.ts'

const file = resolve(import.meta.dirname, '../../control.openapi.yaml')

test('control.openapi.yaml is what GET /_mock/openapi.yaml answers', async () => {
  const text = readFileSync(file, 'utf8')
  const response = await createMock().request('/_mock/openapi.yaml')
  expect(response.headers.get('content-type')).toBe('application/yaml;charset=UTF-8')
  expect(await response.text()).toBe(text)
})

test('every operation has its own id, a summary and a tag', () => {
  const operations = Object.values(controlOpenapiDocument(version).paths ?? {}).flatMap((path) => Object.values(path))
  const ids = operations.map((operation) => operation.operationId)
  expect(new Set(ids).size).toBe(routes.length)
  for (const { operationId, summary, tags } of operations)
    expect({ operationId, summary, tags }).toEqual({
      operationId: expect.stringMatching(/^[a-zA-Z]+$/),
      summary: expect.any(String),
      tags: [expect.any(String)],
    })
})

test('every route refuses a query parameter that it does not know', async () => {
  for (const { method, path } of routes) {
    const response = await createMock().request(`${path.replace(/\{\w+\}/g, 'x')}?no_such=1`, {
      method: method.toUpperCase(),
    })
    expect({ path, status: response.status, body: await response.json() }).toEqual({
      path,
      status: 400,
      body: { error_code: -400, error_message: expect.stringMatching(/^query: no_such is unknown\. /) },
    })
  }
})
