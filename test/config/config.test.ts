import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, configure, loadConfig } from '../../src/config/config.ts'
import { flagOf, variableOf } from '../../src/config/option.ts'
import { type SettingName, settings } from '../../src/config/settings.ts'
import { run } from '../cli/kakaopay-mock.ts'

const readFile = (json: unknown) => () => JSON.stringify(json)

describe('settings', () => {
  test('a flag wins over the environment, the environment over the file, the file over the default', () => {
    const file = {
      args: [] as string[],
      env: { KAKAOPAY_MOCK_CONFIG: 'x.json' } as Record<string, string>,
      readFile: readFile({ port: 1 }),
    }
    expect(loadConfig({}).config.port).toBe(8585)
    expect(loadConfig(file)).toMatchObject({ config: { port: 1 }, origin: { port: 'file', host: 'default' } })
    const environment = { ...file, env: { ...file.env, KAKAOPAY_MOCK_PORT: '2' } }
    expect(loadConfig(environment)).toMatchObject({ config: { port: 2 }, origin: { port: 'environment' } })
    expect(loadConfig({ ...environment, args: ['--port', '3'] })).toMatchObject({
      config: { port: 3 },
      origin: { port: 'flag' },
    })
    expect(loadConfig({ ...environment, args: ['--port=4'] }).config.port).toBe(4)
  })

  test('every setting can be given in each of the three ways, with the same meaning', () => {
    for (const name of Object.keys(settings) as SettingName[]) {
      const { value, text } = sample(name)
      expect(
        loadConfig({
          args: [
            flagOf(name),
            ...((settings[name] as { placeholder?: string }).placeholder === undefined ? [] : [text]),
          ],
        }).config[name],
      ).toEqual(value)
      expect(loadConfig({ env: { [variableOf(name)]: text } }).config[name]).toEqual(value)
      expect(loadConfig({ args: ['--config', 'x'], readFile: readFile({ [name]: value }) }).config[name]).toEqual(value)
      expect(configure({ [name]: value })[name]).toEqual(value)
    }
  })

  test('a switch is turned off by --no-NAME, or by its value', () => {
    expect(loadConfig({ args: ['--no-app-schemes'] }).config.appSchemes).toBe(false)
    expect(loadConfig({ args: ['--app-schemes=false'] }).config.appSchemes).toBe(false)
    expect(loadConfig({ env: { KAKAOPAY_MOCK_APP_SCHEMES: '0' } }).config.appSchemes).toBe(false)
  })

  test.each([
    [['--prot', '1'], 'unknown flag --prot (did you mean --port?); see --help'],
    [['--nonsense'], 'unknown flag --nonsense; see --help'],
    [['--redirect', 'real'], 'unknown flag --redirect (did you mean --redirects?); see --help'],
    [['--no-port'], 'unknown flag --no-port (did you mean --port?); see --help'],
    [['--port'], '--port needs a value; see --help'],
    [['--port', '70000'], '--port must be an integer from 0 to 65535, not "70000"'],
    [['--port', '1e3'], '--port must be an integer from 0 to 65535, not "1e3"'],
    [['--payer', 'nobody'], '--payer must be one of manual, approve, cancel, fail, expire, not "nobody"'],
    [['--public-url', 'ftp://x'], '--public-url must be an http or https URL, not "ftp://x"'],
    [['--cids', '{'], /^--cids must be a JSON array of objects; .* JSON.*, not "…"$/],
    [['--cids', '[{"secret":"x"}]'], '--cids needs cid in each object, not "…"'],
    [
      ['--applications', '[{"name":"a","secret_key":"DEV_TOP_SECRET","colour":"red"}]'],
      /^--applications does not know colour/,
    ],
    [
      ['--applications', '[{"name":"a","secret_key":"DEV_1","domains":["localhost:3000"]}]'],
      /^--applications has in the domains of a one that is not right: app_schemes\.0 must be a scheme/,
    ],
    [
      ['--applications', `[{"name":"a","secret_key":"DEV_1","domains":[${Array(11).fill('"http://a.example"')}]}]`],
      /^--applications has in the domains of a one that is not right: web_domains/,
    ],
    [
      ['--applications', '[{"name":"a","secret_key":"DEV_1"},{"name":"b","secret_key":"DEV_1"}]'],
      /^--applications gives the secret_key of a to more than one/,
    ],
    [['--strict=maybe'], '--strict must be true or false, not "maybe"'],
  ])('%j is one clear line', (args, message) => {
    expect(() => loadConfig({ args })).toThrow(ConfigError)
    expect(() => loadConfig({ args })).toThrow(message)
  })

  test('the file’s mistakes name the file and the setting, and no message repeats a key', () => {
    const file = (json: unknown) => () => loadConfig({ args: ['--config', 'mock.json'], readFile: readFile(json) })
    expect(file({ prot: 1 })).toThrow('config file mock.json: unknown setting prot')
    expect(file({ port: '1' })).toThrow('config file mock.json: port must be an integer from 0 to 65535')
    expect(file([])).toThrow('the config file mock.json must be a JSON object')
    expect(() => loadConfig({ args: ['--config', '/does/not/exist'] })).toThrow(/^cannot read the config file/)
    expect(() =>
      loadConfig({ args: ['--applications', '[{"name":"a","secret_key":"DEV_TOP_SECRET","x":1}]'] }),
    ).not.toThrow(/TOP_SECRET/)
  })
})

/** A value that differs from the default, and its text. */
const sample = (name: SettingName): { value: unknown; text: string } => {
  const { default: initial, placeholder = '' } = settings[name] as { default: unknown; placeholder?: string }
  if (name === 'cids') return json([{ cid: 'CSOMETHING' }])
  if (name === 'applications') return json([{ name: 'shop', secret_key: 'DEV1' }])
  if (name === 'faults') return json([{ match: {}, when: 'next', do: { fault: 'garble' } }])
  if (placeholder === 'JSON') return json([])
  if (placeholder === 'PORT') return { value: 60_000, text: '60000' }
  if (typeof initial === 'boolean') return { value: true, text: 'true' }
  if (typeof initial === 'number') return { value: 60_000, text: '60000' }
  if (Array.isArray(initial)) return { value: ['a', 'b'], text: 'a, b' }
  if (placeholder.includes('|')) return same(placeholder.split('|').at(-1) ?? '')
  return same(placeholder === 'URL' ? 'http://a' : 'text')
}
const same = (text: string) => ({ value: text, text })
const json = (value: unknown) => ({ value, text: JSON.stringify(value) })

describe('the command line', () => {
  test('--help lists the commands and gives examples, --version the version', async () => {
    const help = await run(['--help'])
    expect(help.code).toBe(0)
    expect(help.stdout).toContain('kakaopay-mock serve --port 0')
    expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    const serveHelp = await run(['serve', '--help'])
    expect(serveHelp.code).toBe(0)
    for (const name of Object.keys(settings) as SettingName[]) expect(serveHelp.stdout).toContain(flagOf(name))
    expect(serveHelp.stdout).toContain('Examples:')
  })

  test.each([
    [['frobnicate'], 'kakaopay-mock: unknown command frobnicate; see kakaopay-mock --help\n'],
    [['serve', 'here'], 'kakaopay-mock: serve takes no argument "here"; see kakaopay-mock serve --help\n'],
    [['serve', '--port', 'x'], 'kakaopay-mock: --port must be an integer from 0 to 65535, not "x"\n'],
    [['health', 'nonsense'], 'kakaopay-mock: "nonsense" is not an http or https URL\n'],
    [['constructor'], 'kakaopay-mock: unknown command constructor; see kakaopay-mock --help\n'],
  ])('%j is one clear line and exit code 2', async (args, stderr) => {
    expect(await run(args)).toEqual({ code: 2, stdout: '', stderr })
  })

  test('config print shows what is in force and where it came from, secrets masked', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-'))
    const file = join(folder, 'mock.json')
    writeFileSync(file, JSON.stringify({ keys: ['DEV_TOP_SECRET'], strict: true }))
    const { code, stdout } = await run(['config', 'print', '--config', file, '--payer', 'approve'], {
      KAKAOPAY_MOCK_PORT: '9000',
    })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^port +environment +9000$/m)
    expect(stdout).toMatch(/^payer +flag +"approve"$/m)
    expect(stdout).toMatch(/^strict +file +true$/m)
    expect(stdout).toMatch(/^keys +file +\(masked\)$/m)
    expect(stdout).not.toContain('TOP_SECRET')
  })
})
