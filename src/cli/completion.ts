import { commandOptions } from '../config/config.ts'
import { flagOf, type Option } from '../config/option.ts'
import { type Io, UsageError } from './command.ts'
import { builtins, commands, type Entry } from './commands.ts'
import { shellQuoted } from './printable.ts'

/** A place on the command line, `check server` say, and what may be written there. */
interface Place {
  readonly words: string
  readonly completions: readonly Completion[]
}

interface Completion {
  readonly word: string
  readonly help: string
  /** A flag's values, where they are few; empty where it takes another value; undefined for a switch or a command. */
  readonly values?: readonly string[]
}

const shells: Readonly<Record<string, (places: readonly Place[]) => string>> = {
  bash: (places) => bash(places),
  zsh: (places) => zsh(places),
  fish: (places) => fish(places),
}

/** `kakaopay-mock completion SHELL`: a script made from the same tables as the help. */
export const complete = async (args: readonly string[], { stdout }: Io): Promise<number> => {
  const [shell = '', ...more] = args
  if (shell === '--help' || shell === '-h') {
    stdout.write(usage)
    return 0
  }
  const script = Object.hasOwn(shells, shell) ? shells[shell] : undefined
  if (!script || more.length > 0)
    throw new UsageError(
      `completion takes one of ${Object.keys(shells).join(', ')}; see kakaopay-mock completion --help`,
    )
  stdout.write(script(await places()))
  return 0
}

const usage = `Usage: kakaopay-mock completion bash|zsh|fish

Prints the completion script of a shell.

Examples:
  eval "$(kakaopay-mock completion bash)"                                        in ~/.bashrc
  eval "$(kakaopay-mock completion zsh)"                                         in ~/.zshrc, behind compinit
  kakaopay-mock completion fish > ~/.config/fish/completions/kakaopay-mock.fish
`

const places = async (): Promise<readonly Place[]> => {
  const named = (entries: Readonly<Record<string, { readonly summary: string }>>): Completion[] =>
    Object.entries(entries).map(([word, { summary }]) => ({ word, help: summary }))
  const found: Place[] = [
    { words: '', completions: named({ ...commands, ...builtins }) },
    { words: 'completion', completions: Object.keys(shells).map((word) => ({ word, help: `The script of ${word}` })) },
    { words: 'help', completions: named(commands) },
  ]
  for (const [name, entry] of Object.entries(commands)) {
    if (!entry.parts) found.push(await placeOf(name, entry))
    else {
      found.push({ words: name, completions: named(entry.parts) })
      for (const [part, partEntry] of Object.entries(entry.parts))
        found.push(await placeOf(`${name} ${part}`, partEntry))
    }
  }
  return found
}

const placeOf = async (words: string, { load }: Entry): Promise<Place> => {
  const command = await load?.()
  const options = command ? commandOptions(command.flags, command.settings) : {}
  return {
    words,
    completions: [...Object.entries(options).flatMap(flagsOf), { word: '--help', help: 'Print this help' }],
  }
}

const flagsOf = ([name, option]: readonly [string, Option<unknown>]): Completion[] => {
  const { help, placeholder, values = [] } = option
  const [sentence = ''] = help.split(/[.;:](?:\s|$)/)
  const flag = { word: flagOf(name), help: sentence }
  if (placeholder !== undefined) return [{ ...flag, values }]
  return option.default === true ? [{ word: flag.word.replace(/^--/, '--no-'), help: `Turn off: ${sentence}` }] : [flag]
}

const wordsOf = ({ completions }: Place) => completions.map(({ word }) => word).join(' ')
const valued = (places: readonly Place[]) =>
  new Map(
    places.flatMap(({ completions }) => completions.flatMap(({ word, values }) => (values ? [[word, values]] : []))),
  )

/** The words before the cursor that are no flags name the place. */
const bash = (all: readonly Place[]): string => `_kakaopay_mock() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} place='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in -*) break ;; *) place="$place \${COMP_WORDS[i]}" ;; esac
  done
  case "$previous" in
${[...valued(all)].map(([flag, values]) => `    ${flag}) COMPREPLY=($(compgen ${values.length > 0 ? `-W '${values.join(' ')}'` : '-f'} -- "$current")); return ;;`).join('\n')}
  esac
  case "\${place# }" in
${all
  .map(
    (place) =>
      `    ${place.words === '' ? "''" : `'${place.words}'*`}) COMPREPLY=($(compgen -W '${wordsOf(place)}' -- "$current")) ;;`,
  )
  .sort(longestFirst)
  .join('\n')}
  esac
}
complete -F _kakaopay_mock kakaopay-mock
`

/** \`check server\` is looked for before \`check\`. */
const longestFirst = (a: string, b: string) => b.indexOf(')') - a.indexOf(')')

const zsh = (all: readonly Place[]): string => `#compdef kakaopay-mock
autoload -Uz bashcompinit && bashcompinit
${bash(all)}`

const fish = (all: readonly Place[]): string =>
  `function __kakaopay_mock_at
  set -l words (commandline -opc)
  set -l place
  for word in $words[2..]
    string match -q -- '-*' $word; and break
    set -a place $word
  end
  test "$place" = "$argv"
end
complete -c kakaopay-mock -f
${all.flatMap(({ words, completions }) => completions.map((completion) => fishLine(words, completion))).join('\n')}
`

const fishLine = (words: string, { word, help, values }: Completion): string => {
  const at = `complete -c kakaopay-mock -n ${shellQuoted(`__kakaopay_mock_at ${words}`.trim())}`
  const flag = word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${word}`
  const value = values === undefined ? '' : values.length > 0 ? ` -x -a '${values.join(' ')}'` : ' -r -F'
  return `${at} ${flag}${value} -d ${fishQuoted(help)}`
}

const fishQuoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
