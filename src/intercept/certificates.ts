import { createPrivateKey, webcrypto as nodeCrypto, randomBytes, type webcrypto, X509Certificate } from 'node:crypto'
import type * as Asn1 from 'asn1js'
import type * as Pki from 'pkijs'
import { kakaoPayHosts, RETIRED_HOST } from './hosts.ts'

/** A certificate and its private key, both PEM; the key as PKCS#8. */
export interface Identity {
  readonly cert: string
  readonly key: string
}

/** What the server certificate is good for, and nothing else. */
export const serverNames = [...kakaoPayHosts, RETIRED_HOST, 'localhost', '127.0.0.1', '::1'] as const

const DAY_MS = 86_400_000

/** A year, and a day less than the 398 days that Apple's verifiers allow a server certificate at most. */
export const VALID_DAYS = 365

/** Certificates are valid from this many days ago: clocks of containers differ, and tests set theirs back. */
const BACKDATED_DAYS = 2

/** Shown by every program that lists authorities, so it says what this is and that it is no KakaoPay's. */
const AUTHORITY_NAME = 'kakaopay-mock local test authority'

const oid = {
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const

/** Bits of KeyUsage as they stand in the first octet of its BIT STRING, and how many of its bits are unused. */
const keyUsage = { keyCertSignAndCrlSign: [0x06, 1], digitalSignature: [0x80, 7] } as const

/** GeneralName tags of RFC 5280. */
const DNS_NAME = 2
const IP_ADDRESS = 7

interface Library {
  readonly asn1: typeof Asn1
  readonly pki: typeof Pki
}

/** The certificate library takes 100 ms to load, so it is loaded only to make a new certificate. */
export const library = async (): Promise<Library> => {
  const [asn1, pki] = await Promise.all([import('asn1js'), import('pkijs')])
  return { asn1, pki }
}

/**
 * Makes a certificate authority, P-256, valid for a year from `now` (epoch ms), that can vouch for `kakaopay.com` and what is below
 * it, `kapi.kakao.com`, `localhost` and loopback addresses only: a stolen key cannot impersonate any other site.
 */
export const makeAuthority = async (now: number): Promise<Identity> => {
  const { asn1, pki } = await library()
  const keys = await generateKeys()
  const certificate = await blank(now, keys.publicKey)
  certificate.issuer.typesAndValues.push(nameOf({ asn1, pki }, AUTHORITY_NAME))
  certificate.subject.typesAndValues.push(nameOf({ asn1, pki }, AUTHORITY_NAME))
  const permitted = [
    new pki.GeneralName({ type: DNS_NAME, value: 'kakaopay.com' }),
    new pki.GeneralName({ type: DNS_NAME, value: RETIRED_HOST }),
    new pki.GeneralName({ type: DNS_NAME, value: 'localhost' }),
    new pki.GeneralName({ type: IP_ADDRESS, value: octets(asn1, [127, 0, 0, 0, 255, 0, 0, 0]) }),
    new pki.GeneralName({ type: IP_ADDRESS, value: octets(asn1, [...loopback6, ...new Array(16).fill(255)]) }),
  ].map((base) => new pki.GeneralSubtree({ base }))
  certificate.extensions = [
    extension(pki, oid.basicConstraints, true, new pki.BasicConstraints({ cA: true, pathLenConstraint: 0 })),
    extension(pki, oid.keyUsage, true, bits(asn1, keyUsage.keyCertSignAndCrlSign)),
    extension(pki, oid.nameConstraints, true, new pki.NameConstraints({ permittedSubtrees: permitted })),
    extension(pki, oid.subjectKeyIdentifier, false, octets(asn1, await identifierOf(keys.publicKey))),
  ]
  await certificate.sign(keys.privateKey, 'SHA-256')
  return { cert: toPem('CERTIFICATE', certificate.toSchema(true).toBER(false)), key: await keyPem(keys) }
}

/** Makes the server certificate for KakaoPay's hosts and loopback, signed by `authority`, with a P-256 key of its own. */
export const makeServerCertificate = async (authority: Identity, now: number): Promise<Identity> => {
  const { asn1, pki } = await library()
  const issuer = pki.Certificate.fromBER(new X509Certificate(authority.cert).raw)
  const keys = await generateKeys()
  const certificate = await blank(now, keys.publicKey)
  certificate.issuer = issuer.subject
  certificate.subject.typesAndValues.push(nameOf({ asn1, pki }, kakaoPayHosts[0]))
  const altNames = serverNames.map((name) => {
    if (name === '127.0.0.1') return new pki.GeneralName({ type: IP_ADDRESS, value: octets(asn1, [127, 0, 0, 1]) })
    if (name === '::1') return new pki.GeneralName({ type: IP_ADDRESS, value: octets(asn1, loopback6) })
    return new pki.GeneralName({ type: DNS_NAME, value: name })
  })
  const issuerKey = await issuer.getPublicKey()
  certificate.extensions = [
    extension(pki, oid.basicConstraints, true, new pki.BasicConstraints({ cA: false })),
    extension(pki, oid.keyUsage, true, bits(asn1, keyUsage.digitalSignature)),
    extension(pki, oid.extendedKeyUsage, false, new pki.ExtKeyUsage({ keyPurposes: [oid.serverAuth] })),
    extension(pki, oid.subjectAltName, false, new pki.GeneralNames({ names: altNames })),
    extension(pki, oid.subjectKeyIdentifier, false, octets(asn1, await identifierOf(keys.publicKey))),
    extension(
      pki,
      oid.authorityKeyIdentifier,
      false,
      new pki.AuthorityKeyIdentifier({ keyIdentifier: octets(asn1, await identifierOf(issuerKey)) }),
    ),
  ]
  await certificate.sign(await signingKey(authority.key), 'SHA-256')
  return { cert: toPem('CERTIFICATE', certificate.toSchema(true).toBER(false)), key: await keyPem(keys) }
}

const loopback6 = [...new Array(15).fill(0), 1]
const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const

const generateKeys = () => nodeCrypto.subtle.generateKey(P256, true, ['sign', 'verify'])

const signingKey = (pem: string) => {
  const pkcs8 = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' })
  return nodeCrypto.subtle.importKey('pkcs8', pkcs8, P256, false, ['sign'])
}

const keyPem = async ({ privateKey }: webcrypto.CryptoKeyPair) =>
  toPem('PRIVATE KEY', await nodeCrypto.subtle.exportKey('pkcs8', privateKey))

/** RFC 5280 §4.2.1.2 (1): SHA-1 of the public key's bits. Java and Python 3.13 refuse an authority that has none. */
const identifierOf = async (key: webcrypto.CryptoKey) =>
  new Uint8Array(await nodeCrypto.subtle.digest('SHA-1', await nodeCrypto.subtle.exportKey('raw', key)))

/** A version 3 certificate with a serial number, a period and a public key. 16 octets, the first one never 0 and never negative. */
const blank = async (now: number, publicKey: webcrypto.CryptoKey): Promise<Pki.Certificate> => {
  const { asn1, pki } = await library()
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  const certificate = new pki.Certificate()
  certificate.version = 2
  certificate.serialNumber = new asn1.Integer({ valueHex: serial })
  certificate.notBefore.value = wholeSecond(now - BACKDATED_DAYS * DAY_MS)
  certificate.notAfter.value = wholeSecond(now + VALID_DAYS * DAY_MS)
  await certificate.subjectPublicKeyInfo.importKey(publicKey)
  return certificate
}

const wholeSecond = (ms: number) => new Date(Math.floor(ms / 1000) * 1000)

const nameOf = ({ asn1, pki }: Library, commonName: string) =>
  new pki.AttributeTypeAndValue({ type: oid.commonName, value: new asn1.Utf8String({ value: commonName }) })

const octets = (asn1: typeof Asn1, bytes: readonly number[] | Uint8Array) =>
  new asn1.OctetString({ valueHex: Uint8Array.from(bytes) })

const bits = (asn1: typeof Asn1, [octet, unusedBits]: readonly [number, number]) =>
  new asn1.BitString({ valueHex: Uint8Array.of(octet), unusedBits })

const extension = (
  pki: typeof Pki,
  extnID: string,
  critical: boolean,
  content: { toSchema(): Asn1.BaseBlock } | Asn1.BaseBlock,
) =>
  new pki.Extension({
    extnID,
    critical,
    extnValue: ('toSchema' in content ? content.toSchema() : content).toBER(false),
  })

const toPem = (label: string, der: ArrayBuffer) => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
