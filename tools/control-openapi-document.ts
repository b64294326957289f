import type { ControlDeps } from '../src/control/deps.ts'
import { createControlApi } from '../src/control/index.ts'
import { controlTags } from './control-openapi-tags.ts'

/** The app that control.openapi.yaml is generated from. Only its routes are read: no handler runs, so none needs its deps. */
export const controlApi = () => createControlApi({} as ControlDeps)

/** control.openapi.yaml as an object, generated from the routes of the control API. */
export const controlOpenapiDocument = (version: string) => {
  const api = controlApi()
  api.openAPIRegistry.registerComponent('securitySchemes', 'controlToken', {
    type: 'http',
    scheme: 'bearer',
    description: 'Only where the mock was started with --control-token; also as header x-kakaopay-mock-token.',
  })
  const {
    webhooks,
    components = {},
    ...document
  } = api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Control API of kakaopay-mock',
      version,
      description:
        'Controls what no payment service lets you control: its clock, its journal, its failures. This API is kakaopay-mock’s own; KakaoPay has nothing like it. It answers to allowed Host names only and refuses writes from pages of other origins.',
      contact: { name: 'kakaopay-mock', url: 'https://www.npmjs.com/package/kakaopay-mock' },
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: 'http://127.0.0.1:8585', description: 'kakaopay-mock' }],
    security: [{}, { controlToken: [] }],
  })
  const { parameters, ...used } = components
  const tags = Object.entries(controlTags).map(([name, description]) => ({ name, description }))
  return tuplesClosed({ ...document, tags, components: used })
}

type Json = { [key: string]: unknown }

/** A description for each operation that has a summary alone: linters want both, readers of the types do not. */
export const withDescriptions = <T extends { paths?: object }>(given: T): T => {
  const document = structuredClone(given)
  for (const path of Object.values(document.paths ?? {}) as Json[])
    for (const operation of Object.values(path) as { summary?: string; description?: string }[])
      operation.description ??= `${operation.summary}.`
  return document
}

/** A tuple says its length and that nothing follows, since not every reader of a schema knows `prefixItems`. */
const tuplesClosed = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value
  for (const nested of Object.values(value)) tuplesClosed(nested)
  if ('prefixItems' in value && Array.isArray(value.prefixItems)) {
    const { length } = value.prefixItems
    Object.assign(value, { items: {}, minItems: length, maxItems: length })
  }
  return value
}
