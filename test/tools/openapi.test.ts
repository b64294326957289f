import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createConfig, lint } from '@redocly/openapi-core'
import createClient from 'openapi-fetch'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { endpoints } from '../../contracts/index.ts'
import { refusals } from '../../contracts/refusals.ts'
import type { paths } from '../../src/client/openapi.d.ts'
import { createMock } from '../../src/mock.ts'
import { generated } from '../../tools/generated.ts'
import { payer } from '../flow.ts'
import { type Call, call, KEY, order } from '../merchant.ts'

const root = new URL('../..', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')

type Operation = {
  requestBody: { content: Record<string, { examples: { documented: { value: unknown } } }> }
  responses: Record<
    string,
    {
      links?: Record<string, Link>
      content?: Record<string, { examples?: Record<string, { value: { error_code: number } }> }>
    }
  >
}
const document = parse(read('openapi.yaml')) as { paths: Record<string, { post: Operation }> }

describe('what is generated', () => {
  test('is fresh: `npm run generate` would change nothing', async () => {
    for (const [file, text] of Object.entries(await generated()))
      expect({ file, fresh: read(file) === text }).toEqual({ file, fresh: true })
  })

  test('openapi.yaml is clean under Redocly’s recommended rules', async () => {
    const config = await createConfig({ extends: ['recommended'] })
    const problems = await lint({ ref: fileURLToPath(new URL('openapi.yaml', root)), config })
    expect(problems.map((p) => `${p.severity} ${p.ruleId}: ${p.message} ${p.location[0]?.pointer ?? ''}`)).toEqual([])
  })

  test('openapi.yaml has every call with its documented example and every refusal as a named example', () => {
    for (const endpoint of Object.values(endpoints)) {
      const operation = document.paths[endpoint.path]?.post
      expect(operation?.requestBody.content['application/json']?.examples.documented.value).toEqual(
        endpoint.example.request,
      )
      const named = Object.values(operation?.responses ?? {}).flatMap((r) =>
        Object.entries(r.content?.['application/json']?.examples ?? {}),
      )
      const codes = new Map(named.map(([name, example]) => [name, example.value.error_code]))
      for (const name of endpoint.refusals)
        expect({ name, code: codes.get(name) }).toEqual({ name, code: refusals[name].error_code })
    }
  })
})

describe('openapi.yaml, answers', () => {
  test('every call has every status of the table of refusals', () => {
    const statuses = new Set(Object.values(refusals).map(({ status }) => String(status)))
    for (const { path } of Object.values(endpoints))
      expect(Object.keys(document.paths[path]?.post.responses ?? {})).toEqual(expect.arrayContaining([...statuses]))
  })

  test('the links lead from ready to approve, order and cancel', async () => {
    const mock = createMock()
    /** Sends what a link of an answer names, and further fields. */
    const follow = async (from: Exchange, link: string, fields: object = {}): Promise<Exchange> => {
      const { operationId, requestBody } = linksOf(from.name)[link] as Link
      const read = (expression: string) =>
        expression
          .slice(expression.indexOf('#/') + 2)
          .split('/')
          .reduce<unknown>(
            (value, key) => (value as Record<string, unknown>)[key],
            expression.startsWith('$request') ? from.sent : from.answered,
          )
      const linked = Object.entries(requestBody).map(([name, expression]) => [name, read(expression)])
      return ask(operationId, { ...Object.fromEntries(linked), ...fields })
    }
    const ask = async (name: Call, sent: Record<string, unknown>): Promise<Exchange> => {
      const { status, body } = await call(mock, name, sent)
      expect({ name, status }).toEqual({ name, status: 200 })
      return { name, sent, answered: body }
    }
    const ready = await ask('ready', order)
    const { pg_token } = await payer(mock, String(ready.answered['tid']), 'approve')
    const approved = await follow(ready, 'approve', { pg_token })
    const looked = await follow(approved, 'order')
    const cancelled = await follow(looked, 'cancel')
    expect(cancelled.answered).toMatchObject({ status: 'CANCEL_PAYMENT', approved_cancel_amount: { total: 2200 } })
    expect((await follow(cancelled, 'order')).answered['status']).toBe('CANCEL_PAYMENT')
  })
})

interface Exchange {
  readonly name: Call
  readonly sent: Record<string, unknown>
  readonly answered: Record<string, unknown>
}
type Link = { operationId: Call; requestBody: Record<string, string> }

const linksOf = (name: Call): Record<string, Link> =>
  document.paths[endpoints[name].path]?.post.responses['200']?.links ?? {}

describe('a client typed by openapi.yaml', () => {
  test('compiles and is answered', async () => {
    const mock = createMock()
    const client = createClient<paths>({
      baseUrl: 'http://127.0.0.1:8585',
      fetch: (request: Request) => mock.fetch(request),
    })
    const { data, error } = await client.POST('/online/v1/payment/ready', {
      body: order,
      headers: { authorization: `SECRET_KEY ${KEY}` },
    })
    expect(error).toBeUndefined()
    const tid: string | undefined = data?.tid
    expect(tid).toMatch(/^T[0-9a-f]{19}$/)
    // @ts-expect-error required fields are missing: the types know
    const incomplete: Parameters<typeof client.POST<'/online/v1/payment/ready'>>[1]['body'] = { cid: 'TC0ONETIME' }
    const headers = { authorization: `SECRET_KEY ${KEY}` }
    const refused = await client.POST('/online/v1/payment/ready', { body: incomplete, headers })
    expect(refused.error).toEqual({ error_code: -2, error_message: "partner_order_id can't be null." })
  })
})
