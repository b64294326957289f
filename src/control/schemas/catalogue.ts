import * as z from 'zod'
import { controlEndpoint } from './endpoint.ts'

const known = { evidence: z.enum(['documented', 'observed', 'inferred']), source: z.string() }

export const catalogueCalls = {
  calls: controlEndpoint({
    name: 'calls',
    method: 'GET',
    path: '/_mock/calls',
    summary: 'Lists KakaoPay’s calls that this server answers',
    response: z.object({
      calls: z.array(
        z.object({ name: z.string(), method: z.string(), path: z.string(), summary: z.string(), ...known }),
      ),
    }),
  }),
  refusals: controlEndpoint({
    name: 'refusals',
    method: 'GET',
    path: '/_mock/refusals',
    summary: 'Lists every refusal with its code, wording and evidence',
    response: z.object({
      refusals: z.array(
        z.object({
          name: z.string(),
          when: z.string(),
          status: z.int(),
          error_code: z.int(),
          error_message: z.string(),
          ...known,
          wording: z.object(known),
          extras: z.record(z.string(), z.string()).nullable(),
        }),
      ),
    }),
  }),
  rules: controlEndpoint({
    name: 'rules',
    method: 'GET',
    path: '/_mock/rules',
    summary: 'Lists every rule with its sentence, refusal and evidence',
    response: z.object({
      rules: z.array(
        z.object({ id: z.string(), level: z.string(), sentence: z.string(), refusal: z.string(), ...known }),
      ),
    }),
  }),
} as const
