import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuthorityPaths } from './authority.ts'
import { hostsLine } from './environment.ts'
import { isKakaoPayHost, isRetiredHost, RETIRED_HOST } from './hosts.ts'
import { subjectHash } from './subject-hash.ts'

/** Why a network of its own cannot be had here, and what to do. */
export class IsolationError extends Error {
  override readonly name = 'IsolationError'
}

const WITHOUT = 'Without --isolate the variables bring most clients to the mock; see the docs.'

/** Runs a command to its end; a test gives its own. */
export type Run = (
  command: string,
  args: readonly string[],
) => { status: number | null; stderr: string; missing: boolean }

const runNow: Run = (command, args) => {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] })
  return { status, stderr: stderr ?? '', missing: (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT' }
}

/**
 * The words before a command that give it a network and a file tree of its own: `unshare --net --mount …`. As root without more; as
 * another user inside a user namespace. Throws IsolationError where the system, the kernel or the user forbids it.
 */
export const isolationPrefix = (platform: string, uid: number, run: Run = runNow): readonly string[] => {
  if (platform !== 'linux')
    throw new IsolationError(`--isolate needs Linux’s network namespaces, and this is ${platform}. ${WITHOUT}`)
  const prefix = ['unshare', '--net', '--mount', ...(uid === 0 ? [] : ['--user', '--map-root-user'])]
  const tried = run('unshare', [...prefix.slice(1), 'true'])
  if (tried.missing) throw new IsolationError(`--isolate needs unshare (Debian package util-linux). ${WITHOUT}`)
  if (tried.status !== 0)
    throw new IsolationError(
      `--isolate is forbidden here (${tried.stderr.trim() || `unshare ended with ${tried.status}`}). ${
        uid === 0
          ? 'In a container, start it with --cap-add SYS_ADMIN --security-opt apparmor=unconfined --security-opt seccomp=unconfined.'
          : 'Run it as root, or allow user namespaces: sysctl kernel.unprivileged_userns_clone=1 (Debian), sysctl kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu).'
      } ${WITHOUT}`,
    )
  if (run('ip', ['-V']).missing) throw new IsolationError(`--isolate needs ip (Debian package iproute2). ${WITHOUT}`)
  return [...prefix, '--']
}

/** Default files of authorities that programs and libraries read when no variable names one. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
  '/etc/ssl/ca-bundle.pem',
]
/** Where the JDKs of Debian and Fedora do. */
const javaStores = ['/etc/ssl/certs/java/cacerts', '/etc/pki/java/cacerts']
/** Where OpenSSL looks an authority up by the hash of its name. */
const HASHED = '/etc/ssl/certs'

/**
 * To be called inside the new namespaces: brings loopback up, maps KakaoPay’s hosts to it, and lays the authority over the places where
 * programs look for theirs. All of it is mounts of this namespace alone, of files in `dir`: the machine's own files stay as they are, and every mount
 * ends with the last process inside.
 */
export const prepareInside = (paths: AuthorityPaths, dir: string, run: Run = runNow): void => {
  const must = (command: string, ...args: string[]) => {
    const { status, stderr } = run(command, args)
    if (status !== 0) throw new IsolationError(`--isolate could not ${command} ${args.join(' ')}: ${stderr.trim()}`)
  }
  const over = (source: string, target: string) => must('mount', '--bind', source, realpathSync(target))
  const overText = (target: string, name: string, change: (text: string) => string) => {
    writeFileSync(join(dir, name), change(existsSync(target) ? readFileSync(target, 'utf8') : ''))
    if (existsSync(target)) over(join(dir, name), target)
  }
  must('ip', 'link', 'set', 'lo', 'up')
  overText('/etc/hosts', 'hosts', isolatedHosts)
  overText('/etc/nsswitch.conf', 'nsswitch.conf', hostsFromFilesFirst)
  overText('/etc/resolv.conf', 'resolv.conf', () => 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n')
  if (existsSync(HASHED) && statSync(HASHED).isDirectory()) {
    const copy = join(dir, 'certs')
    cpSync(HASHED, copy, { recursive: true, verbatimSymlinks: true })
    writeFileSync(join(copy, `${subjectHash(readFileSync(paths.ca, 'utf8'))}.0`), readFileSync(paths.ca))
    over(copy, HASHED)
  }
  for (const target of bundles.filter((path) => existsSync(path))) over(paths.bundle, target)
  for (const target of javaStores.filter((path) => existsSync(path))) over(paths.trustStore, target)
}

/** A folder for what is mounted inside. It belongs to the process outside, which removes it when all mounts have ended. */
export const isolationFolder = (): { readonly dir: string; remove(): void } => {
  const dir = mkdtempSync(join(tmpdir(), 'kakaopay-mock-isolated-'))
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

/** The machine's own entries, less those for KakaoPay, with KakaoPay's names at loopback. */
export const isolatedHosts = (text: string): string => {
  const kept = text
    .trim()
    .split('\n')
    .filter(
      (line) =>
        !line
          .replace(/#.*/, '')
          .split(/\s+/)
          .some((name) => isKakaoPayHost(name) || isRetiredHost(name)),
    )
  const local = kept.some((line) => /^\s*127\.0\.0\.1\s.*\blocalhost\b/.test(line)) ? [] : ['127.0.0.1 localhost']
  return `${[...kept, ...local, `${hostsLine()} ${RETIRED_HOST}`].join('\n').trim()}\n`
}

/** A resolver behind a local socket (systemd's) would still answer from outside, so files are asked first and DNS, which has no network, after. */
export const hostsFromFilesFirst = (text: string): string => {
  const rest = text
    .trim()
    .split('\n')
    .filter((line) => !/^\s*hosts\s*:/.test(line))
  return `${[...rest, 'hosts: files dns'].join('\n').trim()}\n`
}
