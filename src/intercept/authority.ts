import { createPrivateKey, X509Certificate } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { rootCertificates } from 'node:tls'
import { type Identity, makeAuthority, makeServerCertificate } from './certificates.ts'
import { createOnce, makePrivateFolder, writeWhole } from './files.ts'
import { RETIRED_HOST } from './hosts.ts'
import { makeTrustStore } from './truststore.ts'

/** Where a client's runtime finds the trust it needs: all absolute paths. */
export interface AuthorityPaths {
  readonly dir: string
  /** The authority alone, PEM. For runtimes that add it to what they trust already (Node). */
  readonly ca: string
  /** The authority and the system's own, PEM. For runtimes that trust one file and nothing else (Python, Go, Ruby, curl). */
  readonly bundle: string
  /** The same as PKCS#12, password `changeit`. For Java. */
  readonly trustStore: string
  /** A folder with one ini file, for PHP's `PHP_INI_SCAN_DIR`. */
  readonly phpDir: string
}

export interface Authority {
  readonly paths: AuthorityPaths
  /** PEM of the authority's certificate. */
  readonly ca: string
  /** What the HTTPS server shows. */
  readonly server: Identity
  /** Epoch ms at which the certificates end. */
  readonly endsAt: number
}

export interface AuthorityOptions {
  /** Default: `KAKAOPAY_MOCK_CA_DIR`, else `~/.kakaopay-mock`. */
  readonly dir?: string
  /** Epoch ms, injected so that a test can stand at the end of the year. */
  readonly now?: () => number
  /** The system's authorities, PEM. Default: the system's bundle, else Node's own list. */
  readonly systemAuthorities?: readonly string[]
}

/** The folder or a file in it cannot be used. The message says what to do. */
export class AuthorityError extends Error {
  override readonly name = 'AuthorityError'
}

/** Certificates are made anew when less than this is left, so that no suite runs into their end. */
export const RENEW_BEFORE_MS = 30 * 86_400_000

/** An authority's life on disk: `authority-1.pem` is followed by `authority-2.pem`, so that a renewal never overwrites a key in use. */
const GENERATION = /^authority-(\d{1,9})\.pem$/

export const defaultAuthorityDir = (env: Readonly<Record<string, string | undefined>> = process.env): string =>
  resolve(env['KAKAOPAY_MOCK_CA_DIR'] || join(homedir(), '.kakaopay-mock'))

/**
 * Opens the local authority in its folder; makes it on first use and anew before it ends, or where its file is damaged. Two processes
 * that come first together agree on one. Touches nothing outside the folder. Throws AuthorityError.
 */
export const openAuthority = async (options: AuthorityOptions = {}): Promise<Authority> => {
  const dir = resolve(options.dir || defaultAuthorityDir())
  const now = (options.now ?? Date.now)()
  try {
    makePrivateFolder(dir)
    const current = await currentGeneration(dir, now)
    const paths = pathsIn(dir)
    await publish(paths, current.ca, options.systemAuthorities ?? systemAuthorities())
    return { paths, ca: current.ca, server: current.server, endsAt: current.endsAt }
  } catch (error) {
    if (error instanceof AuthorityError || !isFileError(error)) throw error
    throw new AuthorityError(
      `cannot keep the local certificate authority in ${dir}: ${error.message}. Name a folder you can write to with --ca-dir DIR or KAKAOPAY_MOCK_CA_DIR`,
    )
  }
}

export const pathsIn = (dir: string): AuthorityPaths => ({
  dir,
  ca: join(dir, 'ca.pem'),
  bundle: join(dir, 'bundle.pem'),
  trustStore: join(dir, 'truststore.p12'),
  phpDir: join(dir, 'php'),
})

interface Generation {
  readonly ca: string
  readonly server: Identity
  readonly endsAt: number
}

const isFileError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error

/** The newest generation if it is whole and lasts; else the next one. `createOnce` decides between two who make it at once. */
const currentGeneration = async (dir: string, now: number): Promise<Generation> => {
  const newest = readdirSync(dir).reduce((max, name) => Math.max(max, Number(GENERATION.exec(name)?.[1] ?? 0)), 0)
  const found = newest > 0 ? readGeneration(join(dir, `authority-${newest}.pem`), now) : undefined
  if (found) return found
  const file = join(dir, `authority-${newest + 1}.pem`)
  const authority = await makeAuthority(now)
  const server = await makeServerCertificate(authority, now)
  createOnce(file, authority.cert + authority.key + server.cert + server.key, 0o600)
  const made = readGeneration(file, now)
  if (!made) throw new AuthorityError(`${file} cannot be read back; remove it and start again`)
  if (newest > 0) rmSync(join(dir, `authority-${newest}.pem`), { force: true })
  return made
}

const readGeneration = (file: string, now: number): Generation | undefined => {
  const text = readIfThere(file)
  const [ca, serverCert] = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? []
  const [caKey, serverKey] = text.match(/-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n/g) ?? []
  if (!ca || !caKey || !serverCert || !serverKey || !belongs(ca, caKey) || !belongs(serverCert, serverKey))
    return undefined
  const { validFrom, validTo, ...certificate } = read(serverCert)
  if (!namesAll(serverCert)) return undefined
  if (!certificate.signedBy(ca) || now < Date.parse(validFrom)) return undefined
  const endsAt = Math.min(Date.parse(validTo), Date.parse(read(ca).validTo))
  if (now > endsAt - RENEW_BEFORE_MS) return undefined
  closeToOthers(file)
  return { ca, server: { cert: serverCert, key: serverKey }, endsAt }
}

/** A file of an older version may lack a name that is served now. */
const namesAll = (pem: string): boolean => new X509Certificate(pem).checkHost(RETIRED_HOST) !== undefined

const read = (pem: string) => {
  const certificate = new X509Certificate(pem)
  return {
    validFrom: certificate.validFrom,
    validTo: certificate.validTo,
    signedBy: (ca: string) => certificate.verify(new X509Certificate(ca).publicKey),
  }
}

/** A process that renews at the same moment may have removed the file that this one just listed. */
const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

/** A file that does not parse, such as a half-written one, counts as absent. */
const belongs = (cert: string, key: string): boolean => {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}

/** A copy from a backup or an archive often comes back readable by everyone. Windows keeps no such modes. */
const closeToOthers = (file: string) => {
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600)
}

/** Writes what clients read. Only what differs is written, so that a running client's file stays as it is. */
const publish = async (paths: AuthorityPaths, ca: string, system: readonly string[]) => {
  const changed = writeWhole(paths.ca, ca)
  const bundled = writeWhole(paths.bundle, [ca, ...system].join(''))
  if (changed || bundled || !existsSync(paths.trustStore))
    writeWhole(paths.trustStore, await makeTrustStore([ca, ...system]))
  mkdirSync(paths.phpDir, { recursive: true })
  const quoted = paths.bundle.replaceAll('"', '\\"')
  writeWhole(join(paths.phpDir, 'kakaopay-mock.ini'), `curl.cainfo="${quoted}"\nopenssl.cafile="${quoted}"\n`)
}

/** Where Debian, Fedora, Alpine and macOS, and SUSE keep their authorities. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
  '/etc/ssl/ca-bundle.pem',
]

/** The system's authorities, PEM each; Node's own list where the system has none (Windows, a bare image). Unreadable ones are left out. */
const systemAuthorities = (): readonly string[] => {
  const file = systemBundles.find((path) => existsSync(path))
  const found = file
    ? (readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [])
    : []
  return (found.length > 0 ? found : rootCertificates).filter(readable).map((pem) => `${pem}\n`)
}

const readable = (pem: string): boolean => {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}
