import { sources } from '../../../contracts/evidence.ts'
import { rules } from '../../../contracts/rules.ts'
import { clientRules } from '../../kit/client/rules.ts'
import { loadFixtures } from '../../kit/load.ts'
import { type Command, UsageError } from '../command.ts'
import { chosen, parse, selectionFlags, selectionHelp } from './flags.ts'

export const list: Command = {
  name: 'list',
  summary: 'List the fixtures',
  help: `Usage: kakaopay-mock check list [flags]

${selectionHelp}
  --json                As JSON lines: id, title, level, evidence, source, for, rules

Examples:
  kakaopay-mock check list --only cancel
  kakaopay-mock check list --only ready.item_name.max        what checks this rule
  kakaopay-mock check list --evidence documented,observed
`,
  async run(args, io) {
    const { values } = parse(args, { ...selectionFlags, json: { type: 'boolean' } })
    for (const fixture of chosen(loadFixtures(), values)) {
      const { id, title, level, evidence, source, rules: ids } = fixture
      io.stdout.write(
        values.json
          ? `${JSON.stringify({ id, title, level, evidence, source, for: fixture.for, rules: ids })}\n`
          : `${id.padEnd(48)} ${level.padEnd(6)} ${evidence.padEnd(10)} ${title}\n`,
      )
    }
    return 0
  },
}

export const show: Command = {
  name: 'show',
  summary: 'Show one fixture with its rules',
  help: `Usage: kakaopay-mock check show ID

Prints what the fixture promises, where that is known from, the rules that it checks, and its steps as JSON.

Example:
  kakaopay-mock check show cancel/full
`,
  async run(args, io) {
    const { positionals } = parse(args, {})
    const [id, ...more] = positionals
    if (id === undefined || more.length > 0)
      throw new UsageError('check show takes one id; see kakaopay-mock check list')
    const fixture = loadFixtures().find((f) => f.id === id)
    if (!fixture) throw new UsageError(`no fixture is called ${id}; see kakaopay-mock check list`)
    const { title, level, evidence, source, config, steps, file, rules: ids } = fixture
    io.stdout.write(
      [
        `${id} (${level}, for ${fixture.for}): ${title}`,
        `${evidence}: ${(sources as Readonly<Record<string, string>>)[source] ?? source}`,
        ...ids.map((rule) => `rule ${rule}: ${sentenceOf(rule)}`),
        ...(config ? [`needs the settings ${JSON.stringify(config)}`] : []),
        `in fixtures/${file}, whole:`,
        JSON.stringify(steps, null, 2),
        '',
      ].join('\n'),
    )
    return 0
  },
}

const ofClients: Readonly<Record<string, { readonly sentence: string }>> = clientRules
const sentenceOf = (rule: string) => (rules.get(rule) ?? ofClients[rule])?.sentence ?? 'unknown'
