import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rules } from '../../contracts/rules.ts'
import { startServer } from '../../src/server.ts'
import { needs } from '../needs.ts'
import { cases, document, listedPatterns, openapi, patternsIn } from './openapi-cases.ts'
import { startFront } from './prism-front.ts'
import { startSubject } from './specmatic-subject.ts'

/** What others' tools make of openapi.yaml and control.openapi.yaml. They are installed apart from the project's own dependencies. */

const root = fileURLToPath(new URL('../..', import.meta.url))
const checkers = join(root, 'tools/checkers')
const installed = (path: string) => join(checkers, 'node_modules', path)
const specmatic = installed('specmatic/specmatic.jar')
const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-openapi-'))
afterAll(() => rmSync(folder, { recursive: true }))

const MINUTE = 60_000

interface Options {
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
}

const run = (command: string, args: readonly string[], { env = {}, cwd = folder }: Options = {}) =>
  new Promise<{ status: number | null; output: string }>((done) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, timeout: 5 * MINUTE })
    const output: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => output.push(data))
    child.on('close', (status) => done({ status, output: Buffer.concat(output).toString() }))
  })

const isWhole = needs('time', 'validators', 'python', 'php', 'go', 'java')

beforeAll(async () => {
  if (!isWhole || existsSync(installed('.package-lock.json'))) return
  const { status, output } = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: checkers })
  expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' })
}, 5 * MINUTE)

test('every pattern of openapi.yaml has a list of what it accepts and refuses', () => {
  expect([...new Set(patternsIn(document.components.schemas))].sort()).toEqual(listedPatterns())
})

const ajv = (options: object) => (file: string) => {
  const given = JSON.parse(readFileSync(file, 'utf8')) as { schema: object; values: unknown[] }[]
  return given.map(({ schema, values }) => {
    const validate = new Ajv2020({ strict: false, ...options }).compile(schema)
    return values.map((value) => validate(value))
  })
}
const other = (command: string, args: readonly string[], env?: NodeJS.ProcessEnv) => async (file: string) => {
  const { output } = await run(command, [...args, file], { ...(env ? { env } : {}) })
  try {
    return JSON.parse(output) as boolean[][]
  } catch {
    throw new Error(output)
  }
}
const program = (name: string) => join(root, 'test/tools/validators', name)

test.skipIf(!isWhole).each([
  ['JavaScript: ajv', ajv({})],
  ['JavaScript: ajv, patterns without the flag u', ajv({ unicodeRegExp: false })],
  ['Python: jsonschema', other('/usr/bin/python3', [program('validate.py')])],
  ['PHP: php-json-schema', other('php', [program('validate.php')])],
  [
    'Go: gojsonschema',
    other('go', ['run', program('validate.go')], { GO111MODULE: 'off', GOPATH: '/usr/share/gocode' }),
  ],
  ['Java: networknt’s, which Specmatic brings', other('java', ['-cp', specmatic, program('Validate.java')])],
])(
  '%s accepts every example, and of each pattern what all accept',
  { timeout: 2 * MINUTE },
  async (_name, validator) => {
    const all = cases()
    const file = join(folder, 'cases.json')
    writeFileSync(file, JSON.stringify(all.map(({ schema, values }) => ({ schema, values }))))
    const accepted = await validator(file)
    const differences = all.flatMap(({ values, expected }, i) =>
      [...values].flatMap((value, j) => (accepted[i]?.[j] === expected[j] ? [] : [{ value, expected: expected[j] }])),
    )
    expect(differences).toEqual([])
    expect(all.flatMap((one) => one.expected).length).toBeGreaterThan(250)
  },
)

describe.skipIf(!isWhole).each(['openapi.yaml', 'control.openapi.yaml'])('%s', (name) => {
  test('is clean under Spectral’s rules', { timeout: 2 * MINUTE }, async () => {
    const ruleset = join(folder, 'ruleset.yaml')
    writeFileSync(ruleset, 'extends: ["spectral:oas"]\n')
    const args = [installed('.bin/spectral'), 'lint', '--ruleset', ruleset, '--fail-severity', 'hint', join(root, name)]
    const { status, output } = await run(process.execPath, args)
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' })
  })

  test('is clean under Redocly’s recommended rules', { timeout: 2 * MINUTE }, async () => {
    const args = [installed('.bin/redocly'), 'lint', '--extends', 'recommended', '--format', 'json', join(root, name)]
    const { output } = await run(process.execPath, args)
    const { problems } = JSON.parse(output.slice(output.indexOf('{\n'), output.lastIndexOf('}') + 1)) as {
      problems: []
    }
    expect(problems).toEqual([])
  })
})

test.skipIf(!isWhole)(
  'Prism between check server and the mock sees no violation',
  { timeout: 5 * MINUTE },
  async () => {
    let prismPort = 0
    let mockPort = 0
    const front = await startFront(() => ({ prism: prismPort, mock: mockPort }))
    await using mock = await startServer({ port: 0, strict: true, publicUrl: front.url })
    mockPort = Number(new URL(mock.url).port)
    const prism = spawn(process.execPath, [installed('.bin/prism'), 'proxy', openapi, mock.url, '--port', '0'])
    try {
      prismPort = await new Promise<number>((done) => {
        prism.stdout.on('data', (data: Buffer) => {
          const [, port] = /listening on http:\/\/[^:]+:(\d+)/.exec(data.toString()) ?? []
          if (port) done(Number(port))
        })
      })
      const args = ['dist/cli.js', 'check', 'server', '--url', front.url, '--payer', 'control', '--strict']
      const { output } = await run(process.execPath, args, { cwd: root })
      // Prism reads the answer as JSON: of one that is none it makes another.
      const failed = [...output.matchAll(/^ *✗ (\S+)/gm)].map(([, id]) => id)
      expect(failed).toEqual(['fault/approve.garble', 'fault/cancel.garble', 'fault/subscription.garble'])
      expect(front.judged.length).toBeGreaterThan(2000)
      const ofAnswers = front.judged.flatMap(({ violations }) => violations.filter((v) => v.location[0] === 'response'))
      expect(ofAnswers).toEqual([])
      // The kit sends wrong requests on purpose. What Prism finds wrong, the mock has refused.
      const accepted = front.judged.filter(({ status, violations }) => status === 200 && violations.length > 0)
      expect(accepted).toEqual([])
    } finally {
      prism.kill()
      await front.close()
    }
  },
)

/**
 * Specmatic fills the fields of the documented example with other values that their schemas allow, at random. It cannot know the rules
 * between fields and of a payment's state: that a tid, a sid or a pg_token was issued, what was sent to ready, that amounts fit together.
 */
const isBetweenFields = (rule: string): boolean => {
  const [call = '', field = '', aspect = ''] = rule.split('.')
  if (call === 'tid' || call === 'sid') return aspect === '' && field === 'known'
  return betweenFields.has(aspect) && rules.has(rule)
}
const betweenFields = new Map([
  ['equal', 'it is what was sent to ready, or issued by it'],
  ['within-total', 'a part is not more than the whole'],
  ['within-taxable', 'VAT is not more than what is taxed'],
  ['within-cancel', 'a part is not more than the cancel'],
  ['positive', '0 is allowed with a subscription cid alone'],
  ['approved', 'a cancel takes no more than was approved'],
  ['left', 'a cancel takes no more than is left'],
  ['closes', 'the last cancel takes all the VAT that is left'],
])
/** It adds any characters to what begins as the pattern says, and reads no `not`, which refuses blanks and a host that is missing. */
const unread = ['ready.approval_url.form', 'ready.cancel_url.form', 'ready.fail_url.form']

test.skipIf(!isWhole)('Specmatic finds nothing but rules between fields', { timeout: 5 * MINUTE }, async () => {
  const subject = await startSubject()
  try {
    const args = ['-jar', specmatic, 'test', openapi, `--testBaseURL=${subject.url}`]
    const env = {
      secretKey: subject.authorization,
      SPECMATIC_GENERATIVE_TESTS: 'true',
      // Of the ways to combine fields it tries this many for each call; all of them are millions.
      MAX_TEST_REQUEST_COMBINATIONS: '4',
    }
    const { output } = await run('java', args, { env })
    const [, tests, failures] = /Tests run: (\d+), .*Failures: (\d+)/.exec(output) ?? []
    expect({ failures: Number(failures) }).toEqual({ failures: subject.surprises.length })
    expect(Number(tests)).toBeGreaterThan(400)
    const others = subject.surprises.filter(({ rule = '' }) => !isBetweenFields(rule) && !unread.includes(rule))
    expect(others).toEqual([])
  } finally {
    await subject.close()
  }
})
