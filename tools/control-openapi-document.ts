import type { ControlDeps } from '../src/control/deps.ts'
import { createControlApi } from '../src/control/index.ts'

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
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: 'http://127.0.0.1:8585', description: 'kakaopay-mock' }],
    security: [{}, { controlToken: [] }],
  })
  const { parameters, ...used } = components
  return { ...document, components: used }
}
