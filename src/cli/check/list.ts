import { sources } from '../../../contracts/evidence.ts'
import { rules } from '../../../contracts/rules.ts'
import { flag } from '../../config/option.ts'
import { clientRules } from '../../kit/client/rules.ts'
import { generatedFixtures } from '../../kit/generate/index.ts'
import { loadFixtures } from '../../kit/load.ts'
import { didYouMean } from '../../nearest.ts'
import { defineCommand, UsageError } from '../command.ts'
import { selected, selectionFlags } from './selection.ts'

export const list = defineCommand({
  name: 'check list',
  usage: ['[flags]'],
  about: 'Lists the fixtures with their level and evidence.',
  flags: {
    ...selectionFlags,
    json: flag(false, 'Print JSON lines: id, title, level, evidence, source, for, rules.'),
  },
  settings: [],
  exits: {},
  examples: `
  kakaopay-mock check list --only cancel
  kakaopay-mock check list --only ready.item_name.max        what checks this rule
  kakaopay-mock check list --evidence documented,observed`,
  async act({ flags, rest }, io) {
    if (rest.length > 0) throw new UsageError(`check list takes no argument "${rest[0]}"; see --help`)
    for (const fixture of selected([...loadFixtures(), ...generatedFixtures()], flags)) {
      const { id, title, level, evidence, source, rules: ids } = fixture
      io.stdout.write(
        flags.json
          ? `${JSON.stringify({ id, title, level, evidence, source, for: fixture.for, rules: ids })}\n`
          : `${id.padEnd(48)} ${level.padEnd(6)} ${evidence.padEnd(10)} ${title}\n`,
      )
    }
    return 0
  },
})

export const show = defineCommand({
  name: 'check show',
  usage: ['ID'],
  about: 'Prints what the fixture requires, where that is known from, the rules that it checks, and its steps as JSON.',
  flags: {},
  settings: [],
  exits: {},
  examples: `
  kakaopay-mock check show cancel/full`,
  async act({ rest }, io) {
    const [id, ...more] = rest
    if (id === undefined || more.length > 0)
      throw new UsageError('check show takes one id; see kakaopay-mock check list')
    const fixture = [...loadFixtures(), ...generatedFixtures()].find((f) => f.id === id)
    if (!fixture) {
      const ids = [...loadFixtures(), ...generatedFixtures()].map((f) => f.id)
      throw new UsageError(`no fixture is called ${id}${didYouMean(id, ids)}; see kakaopay-mock check list`)
    }
    const { title, level, evidence, source, config, steps, file, rules: ids } = fixture
    io.stdout.write(
      [
        `${id} (${level}, for ${fixture.for}): ${title}`,
        `${evidence}: ${(sources as Readonly<Record<string, string>>)[source] ?? source}`,
        ...ids.map((rule) => `rule ${rule}: ${sentenceOf(rule)}`),
        ...(config ? [`needs the settings ${JSON.stringify(config)}`] : []),
        `in ${file.includes('/') && file.endsWith('.json') ? `fixtures/${file}` : file}, complete:`,
        JSON.stringify(steps, null, 2),
        '',
      ].join('\n'),
    )
    return 0
  },
})

const ofClients: Readonly<Record<string, { readonly sentence: string }>> = clientRules
const sentenceOf = (rule: string) => (rules.get(rule) ?? ofClients[rule])?.sentence ?? 'unknown'
