import { loadConfig } from '../config/config.ts'
import { AuthorityError, openAuthority } from '../intercept/authority.ts'
import { hostsLine, runtimes } from '../intercept/environment.ts'
import { type Command, type Io, UsageError } from './command.ts'

export const ca: Command = {
  name: 'ca',
  summary: 'Show the local certificate authority and how each runtime trusts it',
  help: `Usage: kakaopay-mock ca [--ca-dir DIR] [--proxy PORT] [--json]

Makes the local certificate authority if there is none, and prints where it is, what to set for each runtime, and how to remove the
trust again. With --proxy PORT it prints the variables for a proxy on that port too. It never touches the system's trust store.

  --ca-dir DIR    Folder of the authority. Default: ~/.kakaopay-mock (KAKAOPAY_MOCK_CA_DIR)
  --proxy PORT    The port that \`kakaopay-mock serve --proxy PORT\` listens on
  --json          Paths and variables as JSON

Examples:
  kakaopay-mock ca
  kakaopay-mock ca --proxy 8586
`,
  async run(args, io) {
    const json = args.includes('--json')
    const { config, rest } = loadConfig({ args: args.filter((arg) => arg !== '--json'), env: io.env })
    if (rest.length > 0) throw new UsageError(`ca takes no argument "${rest[0]}"; see kakaopay-mock ca --help`)
    const authority = await openLocalAuthority(config.caDir)
    const proxyUrl = typeof config.proxy === 'number' ? { proxyUrl: `http://127.0.0.1:${config.proxy}` } : {}
    const ways = { paths: authority.paths, ...proxyUrl }
    if (json) {
      const ends = new Date(authority.endsAt).toISOString()
      io.stdout.write(`${JSON.stringify({ ...authority.paths, ends, runtimes: runtimes(ways) }, null, 2)}\n`)
    } else print(ways, authority.endsAt, io)
    return 0
  },
}

/** A folder that cannot be used is a wrong setting: one line, exit code 2. */
export const openLocalAuthority = async (dir: string) => {
  try {
    return await openAuthority(dir === '' ? {} : { dir })
  } catch (error) {
    if (error instanceof AuthorityError) throw new UsageError(error.message)
    throw error
  }
}

const print = (ways: Parameters<typeof runtimes>[0], endsAt: number, { stdout }: Io) => {
  const { paths } = ways
  stdout.write(`The local certificate authority, until ${new Date(endsAt).toISOString().slice(0, 10)} (made anew 30 days before)
  ${paths.ca}
      the authority alone, PEM
  ${paths.bundle}
      the authority and the system's own, PEM
  ${paths.trustStore}
      the same for Java, PKCS#12, password changeit

It can vouch for kakaopay.com, localhost and loopback addresses only. Its key is beside it, readable by you alone.
No program trusts it until you set one of these for that program:
`)
  for (const { name, variables, note } of runtimes(ways)) {
    stdout.write(`\n# ${name}${note ? `. ${note}` : ''}\n`)
    for (const [variable, value] of Object.entries(variables))
      stdout.write(`export ${variable}=${shellQuoted(value)}\n`)
  }
  stdout.write(`
Without a proxy, clients are brought here by a hosts entry and port 443:
  echo '${hostsLine()}' | sudo tee -a /etc/hosts
  sudo kakaopay-mock serve --https 443 --ca-dir ${shellQuoted(paths.dir)}

To remove the trust again: unset the variables, take the line out of /etc/hosts, and
  rm -r ${shellQuoted(paths.dir)}
No other file was changed, and no system trust store was touched.
`)
}

const shellQuoted = (text: string) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
