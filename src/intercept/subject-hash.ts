import { createHash, X509Certificate } from 'node:crypto'

/**
 * The name under which OpenSSL looks a certificate up in a folder (`c_rehash`): SHA-1 over the subject in canonical form, the first four
 * bytes, least significant first. Canonical means each text as UTF8String, in lower case, with single spaces (OpenSSL, x509_cmp.c and x_name.c).
 * Only for subjects of one common name, as the local authority's is.
 */
export const subjectHash = (pem: string): string => {
  const { subject } = new X509Certificate(pem)
  const name = /^CN=(.*)$/.exec(subject)?.[1]
  if (name === undefined) throw new TypeError(`not a subject of one common name: ${subject}`)
  const text = Buffer.from(name.trim().replace(/\s+/g, ' ').toLowerCase())
  const COMMON_NAME = Buffer.from([0x06, 0x03, 0x55, 0x04, 0x03])
  const value = tagged(0x0c, text)
  const set = tagged(0x31, tagged(0x30, Buffer.concat([COMMON_NAME, value])))
  return createHash('sha1').update(set).digest().readUInt32LE(0).toString(16).padStart(8, '0')
}

/** DER of a value shorter than 128 bytes. */
const tagged = (tag: number, content: Buffer) => Buffer.concat([Buffer.from([tag, content.length]), content])
