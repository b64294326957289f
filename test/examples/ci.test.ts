import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { variableOf } from '../../src/config/option.ts'
import { type SettingName, settings } from '../../src/config/settings.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (file: string) => parse(readFileSync(join(root, file), 'utf8'))
const known = new Set((Object.keys(settings) as SettingName[]).map(variableOf))

/** Names of KAKAOPAY_MOCK_… anywhere in a file that are no setting. */
const unknownSettings = (file: string) =>
  (readFileSync(join(root, file), 'utf8').match(/KAKAOPAY_MOCK_[A-Z_]+/g) ?? []).filter((name) => !known.has(name))

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

describe('what is copied into other projects', () => {
  test.each([
    'docker-compose.yml',
    'examples/ci/gitlab-ci.yml',
    'examples/ci/github.yml',
    'examples/spring-boot/compose.yml',
    'action.yml',
  ])('%s is YAML, and sets only what there is', (file) => {
    expect(read(file)).toBeTypeOf('object')
    expect(unknownSettings(file)).toEqual([])
  })

  test('docker-compose.yml builds what is there, and publishes on loopback only', () => {
    const { services } = read('docker-compose.yml') as {
      services: Record<string, { build: string; ports: string[]; depends_on?: Record<string, unknown> }>
    }
    for (const { build, ports, depends_on = {} } of Object.values(services)) {
      expect(existsSync(join(root, build, 'Dockerfile'))).toBe(true)
      expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
      expect(Object.keys(depends_on).filter((name) => !(name in services))).toEqual([])
    }
  })

  test('the sample shop of the image has the versions of this project', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'examples/shop/package.json'), 'utf8'))
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    for (const [name, version] of Object.entries(dependencies)) expect(devDependencies[name]).toBe(version)
  })

  test('action.yml starts a mock, exports its address, and audits it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-action-'))
    const { runs } = read('action.yml') as { runs: { steps: { run: string }[] } }
    const [start, audit] = runs.steps.map(({ run }) => run) as [string, string]
    const port = String(await freePort())
    const env = {
      ...{
        PATH: process.env['PATH'],
        HOME: folder,
        FOLDER: root,
        PORT: port,
        FLAGS: '--payer approve',
        RUNNER_TEMP: folder,
      },
      ...{ GITHUB_OUTPUT: join(folder, 'output'), GITHUB_ENV: join(folder, 'env') },
    }
    const bash = (script: string) =>
      spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], { env, encoding: 'utf8' })
    try {
      const started = bash(start)
      expect(started.stderr + started.stdout).toBe('')
      expect(readFileSync(env.GITHUB_OUTPUT, 'utf8')).toBe(`url=http://127.0.0.1:${port}\n`)
      expect(readFileSync(env.GITHUB_ENV, 'utf8')).toBe(`KAKAOPAY_BASE_URL=http://127.0.0.1:${port}\n`)
      expect(bash(audit)).toMatchObject({ status: 0, stdout: expect.stringContaining('0 payments') })
    } finally {
      process.kill(Number(readFileSync(join(folder, 'kakaopay-mock.pid'), 'utf8')))
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
