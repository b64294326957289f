import { describe, expect, test } from 'vitest'
import type { Fixture } from '../../src/kit/fixture.ts'
import { loadFixtures } from '../../src/kit/load.ts'
import { runFixture } from '../../src/kit/run.ts'
import { checkServer } from '../../src/kit/server.ts'
import { inProcess, overHttp } from '../../src/kit/target.ts'
import { createMock } from '../../src/mock.ts'
import { mock } from './mock.ts'
import { falsify } from './mutants/disguise.ts'

const fixtures = loadFixtures()
const named = (id: string): Fixture => {
  const found = fixtures.find((f) => f.id === id)
  if (!found) throw new Error(`no fixture ${id}`)
  return found
}
const about = ({ id, title, level, evidence, source, rules }: Fixture) => ({
  id,
  title,
  level,
  evidence,
  source,
  rules,
})

describe('one flow', () => {
  test('that breaks says which step, which rule and from where, what differs, and how to see it again', async () => {
    const fixture = named('cid/unknown')
    const result = await runFixture(
      fixture,
      mock('run', () => createMock().fetch),
    )
    const { ms: _, failure, ...rest } = result
    expect(rest).toEqual({ ...about(fixture), outcome: 'failed' })
    const { answer, curl, ...told } = failure ?? { answer: undefined, curl: '' }
    expect(told).toEqual({
      step: 1,
      act: 'POST /online/v1/payment/ready',
      promises: [
        {
          id: 'cid.configured',
          sentence: 'Where cids are configured, the cid is one of them.',
          evidence: 'documented',
          source: 'Official table of payment error codes (spreadsheet v1.7, shared with the retired kapi.kakao.com)',
        },
      ],
      differences: [
        { at: 'status', expected: '400', actual: '200' },
        { at: 'body.error_code', expected: '-731', actual: 'absent' },
      ],
    })
    expect(answer?.status).toBe(200)
    expect(curl).toMatch(
      /^curl -sS -X POST 'http:\/\/127\.0\.0\.1:8585\/online\/v1\/payment\/ready' -H "authorization: SECRET_KEY \$KEY" -H 'content-type: application\/json' --data-binary '\{"cid":"TC0ONETIME",/,
    )
  })

  test('names the promise of every answer that is broken, too', async () => {
    const pretty = falsify(({ body }) => ({ text: JSON.stringify(body, null, 2) }))
    const { failure } = await runFixture(named('cid/known'), mock('run', pretty))
    expect(failure?.promises.map(({ id }) => id)).toEqual(['answer.compact'])
    expect(failure?.differences.map(({ at, expected }) => ({ at, expected }))).toEqual([
      { at: 'body as text', expected: 'no space outside of texts' },
    ])
  })

  test('ends in a broken promise where the server does not answer', async () => {
    const target = inProcess({ serve: () => () => Promise.reject(new Error('connection reset')) })
    const { outcome, failure } = await runFixture(named('ready/answer.tid-form'), target)
    expect({ outcome, differences: failure?.differences }).toEqual({
      outcome: 'failed',
      differences: [{ at: 'answer', expected: 'HTTP 200', actual: 'none: connection reset' }],
    })
  })

  test('does not take the kit’s own time-out for a connection that the server closed', async () => {
    const hangs = mock('run', (config) => {
      const server = createMock(config)
      return async (request) => {
        if (!request.url.endsWith('/ready')) return server.fetch(request)
        await new Promise((resolve) => request.signal.addEventListener('abort', resolve))
        throw new Error('aborted')
      }
    })
    const { failure } = await runFixture(named('fault/ready.drop-before-commit'), { ...hangs, timeoutMs: 50 })
    expect(failure?.differences).toEqual([
      { at: 'answer', expected: 'the connection is closed', actual: 'none within 50 ms' },
    ])
  })

  test('that was to be cut, closed or late says which of them it was not', async () => {
    const forgets = mock('run', (config) => {
      const server = createMock(config)
      return async (request) =>
        request.url.endsWith('/_mock/faults') ? new Response('{}', { status: 201 }) : server.fetch(request)
    })
    const differences = async (id: string) => (await runFixture(named(id), forgets)).failure?.differences
    expect(await differences('fault/approve.commit-then-drop')).toEqual([
      { at: 'status', expected: 'no answer: the connection is closed', actual: '200' },
    ])
    expect((await differences('fault/approve.garble'))?.map(({ at, expected }) => [at, expected])).toEqual([
      ['body', 'a text that breaks off: no JSON'],
    ])
    expect((await differences('fault/approve.latency'))?.map(({ at, expected }) => [at, expected])).toEqual([
      ['time', 'at least 250 ms'],
    ])
  })

  test.each([
    ['approve/answer.money', 'needs someone who acts as the payer'],
    ['approve/state.expired', 'needs someone who acts as the payer; needs a server whose clock can be moved'],
    ['cid/unknown', 'needs a server with settings of its own'],
    ['fault/refuse.maintenance', 'needs someone who acts as the payer; needs a server that can be told to fail'],
    ['fault/refuse.ip-forbidden', 'needs a server that can be told to fail'],
    ['order/tid.other-key', 'needs someone who acts as the payer; needs a second secret key'],
  ])('%s is not evaluated where it cannot be, and nothing is sent', async (id, reason) => {
    const target = overHttp({ url: 'http://127.0.0.1:1', key: 'DEV', payer: undefined, controlled: false, run: '1' })
    const { ms: _, ...result } = await runFixture(named(id), target)
    expect(result).toEqual({ ...about(named(id)), outcome: 'not evaluated', reason })
  })

  test('is the kit’s own failure where the kit sends what the contract refuses', async () => {
    const [step] = named('ready/answer.tid-form').steps
    const broken = { ...named('ready/answer.tid-form'), steps: [{ ...step, send: { cid: 'TC0ONETIME' } }] } as Fixture
    const { outcome, reason } = await runFixture(broken, mock())
    expect({ outcome, reason }).toEqual({
      outcome: 'harness error',
      reason:
        "the kit's own ready breaks the contract: partner_order_id Invalid input: expected string, received undefined",
    })
  })

  test('is the kit’s own failure where something was never kept', async () => {
    const [step] = named('order/tid.unknown').steps.slice(-1)
    const fixture = { ...named('order/tid.unknown'), steps: [{ ...step, send: { tid: '{{nothing}}' } }] } as Fixture
    const { outcome, reason } = await runFixture(fixture, mock())
    expect({ outcome, reason }).toEqual({ outcome: 'harness error', reason: 'nothing was kept as {{nothing}}' })
  })
})

describe('many flows', () => {
  test('after --bail the rest is not evaluated, and says so', async () => {
    const some = ['cid/unknown', 'cid/known'].map(named)
    const target = { ...mock('run', () => createMock().fetch), parallel: 1 }
    const results = await checkServer(some, target, { bail: true })
    expect(results.map(({ id, outcome, reason }) => ({ id, outcome, reason }))).toEqual([
      { id: 'cid/unknown', outcome: 'failed', reason: undefined },
      { id: 'cid/known', outcome: 'not evaluated', reason: 'the run was stopped by an earlier failure' },
    ])
  })

  test('each has a key of its own', async () => {
    const keys = new Set<string | null>()
    const target = mock('run', (config) => {
      const server = createMock(config)
      return (request) => {
        keys.add(request.headers.get('authorization'))
        return server.fetch(request)
      }
    })
    const some = fixtures.filter(({ id }) => id.startsWith('ready/answer.'))
    await checkServer(some, target)
    expect(keys.size).toBe(some.length)
    for (const key of keys) expect(key).toMatch(/^SECRET_KEY DEV[0-9A-F]{37}$/)
  })
})
