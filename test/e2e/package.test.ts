import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { needs } from '../needs.ts'

const root = resolve(import.meta.dirname, '../..')
const MAX_TARBALL_BYTES = 1_500_000

const consumer = `
import { CallRefused, ConfigError, createMock, type Mock, startMock } from 'kakaopay-mock'
import { type Check, checks, reports } from 'kakaopay-mock/kit'

const mock: Mock = createMock({ journal: true })
const status: number = (await mock.request('/_mock/health')).status
const flows: readonly Check[] = checks({ serve: (config) => createMock(config).fetch })
// @ts-expect-error a port is a number
createMock({ port: 'many' })
await using server = await startMock()
const { tid }: { tid: string } = await server.payments.order({ cid: 'TC0ONETIME', tid: 'T1' }).catch((error: unknown) => {
  if (error instanceof CallRefused && error.code === -721) return { tid: 'none' }
  throw error
})
// @ts-expect-error a payment has an order id
server.payments.ready({ cid: 'TC0ONETIME' }).catch(() => {})
console.log(tid, status, flows.length > 100, Object.keys(reports).length > 0, new ConfigError('x') instanceof Error)
`

const settings = (module: string, moduleResolution: string) => ({
  compilerOptions: {
    ...{
      module,
      moduleResolution,
      target: 'ES2023',
      lib: ['ES2023', 'ESNext.Disposable'],
      types: ['node'],
      strict: true,
    },
    ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false, noEmit: true },
  },
  files: ['consumer.ts'],
})

/** Runs a command to its end; throws with what it printed where it failed. */
const run = (cwd: string, command: string, ...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${status}\n${stdout}\n${stderr}`)
  return stdout
}

describe.skipIf(!needs('time'))(
  'the package, installed into an empty project without a network',
  { timeout: 300_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-package-'))
    let tarball: string
    let packed: { readonly size: number; readonly files: readonly { readonly path: string; readonly size: number }[] }

    beforeAll(() => {
      ;[packed] = JSON.parse(run(root, 'npm', 'pack', '--json', '--pack-destination', folder))
      tarball = join(folder, (packed as unknown as { filename: string }).filename)
      writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
      run(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund', tarball)
      // What every TypeScript project on Node has already.
      mkdirSync(join(folder, 'node_modules/@types'), { recursive: true })
      for (const name of ['@types/node', 'undici-types'])
        cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true })
      writeFileSync(join(folder, 'consumer.ts'), consumer)
    }, 300_000)
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    test('is small, and holds what is run, declared and licensed, and nothing of the project’s own tools', () => {
      const paths = packed.files.map(({ path }) => path)
      expect(packed.size).toBeLessThan(MAX_TARBALL_BYTES)
      expect(paths.filter((path) => /\.map$|generate|^(src|test|tools|bench)\//.test(path))).toEqual([])
      for (const file of ['cli.js', 'index.js', 'index.d.ts', 'kit.d.ts', 'THIRD_PARTY_LICENSES', 'sbom.cdx.json'])
        expect(paths).toContain(`dist/${file}`)
      for (const file of [
        'examples/spring-boot/src/test/java/example/KakaoPayMock.java',
        'examples/pytest/conftest.py',
      ])
        expect(paths).toContain(file)
      for (const file of ['LICENSE', 'README.md', 'README.ko.md', 'CHANGELOG.md', 'openapi.yaml', 'state.schema.json'])
        expect(paths).toContain(file)
    })

    test('has no dependencies, and names each bundled library with its licence', () => {
      const installed = join(folder, 'node_modules/kakaopay-mock')
      const { dependencies, version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
      expect(dependencies).toBeUndefined()
      const bom = JSON.parse(readFileSync(join(installed, 'dist/sbom.cdx.json'), 'utf8'))
      expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', metadata: { component: { version } } })
      const names = (bom.components as { name: string }[]).map(({ name }) => name)
      expect(names).toEqual(expect.arrayContaining(['hono', 'zod', 'preact', 'pkijs']))
      const notices = readFileSync(join(installed, 'dist/THIRD_PARTY_LICENSES'), 'utf8')
      for (const { name, version: theirs } of bom.components) expect(notices).toContain(`${name} ${theirs}\n`)
    })

    test.each([
      ['NodeNext', 'NodeNext'],
      ['ESNext', 'bundler'],
    ])('type-checks in a strict project with module %s and resolution %s', (module, resolution) => {
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings(module, resolution)))
      run(folder, process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json')
    })

    test('is imported, required and run', () => {
      const esm =
        "import('kakaopay-mock').then(({ createMock }) => createMock().request('/_mock/health')).then((r) => console.log(r.status))"
      expect(run(folder, process.execPath, '-e', esm)).toBe('200\n')
      const cjs = "console.log(typeof require('kakaopay-mock').createMock, typeof require('kakaopay-mock/kit').checks)"
      expect(
        run(folder, process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=commonjs', '-e', cjs),
      ).toBe('function function\n')
      expect(run(folder, 'npx', '--no-install', 'kakaopay-mock', '--version')).toContain('0.')
    })

    test('asks for the Redis client where its store is named, with the command that installs it, and then uses it', () => {
      const serve = () => {
        const args = ['--no-install', 'kakaopay-mock', 'serve', '--store', 'redis://:s3cret@127.0.0.1:1']
        const { status, stderr } = spawnSync('npx', args, { cwd: folder, encoding: 'utf8' })
        return { status, stderr }
      }
      expect(serve()).toEqual({
        status: 2,
        stderr:
          'kakaopay-mock: --store: a redis:// store needs the package redis beside kakaopay-mock; run: npm install redis\n',
      })
      for (const name of ['redis', '@redis'])
        cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true })
      expect(serve()).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/cannot connect to redis:\/\/…@127\.0\.0\.1:1: connect ECONNREFUSED/),
      })
    })

    test('has one class for each error, which instanceof knows across the entries', () => {
      const program = `
        const { CallRefused, ConfigError, createMock, startMock } = await import('kakaopay-mock')
        const { BrokenRequirement, checks, HarnessError, KeyRefused, PayerRefused, Unreachable } = await import('kakaopay-mock/kit')
        const errorOf = (promise) => promise.then(() => undefined, (error) => error)
        const [nobody] = checks({ url: 'http://127.0.0.1:1' })
        const refusing = () => async () => Response.json({ error_code: -401 }, { status: 401 })
        const [refused] = checks({ serve: refusing, controlled: false, only: ['ready/total_amount.zero-subscription'] })
        console.log(
          (await errorOf(createMock().payments.order({ cid: 'TC0ONETIME', tid: 'T1' }))) instanceof CallRefused,
          (await errorOf(startMock({ port: -1 }))) instanceof ConfigError,
          (await errorOf(nobody.run())) instanceof Unreachable,
          (await errorOf(refused.run())) instanceof KeyRefused,
          [BrokenRequirement, HarnessError, PayerRefused].every((type) => type.prototype instanceof Error),
        )`
      expect(run(folder, process.execPath, '--input-type=module', '-e', program)).toBe('true true true true true\n')
    })

    test('publint and attw find nothing', async () => {
      const { messages, pkg } = await publint({
        pkgDir: join(folder, 'node_modules/kakaopay-mock'),
        pack: false,
        strict: true,
      })
      expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
      const plain = ['openapi.yaml', 'control.openapi.yaml', 'state.schema.json', 'package.json', 'fixtures/*']
      run(root, 'npx', '--no-install', 'attw', tarball, '--profile', 'esm-only', '--exclude-entrypoints', ...plain)
    })
  },
)

test.skipIf(!needs('time'))('a clone runs its own program by npx', { timeout: 120_000 }, () => {
  expect(run(root, 'npx', '--no-install', 'kakaopay-mock', '--version')).toMatch(/^\S*\d+\.\d+\.\d+\n$/)
})
