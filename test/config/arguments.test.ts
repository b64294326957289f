import { describe, expect, test } from 'vitest'
import { parseArguments } from '../../src/config/arguments.ts'
import { ConfigError } from '../../src/config/error.ts'
import { choice, flag, integer, list, string } from '../../src/config/option.ts'

const options = {
  port: integer(1, 0, 9, 'A port.'),
  strict: flag(false, 'A switch.'),
  only: list('NAME,…', 'A list.'),
  payer: choice(['manual', 'approve'], 'A choice.'),
  secretKey: string('', 'KEY', 'A secret.', /^DEV/, 'a DEV key'),
}
const parse = (...args: string[]) => parseArguments(args, options, new Set(['secretKey']))

describe('the arguments of every command', () => {
  test.each([
    [['--port', '3'], { port: 3 }],
    [['--port=3'], { port: 3 }],
    [['--port', '3', '--port=4'], { port: 4 }],
    [['--strict'], { strict: true }],
    [['--strict=true'], { strict: true }],
    [['--strict=false'], { strict: false }],
    [['--no-strict'], { strict: false }],
    [['--strict', '--no-strict'], { strict: false }],
    [['--only', 'a,b', '--only=c'], { only: ['a', 'b', 'c'] }],
    [['--only='], { only: [] }],
    [['--secret-key=--x', '--secret-key', 'DEV'], undefined],
    [['--secret-key', ''], { secretKey: '' }],
  ])('%j', (args, values) => {
    if (values) expect(parse(...args).values).toEqual(values)
    else expect(() => parse(...args)).toThrow('--secret-key must be a DEV key, not "…"')
  })

  test('what is no flag is a positional, and what stands behind -- belongs to the command', () => {
    expect(parse('a', '--strict', 'b', '--', 'c', '--port', 'x', '--')).toEqual({
      values: { strict: true },
      positionals: ['a', 'b'],
      command: ['c', '--port', 'x', '--'],
    })
    expect(parse('--').command).toEqual([])
    expect(parse().command).toBeUndefined()
  })

  test.each([
    [['--prot', '3'], 'unknown flag --prot (did you mean --port?); see --help'],
    [['--onyl=a'], 'unknown flag --onyl (did you mean --only?); see --help'],
    [['--secret', 'x'], 'unknown flag --secret (did you mean --secret-key?); see --help'],
    [['--wholly-unknown'], 'unknown flag --wholly-unknown; see --help'],
    [['--no-port'], /^unknown flag --no-port/],
    [['-x'], 'unknown flag -x; see --help'],
    [['--no-strict=true'], '--no-strict takes no value; see --help'],
    [['--port'], '--port needs a value; see --help'],
    [['--port', '--strict'], '--port needs a value; see --help'],
    [['--port', '-1'], '--port must be an integer from 0 to 9, not "-1"'],
    [['--payer', 'x'], '--payer must be one of manual, approve, not "x"'],
  ])('%j is one clear line', (args, message) => {
    expect(() => parse(...args)).toThrow(ConfigError)
    expect(() => parse(...args)).toThrow(message)
  })
})
