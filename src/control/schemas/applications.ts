import * as z from 'zod'
import { applicationChange, applicationFields, applicationInput } from '../../namespaces/application.ts'
import { controlEndpoint } from './endpoint.ts'
import { instant, removed } from './fields.ts'

export const application = z.object({
  id: z.string(),
  ...applicationFields,
  secret_key: z.string().meta({ description: 'Masked' }),
  namespace: z.string(),
  configured: z.boolean().meta({ description: 'From the config: comes back with the next start' }),
  created_at: instant,
})

/** The only two answers that show a key whole. */
export const issued = application.extend({
  secret_key: z.string().meta({ description: 'DEV and 37 upper-case hex digits, shown this once' }),
})

export const applicationCalls = {
  applications: controlEndpoint({
    name: 'applications',
    method: 'GET',
    path: '/_mock/applications',
    summary: 'Lists registered applications; while there is none every key works',
    response: z.object({ applications: z.array(application), any_key_works: z.boolean() }),
  }),
  registerApplication: controlEndpoint({
    name: 'registerApplication',
    method: 'POST',
    path: '/_mock/applications',
    summary: 'Registers an application and issues its secret key, which is shown this once',
    request: applicationInput,
    response: issued,
    status: 201,
  }),
  application: controlEndpoint({
    name: 'application',
    method: 'GET',
    path: '/_mock/applications/{id}',
    summary: 'Shows one application',
    response: application,
  }),
  changeApplication: controlEndpoint({
    name: 'changeApplication',
    method: 'PATCH',
    path: '/_mock/applications/{id}',
    summary: 'Changes its name, web domains, app schemes or APIs',
    request: applicationChange,
    response: application,
  }),
  reissueKey: controlEndpoint({
    name: 'reissueKey',
    method: 'POST',
    path: '/_mock/applications/{id}/reissue',
    summary: 'Issues a new secret key, shown this once; the old one answers −401 from now on',
    response: issued,
  }),
  removeApplication: controlEndpoint({
    name: 'removeApplication',
    method: 'DELETE',
    path: '/_mock/applications/{id}',
    summary: 'Removes an application',
    response: removed,
  }),
} as const
