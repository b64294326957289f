import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { Fixture } from '../../src/kit/fixture.ts'
import { generatedFixtures } from '../../src/kit/generate/index.ts'
import { loadFixtures } from '../../src/kit/load.ts'
import { controlPayer } from '../../src/kit/payer.ts'
import { runFixture } from '../../src/kit/run.ts'
import { overHttp } from '../../src/kit/target.ts'
import { createMock } from '../../src/mock.ts'
import { needs } from '../needs.ts'

const run = promisify(execFile)

/** The flow with an expectation at its last call that no server meets, so that a report shows its script. */
const failing = (id: string): Fixture => {
  const fixture = [...loadFixtures(), ...generatedFixtures()].find((f) => f.id === id)
  if (!fixture) throw new Error(`no fixture ${id}`)
  const steps = fixture.steps.map((step, i) =>
    i === fixture.steps.length - 1 && 'call' in step ? { ...step, expect: { status: 299 } } : step,
  )
  return { ...fixture, steps }
}

test.skipIf(!needs('curl')).each([
  ['cancel/full', '"status":"CANCEL_PAYMENT"'],
  ['subscription/later', '"amount":{"total":'],
  ['wire/size.300-kb', 'is larger than'],
  ['call/cancel.tid-other-key', '"error_code":-721'],
  ['fault/cancel.refuse-before-commit', '"error_code":-781'],
])('the script of %s does the same when it is pasted into a shell', async (id, wanted) => {
  const server = createServer(createMock().listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const target = overHttp({ url, key: undefined, payer: controlPayer, controlled: true, run: id })
  const { failures = [] } = await runFixture(failing(id), target)
  const { stdout } = await run('sh', ['-c', failures[0]?.script ?? 'exit 9'], { maxBuffer: 10_000_000 })
  server.closeAllConnections()
  server.close()
  expect(stdout).toContain(wanted)
})
