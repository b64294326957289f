import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type BrokenRequirement, checks } from '../../src/kit/index.ts'
import { createMock } from '../../src/mock.ts'
import { needs } from '../needs.ts'

const root = resolve(import.meta.dirname, '../..')

/** Runs an example with the built package, as a project that has installed it would. */
const example = async (args: readonly string[], env: Record<string, string> = {}) => {
  const { VITEST: _, NODE_OPTIONS: __, ...clean } = process.env
  const child = spawn(process.execPath, [...args], { cwd: root, env: { ...clean, NO_COLOR: '1', ...env } })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--root', 'examples/vitest']
const nodeTest = ['--test', 'examples/node-test/kakaopay.test.js']

/** Each starts a test runner of its own. */
describe.skipIf(!needs('time'))('the kit in another test runner', { timeout: 60_000 }, () => {
  test('vitest', async () => {
    const { code, output } = await example(vitest)
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' })
    expect(output).toMatch(/Tests +\d+ passed \(\d+\)/)
  })

  test('node:test', async () => {
    const { code, output } = await example(nodeTest)
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' })
    expect(output).toMatch(/# fail 0\n|ℹ fail 0\n/)
  })

  test('node:test turns red at a server that breaks its contract', async () => {
    const server = createServer((_, outgoing) => outgoing.writeHead(200).end('{}')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { code, output } = await example(nodeTest, {
      KAKAOPAY_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    })
    server.close()
    expect(code).toBe(1)
    expect(output).toContain('rule answer.content-type (must): ')
  })
})

describe('checks', () => {
  const named = (only: string, serve = () => createMock().fetch) => checks({ serve, only: [only] })

  test('has an id, a title and a run for each flow', async () => {
    const [check, ...more] = named('cid/any')
    expect(more).toEqual([])
    expect({ id: check?.id, title: check?.title }).toEqual({
      id: 'cid/any',
      title: 'cid/any: Where no cid is configured any 10 characters are one.',
    })
    await expect(check?.run()).resolves.toBeUndefined()
  })

  test('rejects with the broken requirement, whole', async () => {
    const error = (await named('cid/unknown')[0]
      ?.run()
      .catch((e: unknown) => e)) as BrokenRequirement
    expect(error.name).toBe('BrokenRequirement')
    expect(error.message).toMatch(
      /^cid\/unknown: A cid that is not configured is refused with −731\.\nstep 1: POST \/online/,
    )
    expect(error.result.failures?.[0]?.requirements[0]?.id).toBe('cid.configured')
  })

  test('resolves to why a flow was not evaluated', async () => {
    const [check] = checks({ url: 'http://127.0.0.1:9', controlled: false, only: ['cid/unknown'] })
    await expect(check?.run()).resolves.toBe('needs a server with settings of its own')
  })

  test('asks the server once whether it has faults, and sends it none where it has not', async () => {
    const paths: string[] = []
    const stranger = () => async (request: Request) => {
      paths.push(new URL(request.url).pathname)
      return new Response('{}', { status: 404 })
    }
    const some = checks({ serve: stranger, only: ['fault/refuse.ip-forbidden', 'approve/state.expired'] })
    const reasons = await Promise.all(some.map(({ run }) => run()))
    expect(reasons.sort()).toEqual([
      'needs a server that can inject faults',
      'needs someone who acts as the payer; needs a server whose clock can be moved',
    ])
    expect(paths).toEqual(['/_mock/health'])
    await expect(named('fault/refuse.ip-forbidden')[0]?.run()).resolves.toBeUndefined()
  })

  test('rejects where nothing answers', async () => {
    const [check] = checks({ url: 'http://127.0.0.1:9', only: ['cid/any'] })
    await expect(check?.run()).rejects.toThrow(/^http:\/\/127\.0\.0\.1:9 cannot be reached: /)
  })

  test('says what it lacks', () => {
    expect(() => checks({})).toThrow('checks() needs a url or serve')
    expect(() => named('nobody')).toThrow('no fixture is called nobody')
  })
})
