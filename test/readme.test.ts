import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
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

const firstCommands = ['npm ci && npm start\n', 'npm ci && npm test\n']

describe.each(['README.md', 'README.ko.md'])('%s', (file) => {
  const blocks = blocksOf(file)
  const named = (name: string) => blocks.filter((b) => b.mark === `run: ${name}`)

  test('marks each of its commands as run by a test, or says why not', () => {
    const unmarked = blocks.filter((b) => ['sh', 'js'].includes(b.language) && b.mark === '')
    expect(unmarked.map((b) => b.text)).toEqual(firstCommands)
  })

  test.skipIf(!needs('curl'))('its payment in curls works when pasted, and answers what it says', async () => {
    const served = await serve()
    const { port } = new URL(served.url)
    const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-readme-'))
    // `npx kakaopay-mock` is what this package's own build would be to somebody who has installed it.
    writeFileSync(
      join(folder, 'npx'),
      `#!/bin/sh\nshift\nexec ${process.execPath} ${root}/dist/cli.js "$@" --port ${port}\n`,
    )
    chmodSync(join(folder, 'npx'), 0o755)
    const flow = named('flow').map((b) => `${b.text.replaceAll('8585', port)}\nprintf '\\n@@@\\n'`)
    const { stdout, stderr, status } = spawnSync('bash', ['-euo', 'pipefail', '-c', flow.join('\n')], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
    })
    await served.stop()
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
    const outputs = stdout.split('\n@@@\n')
    expect(outputs).toHaveLength(flow.length + 1)

    const promised = blocks
      .filter((b) => b.language === 'json')
      .map((b) => JSON.parse(b.text) as Record<string, unknown>)
    const first = JSON.parse(outputs[0] ?? '') as Record<string, unknown>
    const last = JSON.parse(outputs.at(-2) ?? '') as Record<string, unknown>
    expect(Object.keys(first)).toEqual(Object.keys(promised[0] ?? {}))
    expect(shape(first)).toEqual(shape(promised[0]))
    expect(last).toEqual(promised[1])
    expect(outputs[3]).toContain('"status":"PART_CANCEL_PAYMENT"')
  })

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

test('npm start serves', async () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  expect(scripts['start']).toBe('node dist/cli.js serve')
  const served = await serve()
  expect((await fetch(`${served.url}/_mock/health`)).status).toBe(200)
  await served.stop()
})
