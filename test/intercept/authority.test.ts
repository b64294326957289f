import { execFileSync, spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AuthorityError, openAuthority, RENEW_BEFORE_MS } from '../../src/intercept/authority.ts'
import { serverNames } from '../../src/intercept/certificates.ts'
import { needs } from '../needs.ts'

const NOW = Date.UTC(2026, 0, 15)
const DAY = 86_400_000
const systemAuthorities = rootCertificates.slice(0, 3).map((pem) => `${pem}\n`)

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'authority-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const open = (now = NOW) => openAuthority({ dir, now: () => now, systemAuthorities })
const keyFiles = () => readdirSync(dir).filter((name) => name.startsWith('authority-'))

describe('the local authority', () => {
  test('is made on first use, for a year, and kept', async () => {
    const first = await open()
    const ca = new X509Certificate(first.ca)
    expect(ca.ca).toBe(true)
    expect(ca.subject).toBe('CN=kakaopay-mock local test authority')
    expect(ca.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' })
    expect(Date.parse(ca.validTo)).toBe(NOW + 365 * DAY)
    expect((await open(NOW + DAY)).ca).toBe(first.ca)
  })

  test('signs one server certificate for every name a client may use', async () => {
    const { server, ca } = await open()
    const certificate = new X509Certificate(server.cert)
    expect(certificate.verify(new X509Certificate(ca).publicKey)).toBe(true)
    expect(certificate.checkIssued(new X509Certificate(ca))).toBe(true)
    expect(certificate.subjectAltName).toBe(
      'DNS:open-api.kakaopay.com, DNS:online-payment.kakaopay.com, DNS:online-pay.kakaopay.com, DNS:kapi.kakao.com, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
    )
    expect(serverNames).toHaveLength(7)
    expect(certificate.checkHost('kakaopay.com')).toBe(undefined)
  })

  test.skipIf(process.platform === 'win32')('keeps its key to its owner, also after a careless copy', async () => {
    await open()
    const file = join(dir, 'authority-1.pem')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    chmodSync(file, 0o644)
    await open()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    for (const name of ['ca.pem', 'bundle.pem', 'truststore.p12'])
      expect(readFileSync(join(dir, name), 'utf8')).not.toContain('PRIVATE KEY')
  })

  test.skipIf(process.platform === 'win32')(
    'makes its folder 0700 whatever the umask, below parents that are not there',
    async () => {
      // A worker of the test runner may not change its umask: the built command runs under one of a shell's.
      for (const umask of ['000', '777']) {
        const folder = join(dir, `parent-${umask}`, 'ca')
        mkdirSync(join(dir, `parent-${umask}`))
        const command = `umask ${umask}; exec "${process.execPath}" dist/cli.js ca --ca-dir "${folder}"`
        execFileSync('sh', ['-c', command], { stdio: 'ignore' })
        expect(statSync(folder).mode & 0o777).toBe(0o700)
      }
      await openAuthority({ dir: join(dir, 'a', 'b', 'c'), now: () => NOW, systemAuthorities })
    },
  )

  test.skipIf(process.platform !== 'linux')('is refused below /proc, where nothing can be made', async () => {
    await expect(openAuthority({ dir: '/proc/x/y', systemAuthorities })).rejects.toThrow(
      /^cannot keep the local certificate authority in \/proc\/x\/y: .*--ca-dir DIR/,
    )
  })

  test('is made anew 30 days before its end, and not a day earlier', async () => {
    const first = await open()
    expect((await open(first.endsAt - RENEW_BEFORE_MS)).ca).toBe(first.ca)
    const next = await open(first.endsAt - RENEW_BEFORE_MS + 1000)
    expect(next.ca).not.toBe(first.ca)
    expect(next.endsAt).toBeGreaterThan(first.endsAt)
    expect(keyFiles()).toEqual(['authority-2.pem'])
    expect(readFileSync(next.paths.ca, 'utf8')).toBe(next.ca)
    expect(readFileSync(next.paths.bundle, 'utf8').startsWith(next.ca)).toBe(true)
  })

  test('is made anew when the clock stands before its beginning', async () => {
    const first = await open()
    expect((await open(NOW - 3 * DAY)).ca).not.toBe(first.ca)
  })

  test.each([
    ['is empty', () => ''],
    ['is cut in half', (text: string) => text.slice(0, text.length / 2)],
    ['holds another key', (text: string) => text.split('-----BEGIN CERT').toReversed().join('-----BEGIN CERT')],
    ['is garbage', () => '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'.repeat(2)],
  ])('is made anew when its file %s', async (_, damage) => {
    const first = await open()
    const file = join(dir, 'authority-1.pem')
    writeFileSync(file, damage(readFileSync(file, 'utf8')))
    const next = await open()
    expect(next.ca).not.toBe(first.ca)
    expect(new X509Certificate(next.server.cert).verify(new X509Certificate(next.ca).publicKey)).toBe(true)
  })

  test('is the same for all who come first at once, and leaves no half-written file', async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => open()))
    expect(new Set(opened.map(({ ca }) => ca)).size).toBe(1)
    expect(readdirSync(dir).sort()).toEqual(['authority-1.pem', 'bundle.pem', 'ca.pem', 'php', 'truststore.p12'])
  })

  test('adds the system’s own authorities to the bundle and keeps them out of ca.pem', async () => {
    const { paths, ca } = await open()
    expect(readFileSync(paths.ca, 'utf8')).toBe(ca)
    expect(readFileSync(paths.bundle, 'utf8')).toBe([ca, ...systemAuthorities].join(''))
    expect(readFileSync(join(paths.phpDir, 'kakaopay-mock.ini'), 'utf8')).toBe(
      `curl.cainfo="${paths.bundle}"\nopenssl.cafile="${paths.bundle}"\n`,
    )
  })

  test('says what to do where its folder cannot be used', async () => {
    const file = join(dir, 'a-file')
    writeFileSync(file, '')
    const opening = openAuthority({ dir: file, systemAuthorities })
    await expect(opening).rejects.toThrow(AuthorityError)
    await expect(opening).rejects.toThrow(/cannot keep the local certificate authority in .*a-file: .*--ca-dir DIR/)
  })
})

describe.skipIf(!needs('openssl'))('by OpenSSL’s own reading, the authority', () => {
  const openssl = (...args: string[]) => {
    const { stdout, stderr, status } = spawnSync('openssl', args, { encoding: 'utf8' })
    return { text: stdout + stderr, status }
  }

  test('is constrained to kakaopay.com, kapi.kakao.com, localhost and loopback, with a subject key identifier', async () => {
    const { paths } = await open()
    const { text } = openssl('x509', '-in', paths.ca, '-noout', '-text')
    expect(text).toContain('X509v3 Name Constraints: critical')
    expect(
      text
        .match(/Permitted:\n(?: {18}\S.*\n)+/)?.[0]
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual([
      'Permitted:',
      'DNS:kakaopay.com',
      'DNS:kapi.kakao.com',
      'DNS:localhost',
      'IP:127.0.0.0/255.0.0.0',
      'IP:0:0:0:0:0:0:0:1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF',
      '',
    ])
    expect(text).toMatch(/X509v3 Subject Key Identifier: \n {16}(?:[0-9A-F]{2}:){19}[0-9A-F]{2}/)
    expect(text).toContain('CA:TRUE, pathlen:0')
    expect(text).toContain('Certificate Sign, CRL Sign')
  })

  test('makes a server certificate that passes the strictest verification', async () => {
    const { paths, server } = await open()
    const file = join(dir, 'leaf.pem')
    writeFileSync(file, server.cert)
    const at = ['-attime', String(NOW / 1000)]
    for (const name of ['-verify_hostname open-api.kakaopay.com', '-verify_ip 127.0.0.1', '-verify_ip ::1'])
      expect(openssl('verify', '-x509_strict', ...at, '-CAfile', paths.ca, ...name.split(' '), file)).toEqual({
        text: `${file}: OK\n`,
        status: 0,
      })
    expect(openssl('verify', ...at, '-CAfile', paths.ca, '-verify_hostname', 'bank.example', file).status).toBe(2)
  })
})

describe.skipIf(!needs('keytool'))('Java’s keytool', () => {
  test.each([['changeit'], ['']])('reads every authority as trusted, with the password "%s"', async (password) => {
    const { paths } = await open()
    const args = ['-list', '-keystore', paths.trustStore, '-storetype', 'PKCS12']
    const { stdout } = spawnSync('keytool', password ? [...args, '-storepass', password] : args, {
      encoding: 'utf8',
      input: '\n',
    })
    expect(stdout).toContain('contains 4 entries')
    expect(stdout.match(/(?:kakaopay-mock|system-\d), .*trustedCertEntry/g)).toHaveLength(4)
  })
})
