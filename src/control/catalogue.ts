import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/index.ts'
import { type RefusalText, refusals } from '../../contracts/refusals.ts'
import { rules } from '../../contracts/rules.ts'
import type { ControlEnv } from './env.ts'
import { answers, nothing } from './fields.ts'

const evidence = { evidence: z.enum(['documented', 'observed', 'inferred']), source: z.string() }

const callsRoute = createRoute({
  method: 'get',
  path: '/_mock/calls',
  operationId: 'calls',
  tags: ['calls'],
  summary: 'Lists KakaoPay’s calls that this server answers',
  request: { query: nothing },
  responses: answers(
    z.object({
      calls: z.array(
        z.object({ name: z.string(), method: z.string(), path: z.string(), summary: z.string(), ...evidence }),
      ),
    }),
  ),
})

const refusalsRoute = createRoute({
  method: 'get',
  path: '/_mock/refusals',
  operationId: 'refusals',
  tags: ['refusals'],
  summary: 'Lists every refusal with its code, wording and evidence',
  request: { query: nothing },
  responses: answers(
    z.object({
      refusals: z.array(
        z.object({
          name: z.string(),
          when: z.string(),
          status: z.int(),
          error_code: z.int(),
          error_message: z.string(),
          ...evidence,
          wording: z.object(evidence),
          extras: z.record(z.string(), z.string()).nullable(),
        }),
      ),
    }),
  ),
})

const rulesRoute = createRoute({
  method: 'get',
  path: '/_mock/rules',
  operationId: 'rules',
  tags: ['rules'],
  summary: 'Lists every rule with its sentence, refusal and evidence',
  request: { query: nothing },
  responses: answers(
    z.object({
      rules: z.array(
        z.object({ id: z.string(), level: z.string(), sentence: z.string(), refusal: z.string(), ...evidence }),
      ),
    }),
  ),
})

/** KakaoPay's calls, refusals and rules, read from the contracts. */
export const catalogueApp = () =>
  new OpenAPIHono<ControlEnv>()
    .openapi(callsRoute, (c) => {
      const calls = (Object.values(endpoints) as Endpoint[]).map(
        ({ name, method, path, summary, evidence, source }) => ({ name, method, path, summary, evidence, source }),
      )
      return c.json({ calls }, 200)
    })
    .openapi(refusalsRoute, (c) => {
      const all = (Object.entries(refusals) as [string, RefusalText][]).map(([name, refusal]) => ({
        name,
        when: refusal.when,
        status: refusal.status,
        error_code: refusal.error_code,
        error_message: refusal.error_message,
        evidence: refusal.evidence,
        source: refusal.source,
        wording: { ...refusal.wording },
        extras: refusal.extras ? { ...refusal.extras } : null,
      }))
      return c.json({ refusals: all }, 200)
    })
    .openapi(rulesRoute, (c) => {
      const all = [...rules.values()].map(({ id, level, sentence, refusal, evidence, source }) => ({
        id,
        level,
        sentence,
        refusal,
        evidence,
        source,
      }))
      return c.json({ rules: all }, 200)
    })
