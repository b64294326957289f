import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { serve } from '../cli/kakaopay-mock.ts'
import { needs } from '../needs.ts'

const root = resolve(import.meta.dirname, '../..')

interface Block {
  /** What the comment above it says: `run: NAME`, `type-checked`, `part of: FILE` that a test runs, `not run here: WHY`. */
  readonly mark: string
  readonly language: string
  readonly text: string
  /** What the README says that it prints: the unmarked block right under it. */
  readonly answer: string | undefined
}

const languages = ['en', 'ko'] as const
type Language = (typeof languages)[number]

/** The README and the pages beside it, in a language. */
const pagesOf = (language: Language): readonly string[] => {
  const folder = language === 'en' ? 'docs' : 'docs/ko'
  const pages = readdirSync(join(root, folder)).filter((name) => name.endsWith('.md'))
  return [language === 'en' ? 'README.md' : 'README.ko.md', ...pages.map((name) => `${folder}/${name}`)]
}

const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

const blocksOf = (file: string): Block[] => {
  const text = textOf(file)
  const found = [
    ...text.matchAll(/(?:<!-- ((?:run|not run here|part of):[^>]*?|type-checked) -->\n)?```(\w+)\n([\s\S]*?)```\n/g),
  ]
  return found.map((match, i) => {
    const [whole, mark = '', language = '', inner = ''] = match
    const next = found[i + 1]
    const adjoins = next?.[1] === undefined && text.slice(match.index + whole.length, next?.index).trim() === ''
    return { mark, language, text: inner, answer: adjoins ? next?.[3] : undefined }
  })
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What an answer in the README promises: its lines in their order, where `…` stands for anything. curl ends none of its answers with a line's end. */
const promiseOf = (answer: string): RegExp =>
  new RegExp(
    answer
      .trimEnd()
      .split('\n')
      .map((line) => line.split('…').map(literally).join('[\\s\\S]*?'))
      .join('\\s*?'),
  )

/** Objects alike in keys and types of values; a text that a README shortens with … need not be equal. */
const shape = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(shape)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shape(v)]))
      : typeof value

/** The shop that the README's examples send the payer to: it counts who comes. */
const openShop = async () => {
  let visits = 0
  const server = createServer((_, outgoing) => outgoing.end(`visit ${++visits}`)).listen(0, 'localhost')
  await once(server, 'listening')
  const close = () => new Promise((done) => server.close(done))
  return { host: `localhost:${(server.address() as AddressInfo).port}`, close }
}

/** Pastes blocks into one shell, with a server and a shop beside it, and gives what each of them printed. */
const paste = async (blocks: readonly Block[], flags: readonly string[] = []): Promise<string[]> => {
  const served = await serve(flags)
  const shop = await openShop()
  const { port } = new URL(served.url)
  const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-readme-'))
  // `npx kakaopay-mock` is this package's own program in a clone of it.
  writeFileSync(join(folder, 'npx'), `#!/bin/sh\nshift\nexec ${process.execPath} ${root}/dist/cli.js "$@"\n`)
  chmodSync(join(folder, 'npx'), 0o755)
  // The system's own: another one in the PATH may not have what needs() has found.
  if (existsSync('/usr/bin/python3')) symlinkSync('/usr/bin/python3', join(folder, 'python3'))
  const here = (text: string) => text.replaceAll('8585', port).replaceAll('localhost:3000', shop.host)
  const asWritten = (text: string) => text.replaceAll(shop.host, 'localhost:3000').replaceAll(`:${port}`, ':8585')
  const script = blocks.map((b) => `${here(b.text)}\nprintf '\\n@@@\\n'`).join('\n')
  // Not spawnSync: the shop answers in this process.
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env: { ...process.env, KAKAOPAY_MOCK_PORT: port, PATH: `${folder}:${process.env['PATH']}` },
  })
  const printed = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    shell[name].setEncoding('utf8')
    shell[name].on('data', (chunk: string) => {
      printed[name] += chunk
    })
  }
  const [status] = (await once(shell, 'close')) as [number | null]
  await Promise.all([served.stop(), shop.close()])
  const { stdout, stderr } = printed
  expect({ status, output: status === 0 ? '' : stderr + stdout.slice(-2000) }).toEqual({ status: 0, output: '' })
  const outputs = asWritten(stdout).split('\n@@@\n').slice(0, -1)
  expect(outputs).toHaveLength(blocks.length)
  return outputs
}

/** Numbers differ from run to run and machine to machine: times, ports, how far a run came before it was stopped. */
const timeless = (line: string) => line.replace(/\d+(\.\d+)?/g, 'N').trimEnd()

/** Every line of what a page shows comes, in that order. A line that ends with … is the beginning of one. */
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

/** Pastes examples and holds what each printed to what the README shows under it. */
const printsWhatItShows = async (examples: readonly Block[], flags: readonly string[] = []): Promise<string> => {
  expect(examples).not.toEqual([])
  const outputs = await paste(examples, flags)
  for (const [i, { text, answer = 'an answer that is not shown' }] of examples.entries())
    expect(outputs[i], text).toMatch(promiseOf(answer))
  return outputs.join('')
}

/** What the examples take as given: the reader's own client and page, and what is used of Testcontainers. */
const surroundings = `
declare const createMyClient: (options: { baseUrl: string; secretKey: string }) => { pay(): Promise<void> }
declare const page: import('playwright-core').Page
declare const test: (title: string, run: () => Promise<unknown>) => void
declare module 'testcontainers' {
  export class GenericContainer {
    constructor(image: string)
    withExposedPorts(...ports: (number | { container: number; host: number; protocol?: string })[]): this
    withEnvironment(environment: Record<string, string>): this
    start(): Promise<{ getHost(): string; getMappedPort(port: number): number; stop(): Promise<unknown> }>
  }
}
`

const firstCommands = ['npm ci && npm run demo\n', 'npm ci && npm start\n']

describe.each(languages)('the docs in %s', (language) => {
  const blocks = pagesOf(language).flatMap(blocksOf)

  test('marks each of its commands as run by a test, or says why not', () => {
    const unmarked = blocks.filter((b) => !['json', 'text', 'yaml'].includes(b.language) && b.mark === '')
    expect(unmarked.map((b) => b.text)).toEqual(firstCommands)
  })

  test('shows parts of recipes as they stand there', () => {
    const parts = blocks.filter((b) => b.mark.startsWith('part of: '))
    expect(parts).toHaveLength(5)
    for (const { mark, text } of parts) expect(textOf(mark.slice('part of: '.length))).toContain(text)
  })
})

describe('the programs and commands of the docs, the same in both languages', () => {
  const blocks = pagesOf('en').flatMap(blocksOf)
  const named = (name: string) => blocks.filter((b) => b.mark === `run: ${name}`)

  test.skipIf(!needs('time'))('its TypeScript has the types of the package', { timeout: 120_000 }, () => {
    const folder = join(root, 'artefacts/docs-types')
    mkdirSync(folder, { recursive: true })
    const examples = blocks.filter((b) => b.mark === 'type-checked').map((b) => b.text)
    expect(examples).toHaveLength(6)
    for (const [i, text] of examples.entries()) writeFileSync(join(folder, `${i}.ts`), `${text}\nexport {}\n`)
    writeFileSync(join(folder, 'surroundings.d.ts'), surroundings)
    const types = { module: 'NodeNext', target: 'ES2023', lib: ['ES2023', 'ESNext.Disposable', 'DOM'], types: ['node'] }
    const compilerOptions = { ...types, strict: true, noEmit: true, skipLibCheck: true }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
    const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    })
    expect(stdout).toBe('')
  })

  test.skipIf(!needs('curl'))('its payment in curls works when pasted, and answers what it says', async () => {
    const outputs = await paste(named('flow'))
    const promised = named('flow').map((b) => JSON.parse(b.answer ?? 'null') as Record<string, unknown>)
    const first = JSON.parse(outputs[0] ?? '') as Record<string, unknown>
    expect(Object.keys(first)).toEqual(Object.keys(promised[0] ?? {}))
    expect(shape(first)).toEqual(shape(promised[0]))
    expect(JSON.parse(outputs.at(-1) ?? '')).toEqual(promised.at(-1))
    expect(outputs[3]).toContain('"status":"PART_CANCEL_PAYMENT"')
  })

  test.skipIf(!needs('curl'))('its first call and its lost answer do what they say', async () => {
    const [answer] = await paste(named('first'))
    expect(shape(JSON.parse(answer ?? ''))).toEqual(shape(JSON.parse(named('first')[0]?.answer ?? '')))
    await printsWhatItShows(named('failures'))
  })

  test.skipIf(!needs('curl'))(
    'its examples of each power do what they say',
    async () => {
      const printed = await printsWhatItShows(named('powers'))
      // What no pattern can show: a key is nowhere, but for the one answer that issues it.
      expect(printed).not.toContain('DEV_TEST_7')
      expect(printed.match(/DEV[0-9A-F]{37}/g)).toHaveLength(1)
    },
    60_000,
  )

  test.skipIf(!needs('curl'))('its control token is asked for', async () => {
    await printsWhatItShows(named('token'), ['--control-token', 'open-sesame'])
  })

  test.skipIf(!needs('curl'))('its checks of a server hold', { timeout: 300_000 }, async () => {
    const outputs = await paste(named('check'))
    expect(outputs.join('')).toContain('ready/answer.real-hosts')
  })

  test.skipIf(!needs('python'))(
    'its ten minutes with a client show what really comes',
    async () => {
      const steps = named('ten-minutes')
      const outputs = await paste(steps)
      for (const [i, step] of steps.entries()) {
        const next = blocks[blocks.indexOf(step) + 1]
        if (next?.language === 'text' && next.mark === '') expectShown(next.text, outputs[i] ?? '')
      }
    },
    120_000,
  )

  test.each(['library', 'typed'])('its example %s of the library prints what it says', (name) => {
    const [example] = named(name)
    const folder = join(root, 'artefacts/docs')
    mkdirSync(folder, { recursive: true })
    // Inside the package its own name can be imported.
    const file = join(folder, `${name}.mjs`)
    writeFileSync(file, example?.text ?? '')
    const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
    const expected = blocks[blocks.indexOf(example as Block) + 1]?.text
    expect({ stdout, stderr }).toEqual({ stdout: expected, stderr: '' })
  })
})

describe('both languages', () => {
  const [english, korean] = languages.map(pagesOf) as [readonly string[], readonly string[]]
  const inEnglish = (file: string) => file.replace('docs/ko/', 'docs/').replace('README.ko.md', 'README.md')
  /** A page without its words: the levels of its headings, its blocks, the rows of its tables. */
  const skeleton = (file: string) => {
    const blocks = blocksOf(file)
    const prose = textOf(file).replace(/```\w*\n[\s\S]*?```\n/g, '')
    return {
      headings: [...prose.matchAll(/^#+(?= )/gm)].map(([level]) => level),
      blocks: blocks.map(({ mark, language, text }) => ({
        mark: mark.replace(/^not run here: .*/, 'not run here'),
        language,
        // A comment in a program is in the page's language.
        text: text.replace(/^\/\/ .*$/gm, '//'),
      })),
      rows: [...prose.matchAll(/^\|/gm)].length,
    }
  }

  test('have the same pages', () => {
    expect(korean.map(inEnglish).sort()).toEqual([...english].sort())
  })

  test.each(korean)('%s has the headings, the blocks and the tables of the English page', (file) => {
    expect(skeleton(file)).toEqual(skeleton(inEnglish(file)))
  })

  test.each(korean)('%s is in 합니다체', (file) => {
    const polite = /[가-힣]*(?:세요|해요|어요|아요|예요|에요|네요|져요|돼요|까요|게요)(?![가-힣])/g
    expect(textOf(file).match(polite)).toBeNull()
  })

  test.each([...english, ...korean, 'llms.txt', 'CONTRIBUTING.md', 'SECURITY.md'])(
    '%s links to pages and headings that exist',
    (file) => {
      const anchors = (path: string) =>
        [...readFileSync(path, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
          title
            .toLowerCase()
            .replace(/[^\p{L}\p{N} -]/gu, '')
            .replaceAll(' ', '-'),
        )
      const links = [...textOf(file).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)]
      const dead = links.filter(([, target = '', anchor]) => {
        const path = target === '' ? join(root, file) : resolve(root, dirname(file), target)
        return !existsSync(path) || (anchor !== undefined && !anchors(path).includes(anchor))
      })
      expect(dead.map(([link]) => link)).toEqual([])
    },
  )

  test('the READMEs are short', () => {
    for (const file of ['README.md', 'README.ko.md']) expect(textOf(file).split('\n').length).toBeLessThan(200)
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
