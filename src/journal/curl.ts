import { headerPairs, type ShownEntry } from './entry.ts'

/** What curl sets by itself. */
const own: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'connection',
  'accept-encoding',
  'transfer-encoding',
  'user-agent',
  'accept',
  'expect',
])

/** In single quotes nothing has a meaning to a shell but the single quote. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** The call as a command. In the place of the secret key stands `$SECRET_KEY`, which the shell fills in. */
export const curlOf = (entry: ShownEntry, base: string): string => {
  const headers = headerPairs(entry)
    .filter(([name]) => !own.has(name.toLowerCase()))
    .map(([name, value]) =>
      name.toLowerCase() === 'authorization'
        ? `-H "Authorization: ${/^[A-Za-z_]+ /.exec(value)?.[0] ?? ''}$SECRET_KEY"`
        : `-H ${quoted(`${name}: ${value}`)}`,
    )
  const { body } = entry
  const parts = [`curl -i -X ${entry.method} ${quoted(base + entry.path)}`, ...headers]
  if (body !== null && body !== '') parts.push(`--data-binary ${quoted(body)}`)
  return `${parts.join(' \\\n  ')}\n`
}
