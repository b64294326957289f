import { flag } from '../config/option.ts'
import { hostsLine, runtimes } from '../intercept/environment.ts'
import { openLocalAuthority } from '../server.ts'
import { defineCommand, type Io, UsageError } from './command.ts'
import { shellQuoted } from './printable.ts'

export const ca = defineCommand({
  name: 'ca',
  usage: ['[flags]'],
  about: `Makes the local certificate authority if there is none, and prints where it is, what to set for each runtime, and how to remove the
trust again. With --proxy PORT it prints the variables for a proxy on that port too. It never changes the system's trust store.`,
  flags: { json: flag(false, 'Print paths and variables as JSON.') },
  settings: ['caDir', 'proxy'],
  exits: {},
  examples: `
  kakaopay-mock ca
  kakaopay-mock ca --proxy 8586`,
  async act({ config, flags, rest }, io) {
    if (rest.length > 0) throw new UsageError(`ca takes no argument "${rest[0]}"; see kakaopay-mock ca --help`)
    const authority = await openLocalAuthority(config.caDir)
    const proxyUrl = typeof config.proxy === 'number' ? { proxyUrl: `http://127.0.0.1:${config.proxy}` } : {}
    const access = { paths: authority.paths, ...proxyUrl }
    if (flags.json) {
      const ends = new Date(authority.endsAt).toISOString()
      io.stdout.write(`${JSON.stringify({ ...authority.paths, ends, runtimes: runtimes(access) }, null, 2)}\n`)
    } else print(access, authority.endsAt, io)
    return 0
  },
})

const print = (access: Parameters<typeof runtimes>[0], endsAt: number, { stdout }: Io) => {
  const { paths } = access
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
  for (const { name, variables, note } of runtimes(access)) {
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
