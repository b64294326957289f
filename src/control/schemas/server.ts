import * as z from 'zod'
import { controlEndpoint } from './endpoint.ts'

export const serverCalls = {
  health: controlEndpoint({
    name: 'health',
    method: 'GET',
    path: '/_mock/health',
    summary: 'Says that the server serves',
    response: z.object({ status: z.literal('ok'), version: z.string(), payments: z.int() }),
  }),
  openapi: controlEndpoint({
    name: 'openapi',
    method: 'GET',
    path: '/_mock/openapi.yaml',
    summary: 'The OpenAPI document of this control API',
    response: z.string(),
    media: 'application/yaml',
  }),
  session: controlEndpoint({
    name: 'session',
    method: 'POST',
    path: '/_mock/session',
    summary: 'Keeps the control token in a cookie, for the dashboard',
    request: z.strictObject({ token: z.string() }),
    response: z.object({ status: z.literal('ok') }),
  }),
} as const
