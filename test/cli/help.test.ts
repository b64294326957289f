import { describe, expect, test } from 'vitest'
import { commands, type Entry } from '../../src/cli/commands.ts'
import { dispatch } from '../../src/cli/dispatch.ts'
import { flagOf } from '../../src/config/option.ts'
import { settingGroups } from '../../src/config/settings.ts'

const run = async (args: readonly string[], columns?: number, env: Record<string, string> = {}) => {
  let stdout = ''
  const write = (text: string) => (stdout += text)
  const io = { stdout: { write, ...(columns ? { columns } : {}) }, stderr: { write }, env }
  const code = await dispatch(args, io)
  return { code, stdout }
}

const named = (entries: Readonly<Record<string, Entry>>, before: readonly string[] = []): (readonly string[])[] =>
  Object.entries(entries).flatMap(([name, entry]) =>
    entry.parts ? named(entry.parts, [...before, name]) : [[...before, name]],
  )
const all = named(commands)

describe('help', () => {
  test('lists every command and every exit code', async () => {
    const { stdout } = await run(['--help'])
    for (const name of [...Object.keys(commands), 'completion', 'help'])
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
    for (const code of [0, 1, 2, 3, 4]) expect(stdout).toMatch(new RegExp(`^  ${code} `, 'm'))
    expect(await run(['help'])).toEqual({ code: 0, stdout })
    expect(await run([])).toEqual({ code: 2, stdout })
  })

  test.each(all.map((words) => [words.join(' '), words] as const))(
    'of %s is the same by --help, -h and the help command, fits the terminal and has flags, codes and examples',
    async (name, words) => {
      const { code, stdout } = await run([...words, '--help'], 60)
      expect(code).toBe(0)
      expect(stdout.startsWith(`Usage: kakaopay-mock ${name}`)).toBe(true)
      for (const part of ['Flags:', 'Exit codes:', 'Examples:']) expect(stdout).toContain(`\n${part}\n`)
      expect(await run(['help', ...words], 60)).toEqual({ code: 0, stdout })
      expect(await run([...words, '-h'], 60)).toEqual({ code: 0, stdout })
      const [flags = ''] = stdout.slice(stdout.indexOf('\nFlags:')).split('\nExamples:')
      const tooLong = flags.split('\n').filter((line) => line.length > 60 && !/^ {2}--\S+ \S+$/.test(line))
      expect(tooLong.filter((line) => line.trim().includes(' '))).toEqual([])
    },
  )

  test('groups the settings, each under its heading', async () => {
    const { stdout } = await run(['serve', '--help'])
    for (const [title, group] of Object.entries(settingGroups)) {
      const section = stdout.slice(stdout.indexOf(`\n${title}:\n`)).split('\n\n')[0] ?? ''
      for (const name of Object.keys(group)) expect(section).toContain(`${flagOf(name)}`)
    }
  })

  test('of a group of commands lists its parts', async () => {
    const { code, stdout } = await run(['check', '--help'])
    expect(code).toBe(0)
    for (const part of ['server', 'client', 'traffic', 'list', 'show'])
      expect(stdout).toMatch(new RegExp(`^  ${part} `, 'm'))
    expect((await run(['check'])).code).toBe(2)
  })

  test.each([
    [['srve'], 'unknown command srve (did you mean serve?); see kakaopay-mock --help'],
    [['helth'], 'unknown command helth (did you mean health?); see kakaopay-mock --help'],
    [['help', 'exce'], 'unknown command exce (did you mean exec?); see kakaopay-mock --help'],
    [['check', 'sevrer'], 'unknown check sevrer (did you mean server?); see kakaopay-mock check --help'],
    [['completion', 'tcsh'], 'completion takes one of bash, zsh, fish; see kakaopay-mock completion --help'],
  ])('%j says what was meant', async (args, message) => {
    await expect(run(args)).rejects.toThrow(message)
  })
})

describe('config print', () => {
  test('--json gives each value with where it came from, secrets masked', async () => {
    const { stdout } = await run(['config', 'print', '--json', '--strict', '--keys', 'DEV_SECRET'], undefined, {
      KAKAOPAY_MOCK_PORT: '9000',
    })
    expect(JSON.parse(stdout)).toMatchObject({
      port: { origin: 'environment', value: 9000 },
      strict: { origin: 'flag', value: true },
      keys: { origin: 'flag', value: '(masked)' },
      cids: { origin: 'default', value: [] },
    })
    expect(stdout).not.toContain('DEV_SECRET')
  })
})
