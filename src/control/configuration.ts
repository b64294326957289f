import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { answers, nothing } from './fields.ts'

const list = createRoute({
  method: 'get',
  path: '/_mock/settings',
  operationId: 'settings',
  tags: ['settings'],
  summary: 'Lists the settings in force and where each came from; secrets are masked',
  request: { query: nothing },
  responses: answers(
    z.object({
      settings: z.array(
        z.object({
          name: z.string(),
          flag: z.string(),
          variable: z.string().meta({ description: 'The environment variable' }),
          value: z.any(),
          default: z.any(),
          origin: z.enum(['flag', 'environment', 'file', 'options', 'default']),
          help: z.string(),
          values: z.array(z.string()).nullable().meta({ description: 'Those it takes, where they are few' }),
        }),
      ),
    }),
  ),
})

export const configurationApp = ({ settingsInForce }: ControlDeps) =>
  new OpenAPIHono<ControlEnv>().openapi(list, (c) => c.json({ settings: [...settingsInForce()] }, 200))
