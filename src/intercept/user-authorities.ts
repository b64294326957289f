import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Variables that name one file of authorities. Who sets one trusts a company's proxy or a test server by it. */
const variables = ['NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE', 'DENO_CERT'] as const

export interface UserAuthorities {
  /** The same variables, each with a file that holds the user's authorities and `ca`. */
  readonly variables: Readonly<Record<string, string>>
  remove(): void
}

/** Keeps the authorities that the user's environment names, and adds one (PEM) to each file's copy. A file that cannot be read is left out. */
export const extendUserAuthorities = (
  env: Readonly<Record<string, string | undefined>>,
  ca: string,
): UserAuthorities => {
  const contents = variables.flatMap((name) => {
    const content = readIfThere(env[name])
    return content === undefined ? [] : [[name, `${content.trimEnd()}\n${ca}`] as const]
  })
  if (contents.length === 0) return { variables: {}, remove: () => {} }
  const dir = mkdtempSync(join(tmpdir(), 'kakaopay-mock-authorities-'))
  const files = contents.map(([name, content]) => {
    const file = join(dir, `${name.toLowerCase()}.pem`)
    writeFileSync(file, content, { mode: 0o644 })
    return [name, file] as const
  })
  return { variables: Object.fromEntries(files), remove: () => rmSync(dir, { recursive: true, force: true }) }
}

const readIfThere = (file: string | undefined): string | undefined => {
  try {
    return file ? readFileSync(file, 'utf8') : undefined
  } catch {
    return undefined
  }
}
