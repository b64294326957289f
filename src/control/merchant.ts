import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { type EndpointName, endpoints } from '../../contracts/index.ts'
import { nameOf } from '../namespaces/namespaces.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { answers, fields, inNamespace, json, nothing } from './fields.ts'
import { controlError, problem } from './problem.ts'

/** The secret key of payments that are made here for no namespace. */
export const TEST_KEY = 'DEV_TEST_PAYMENT'

const route = createRoute({
  method: 'post',
  path: '/_mock/merchant/{call}',
  operationId: 'merchantCall',
  tags: ['merchant'],
  summary:
    'Sends a call of KakaoPay’s API as the merchant whose secret key this mock has seen, and answers what it answers',
  request: {
    params: z.object({ call: z.enum(Object.keys(endpoints) as EndpointName[]) }),
    query: nothing,
    body: json(
      fields({
        namespace: inNamespace.namespace.meta({
          description: `Whose key is sent: public name, or the key itself. Default: ${TEST_KEY}`,
        }),
        key: z.string().min(1).optional().meta({
          description:
            'The secret key of namespace, where no call with it has come in since the start: it is kept in memory alone, as that of any call',
        }),
        body: z.record(z.string(), z.unknown()).meta({ description: 'The body of the call' }),
      }),
    ),
  },
  responses: {
    ...answers(z.looseObject({})),
    503: { description: 'A fault rule closed the connection.', ...json(controlError) },
  },
})

/** Calls as a merchant's server would send them: the same way in, journaled, with the faults that are armed. */
export const merchantApp = ({ namespaces, callApi }: ControlDeps) =>
  new OpenAPIHono<ControlEnv>().openapi(route, async (c) => {
    const { namespace: wanted, key: given, body } = c.req.valid('json')
    const { namespace } = c.var
    if (given !== undefined && namespace !== undefined && nameOf(given) !== namespace)
      return problem(c, 400, `key: it is not the secret key of ${namespace}.`)
    const known = namespace === undefined ? TEST_KEY : (namespaces.find(namespace)?.key ?? keyIn(wanted))
    const key = given ?? known
    if (key === undefined)
      return problem(
        c,
        409,
        `the secret key of ${namespace} is not known here: no call with it has come in since the start. send it as key.`,
      )
    const { method, path } = endpoints[c.req.valid('param').call]
    try {
      const answer = await callApi(path, {
        method,
        headers: { authorization: `SECRET_KEY ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return new Response(await answer.text(), {
        status: answer.status,
        headers: { 'content-type': answer.headers.get('content-type') ?? 'application/json' },
      }) as never
    } catch {
      return problem(c, 503, 'the connection was closed without an answer, as a fault rule asked for.')
    }
  })

/** A name is no key. */
const keyIn = (wanted: string | undefined) => (wanted?.startsWith('ns_') ? undefined : wanted)
