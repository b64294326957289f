import { type Command, UsageError } from './command.ts'

/** What can be checked and looked at, each loaded only when it is asked for. */
const parts: Readonly<Record<string, { readonly summary: string; load(): Promise<Command> }>> = {
  server: { summary: 'Hold a server to the fixtures', load: async () => (await import('./check/server.ts')).server },
  client: { summary: 'Hold your client to the fixtures', load: async () => (await import('./check/client.ts')).client },
  traffic: { summary: 'Judge what any program sends', load: async () => (await import('./check/traffic.ts')).traffic },
  list: { summary: 'List the fixtures', load: async () => (await import('./check/list.ts')).list },
  show: { summary: 'Show one fixture with its rules', load: async () => (await import('./check/list.ts')).show },
}

export const check: Command = {
  name: 'check',
  summary: 'Hold a server or a client to the contract',
  hasParts: true,
  get help() {
    return `Usage: kakaopay-mock check <what> [flags]

${Object.entries(parts)
  .map(([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`)
  .join('\n')}

Exit codes: 0 all hold, 1 a promise is broken, 2 wrong usage, 3 the target cannot be reached, 4 the kit itself failed or could evaluate nothing.

Examples:
  kakaopay-mock check server                                 this mock, in this process
  kakaopay-mock check server --url http://127.0.0.1:8585     a server that runs
  kakaopay-mock check client -- python3 driver.py            your own client, by a small driver
  kakaopay-mock check traffic -- npm test                    what any program sends
  kakaopay-mock check list --only approve
  kakaopay-mock check <what> --help
`
  },
  async run([name, ...rest], io) {
    const part = name !== undefined && Object.hasOwn(parts, name) ? parts[name] : undefined
    if (!part) throw new UsageError(`check ${name ?? 'what'}? one of ${Object.keys(parts).join(', ')}; see --help`)
    const command = await part.load()
    if (rest[0] === '-h' || rest[0] === '--help' || (!rest.includes('--') && rest.includes('--help'))) {
      io.stdout.write(command.help)
      return 0
    }
    return command.run(rest, io)
  },
}
