import { commandOptions } from '../config/config.ts'
import { flagOf, type Option, type Options } from '../config/option.ts'
import { settingGroups } from '../config/settings.ts'
import { version } from '../version.ts'
import type { CommandTable, Io } from './command.ts'
import { builtins, commands } from './commands.ts'
import { exitCodes } from './exit-codes.ts'

/** Width of the column of flags. */
const FLAGS_WIDTH = 26
const WIDTH = { narrowest: 50, widest: 120, otherwise: 100 }

/** How wide help may be: the terminal's width. */
export const widthOf = ({ columns }: Io['stdout']): number =>
  columns ? Math.min(Math.max(columns, WIDTH.narrowest), WIDTH.widest) : WIDTH.otherwise

/** `kakaopay-mock --help`. */
export const mainHelp = (width: number): string =>
  `${[
    `kakaopay-mock ${version}: a local KakaoPay that behaves like the real one`,
    'Usage: kakaopay-mock <command> [flags]\n       kakaopay-mock help <command>',
    section(
      'Commands',
      Object.entries({ ...commands, ...builtins }).map(([name, { summary }]) => row(name, summary, width, 14)),
    ),
    section(
      'Exit codes',
      Object.entries(exitCodes).map(([code, meaning]) => row(code, meaning, width, 6)),
    ),
    section('Examples', [
      '  kakaopay-mock serve                      on http://127.0.0.1:8585',
      '  kakaopay-mock serve --port 0             on any free port, which is printed',
      '  kakaopay-mock exec -- npm test           your tests, with KakaoPay replaced by a mock',
    ]),
  ].join('\n\n')}\n`

/** `kakaopay-mock check --help`: what the parts of a command are. */
export const groupHelp = (name: string, width: number): string => {
  const { summary, parts = {} } = commands[name] ?? { summary: '' }
  return `${[
    `Usage: kakaopay-mock ${name} <what> [flags]\n       kakaopay-mock help ${name} <what>`,
    wrap(`${summary}.`, width),
    section(
      'What',
      Object.entries(parts).map(([part, { summary }]) => row(part, summary, width, 14)),
    ),
  ].join('\n\n')}\n`
}

/** `kakaopay-mock serve --help`: usage, what it does, its flags and those of its settings by group, exit codes, examples. */
export const commandHelp = (command: CommandTable, width: number): string => {
  const { name, usage, about, flags, settings, exits, examples } = command
  const prefix = `kakaopay-mock ${name}`
  const settingsTaken = commandOptions({}, settings)
  const own = section('Flags', [...flagRows(flags, width), row('-h, --help', 'Print this help.', width, FLAGS_WIDTH)])
  const groups = Object.entries(settingGroups).map(([title, group]) => {
    const taken = Object.entries(group as Options).filter(([name]) => name in settingsTaken && !(name in flags))
    return section(title, flagRows(Object.fromEntries(taken), width))
  })
  const file = settings.length === 0 ? '' : section('Settings from elsewhere', settingsNote(settingsTaken, width))
  const codes = { 0: exitCodes[0], ...exits, 2: exitCodes[2] } as Record<number, string>
  return `${[
    usage.map((line, i) => `${i === 0 ? 'Usage:' : '      '} ${prefix} ${line}`.trimEnd()).join('\n'),
    about
      .trim()
      .split('\n\n')
      .map((paragraph) => (/^ /m.test(paragraph) ? paragraph : wrap(paragraph, width)))
      .join('\n\n'),
    own,
    ...groups,
    file,
    section(
      'Exit codes',
      Object.entries(codes).map(([code, meaning]) => row(code, meaning, width, 6)),
    ),
    `Examples:\n${examples.replace(/^\n/, '').trimEnd()}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`
}

const settingsNote = (settings: Options, width: number): string[] => [
  ...flagRows({ config: settings['config'] as Option<unknown> }, width),
  indent(
    wrap(
      'Each of these flags but --config may also be set in the environment (KAKAOPAY_MOCK_PORT for --port) or in the config file, which ' +
        'KAKAOPAY_MOCK_CONFIG names too ("port"). A flag wins over the environment, the environment over the file. A switch is turned off by --no-NAME.',
      width - 2,
    ),
  ),
]

const section = (title: string, rows: readonly string[]) => (rows.length === 0 ? '' : `${title}:\n${rows.join('\n')}`)

const flagRows = (options: Options, width: number): string[] =>
  Object.entries(options).map(([name, option]) => {
    const text = `${flagOf(name)}${option.placeholder ? ` ${option.placeholder}` : ''}`
    return row(text, `${option.help}${defaultOf(option)}`, width, FLAGS_WIDTH)
  })

const defaultOf = ({ default: value }: Option<unknown>) =>
  value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0)
    ? ''
    : ` [${value === true ? 'on' : String(value)}]`

/** A name and its explanation in two columns. A name too long for its column stands on a line of its own. */
const row = (name: string, text: string, width: number, column: number): string => {
  const [first = '', ...more] = wrap(text, width - column - 2).split('\n')
  const pad = ' '.repeat(column + 2)
  const head = name.length < column ? `  ${name.padEnd(column)}${first}` : `  ${name}\n${pad}${first}`
  return [head, ...more.map((line) => pad + line)].join('\n')
}

const indent = (text: string) => text.replace(/^/gm, '  ')

/** Breaks text at spaces, so that no line is longer than `width` unless a word is. */
export const wrap = (text: string, width: number): string => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join('\n')
}
