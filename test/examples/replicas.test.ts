import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { variableOf } from '../../src/config/option.ts'
import { settingNames } from '../../src/config/settings.ts'

const file = (name: string) => readFileSync(resolve(import.meta.dirname, '../../examples/replicas', name), 'utf8')
const variables = new Set(settingNames.map(variableOf))

interface Container {
  readonly env?: readonly { readonly name: string; readonly value: string }[]
}
interface Resource {
  readonly kind: string
  readonly spec: {
    readonly replicas?: number
    readonly template?: { readonly spec: { readonly containers: readonly Container[] } }
  }
}

describe('the files for three replicas', () => {
  test('compose: Redis, three mocks, a balancer; every variable is a setting', () => {
    const { services, volumes } = parse(file('compose.yml'))
    expect(Object.keys(services)).toEqual(['redis', 'mock', 'balancer'])
    expect(services.mock.deploy).toEqual({ replicas: 3 })
    expect(services.mock.environment.KAKAOPAY_MOCK_STORE).toBe('redis://redis:6379/0')
    expect(Object.keys(services.mock.environment).filter((name) => !variables.has(name))).toEqual([])
    expect(Object.keys(volumes)).toEqual(['redis'])
  })

  test('Kubernetes: valid documents; every variable is a setting', () => {
    const documents = parseAllDocuments(file('kubernetes.yml'))
    expect(documents.flatMap(({ errors }) => errors)).toEqual([])
    const resources = documents.map((document) => document.toJS() as Resource)
    expect(resources.map(({ kind }) => kind)).toEqual(['Service', 'StatefulSet', 'Deployment', 'Service'])
    const mock = resources.find(({ kind }) => kind === 'Deployment')
    expect(mock?.spec.replicas).toBe(3)
    const env = mock?.spec.template?.spec.containers.flatMap((container) => container.env ?? []) ?? []
    expect(env.map(({ name }) => name).filter((name) => !variables.has(name))).toEqual([])
    expect(env).toContainEqual({ name: 'KAKAOPAY_MOCK_STORE', value: 'redis://redis:6379/0' })
  })
})
