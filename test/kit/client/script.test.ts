import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { EndpointName } from '../../../contracts/index.ts'
import { createMock } from '../../../src/mock.ts'
import { needs } from '../../needs.ts'
import { fixturesCalled } from './client-under-test.ts'
import { checkQuick } from './mutants/check.ts'
import { Client, type Params } from './mutants/client.ts'
import { mutants } from './mutants/index.ts'

const run = promisify(execFile)

/** The script of the first failure that a client has in a flow. */
const scriptOf = async (id: string, Kind: typeof Client) => {
  const [result] = await checkQuick(Kind, fixturesCalled(id))
  return result?.failures?.[0]?.script ?? 'exit 9'
}

/** Charges anew after an approve that was lost. */
class ChargesAnew extends Client {
  #ready: Params = {}
  override async call(name: EndpointName, params: Params) {
    if (name === 'ready') this.#ready = params
    const report = await super.call(name, params)
    if (report.kind === 'unknown') await super.call('ready', this.#ready)
    return report
  }
}

test('the script of a failed flow has what was sent, the payer and the fault, and the key by name', async () => {
  const script = await scriptOf('client/lost.approve-500', ChargesAnew)
  const lines = script.split('\n')
  expect(lines[0]).toBe("URL='http://127.0.0.1:8585'")
  expect(lines[1]).toBe("KEY='DEV_CHECK_CLIENT'")
  expect(lines.filter((line) => line.includes('/online/')).map((line) => /payment\/(\w+)/.exec(line)?.[1])).toEqual([
    'ready',
    'approve',
    'ready',
  ])
  expect(script).toContain('/_mock/payments/$tid/payer')
  expect(script).toContain('{"fault":"commit-then-500"}')
  expect(script).not.toMatch(/DEV[0-9A-F]{37}/)
})

test('a key in a path and in a body is a variable too', async () => {
  for (const name of [
    'sends the key in the path',
    'sends the key in the body',
    'sends the key in base64 in the body',
  ]) {
    const script = await scriptOf('client/ordinary.paid', mutants[name]?.Kind as typeof Client)
    expect(script, name).toMatch(/\$KEY|<secret key>/)
    expect(script, name).not.toMatch(/DEV[0-9A-F]{37}/)
  }
})

test.skipIf(!needs('curl')).each([
  ['client/lost.approve-500', ChargesAnew, ['"error_code":-500', '"tid":"T']],
  [
    'client/doubt.approve-bank-unknown',
    mutants['sends approve again after BANK_FIRM_UNKNOWN']?.Kind,
    ['BANK_FIRM_UNKNOWN', '"error_code":-702'],
  ],
  ['client/lost.cancel-drop', mutants['sends cancel again when it is lost']?.Kind, ['"status":"PART_CANCEL_PAYMENT"']],
])('the script of %s does the same when it is pasted into a shell', async (id, Kind, wanted) => {
  const script = await scriptOf(id, Kind as typeof Client)
  const server = createServer(createMock().listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const { stdout } = await run('sh', ['-c', script.replaceAll('8585', String(port))])
  server.closeAllConnections()
  server.close()
  for (const text of wanted) expect(stdout).toContain(text)
})
