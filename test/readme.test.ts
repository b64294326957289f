import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { serve } from './cli/kakaopay-mock.ts'
import { needs } from './needs.ts'

const root = resolve(import.meta.dirname, '..')

interface Block {
  /** What the comment above it says: `run: NAME`, `not run here: WHY`. */
  readonly mark: string
  readonly language: string
  readonly text: string
}

const blocksOf = (file: string): Block[] =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /(?:<!-- ((?:run|not run here):[^>]*?) -->\n)?```(\w+)\n([\s\S]*?)```/g,
    ),
  ].map(([, mark = '', language = '', text = '']) => ({ mark, language, text }))

/** Objects alike in keys and types of values; a text that a README shortens with … need not be equal. */
const shape = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(shape)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shape(v)]))
      : typeof value

/** Pastes blocks into one shell, with a server beside it, and gives what each of them printed. */
const paste = async (blocks: readonly Block[]): Promise<string[]> => {
  const served = await serve()
  const { port } = new URL(served.url)
  const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-readme-'))
  // `npx kakaopay-mock` is this package's own program in a clone of it.
  writeFileSync(join(folder, 'npx'), `#!/bin/sh\nshift\nexec ${process.execPath} ${root}/dist/cli.js "$@"\n`)
  chmodSync(join(folder, 'npx'), 0o755)
  // The system's own: another one in the PATH may not have what needs() has found.
  if (existsSync('/usr/bin/python3')) symlinkSync('/usr/bin/python3', join(folder, 'python3'))
  const script = blocks.map((b) => `${b.text.replaceAll('8585', port)}\nprintf '\\n@@@\\n'`).join('\n')
  const { stdout, stderr, status } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, KAKAOPAY_MOCK_PORT: port, PATH: `${folder}:${process.env['PATH']}` },
  })
  await served.stop()
  expect({ status, output: status === 0 ? '' : stderr + stdout.slice(-2000) }).toEqual({ status: 0, output: '' })
  const outputs = stdout.split('\n@@@\n').slice(0, -1)
  expect(outputs).toHaveLength(blocks.length)
  return outputs
}

/** Numbers differ from run to run and machine to machine: times, ports, how far a run came before it was stopped. */
const timeless = (line: string) => line.replace(/\d+(\.\d+)?/g, 'N').trimEnd()

/** Every line of what a README shows comes, in that order. A line that ends with … is the beginning of one. */
const expectShown = (text: string, output: string) => {
  const came = output.split('\n').map(timeless)
  let at = 0
  for (const line of text.split('\n').filter((l) => l !== '')) {
    const [wanted = '', cut] = timeless(line).split(/ …$/)
    const found = came.findIndex((l, i) => i >= at && (cut === undefined ? l === wanted : l.startsWith(wanted)))
    expect({ line, shownBy: found >= 0 ? line : output }).toEqual({ line, shownBy: line })
    at = found + 1
  }
}

const firstCommands = ['npm ci && npm start\n', 'npm ci && npm test\n']

describe.each(['README.md', 'README.ko.md'])('%s', (file) => {
  const blocks = blocksOf(file)
  const named = (name: string) => blocks.filter((b) => b.mark === `run: ${name}`)

  test('marks each of its commands as run by a test, or says why not', () => {
    const unmarked = blocks.filter((b) => ['sh', 'js'].includes(b.language) && b.mark === '')
    expect(unmarked.map((b) => b.text)).toEqual(firstCommands)
  })

  test.skipIf(!needs('curl'))('its payment in curls works when pasted, and answers what it says', async () => {
    const outputs = await paste(named('flow'))
    const promised = blocks
      .filter((b) => b.language === 'json')
      .map((b) => JSON.parse(b.text) as Record<string, unknown>)
    const first = JSON.parse(outputs[0] ?? '') as Record<string, unknown>
    expect(Object.keys(first)).toEqual(Object.keys(promised[0] ?? {}))
    expect(shape(first)).toEqual(shape(promised[0]))
    expect(JSON.parse(outputs.at(-1) ?? '')).toEqual(promised[1])
    expect(outputs[3]).toContain('"status":"PART_CANCEL_PAYMENT"')
  })

  test.skipIf(!needs('curl'))('its examples of each power do what they say', async () => {
    const [namespaces, journal, scenarios, audit, clock, applications] = await paste(named('powers'))
    expect(namespaces).toContain('"lease_ms":600000')
    expect(journal).toContain('"did_you_mean":"vat_amount"')
    expect(journal).toContain('curl ')
    expect(journal).not.toContain('DEV_TEST_7')
    expect(scenarios).toContain('"error_code":-500')
    expect(audit).toContain('exit code 1')
    expect(clock).toContain('"due":[')
    expect(applications).toMatch(/"secret_key":"DEV[0-9A-F]{37}"/)
  })

  test.skipIf(!needs('curl'))('its checks of a server hold', async () => {
    const [output] = await paste(named('check'))
    expect(output).toContain('ready/answer.real-hosts')
  })

  test.skipIf(!needs('python', 'patch'))(
    'its ten minutes show what really comes, and end with a client that holds',
    async () => {
      const steps = named('ten-minutes')
      const outputs = await paste(steps)
      for (const [i, step] of steps.entries()) {
        const next = blocks[blocks.indexOf(step) + 1]
        if (next?.language === 'text' && next.mark === '') expectShown(next.text, outputs[i] ?? '')
      }
      const codes = outputs.map((output) => output.includes('exit code 1'))
      expect(codes).toEqual([false, false, false, true, true, false, false])
      expect(outputs.at(-1)).toMatch(/^(\d+) flows in .*: \1 hold$/m)
    },
    120_000,
  )

  test('its library example prints what it says', () => {
    const [example] = named('library')
    const folder = join(root, 'artefacts/readme')
    mkdirSync(folder, { recursive: true })
    // Inside the package its own name can be imported.
    writeFileSync(join(folder, `${file}.mjs`), example?.text ?? '')
    const { stdout, stderr } = spawnSync(process.execPath, [join(folder, `${file}.mjs`)], { encoding: 'utf8' })
    const expected = blocks.find((b) => b.language === 'text')?.text
    expect({ stdout, stderr }).toEqual({ stdout: expected, stderr: '' })
  })
})

test('both READMEs run the same ten minutes and show the same of what came', () => {
  const [english, korean] = ['README.md', 'README.ko.md'].map((file) =>
    blocksOf(file).filter(({ mark, language }) => mark === 'run: ten-minutes' || language === 'text'),
  )
  expect(korean).toEqual(english)
})

test('npm start serves', async () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  expect(scripts['start']).toBe('node dist/cli.js serve')
  const served = await serve()
  expect((await fetch(`${served.url}/_mock/health`)).status).toBe(200)
  await served.stop()
})
