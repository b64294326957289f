import { X509Certificate } from 'node:crypto'
import { library } from './certificates.ts'

/** The password of Java's own trust store, and of this one. It hides nothing: a trust store holds no secret. */
export const TRUST_STORE_PASSWORD = 'changeit'

const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1'
const CERT_BAG = '1.2.840.113549.1.12.10.1.3'
const FRIENDLY_NAME = '1.2.840.113549.1.9.20'
/** Oracle's attribute: without it, keytool and the JDK load the certificate but do not trust it. */
const TRUSTED_KEY_USAGE = '2.16.840.1.113894.746875.1.1'
const ANY_USAGE = '2.5.29.37.0'

/** Guards against nothing here (see the password), so it is no more than the format asks for. */
const MAC_ITERATIONS = 1024

/**
 * A PKCS#12 trust store with these certificates (PEM), for `-Djavax.net.ssl.trustStore`. The certificates lie in the clear, so that a
 * JDK opens it without a password as well, as it opens its own; the MAC uses SHA-1 because Java 8 before update 301 knows no other.
 */
export const makeTrustStore = async (certificates: readonly string[]): Promise<Uint8Array> => {
  const { asn1, pki } = await library()
  const safeBags = certificates.map((pem, index) => {
    const parsed = pki.Certificate.fromBER(new X509Certificate(pem).raw)
    const bag = new pki.CertBag({ certId: X509_CERTIFICATE, parsedValue: parsed })
    bag.certValue = new asn1.OctetString({ valueHex: parsed.toSchema(false).toBER(false) })
    return new pki.SafeBag({
      bagId: CERT_BAG,
      bagValue: bag,
      bagAttributes: [
        new pki.Attribute({
          type: FRIENDLY_NAME,
          values: [new asn1.BmpString({ value: index === 0 ? 'kakaopay-mock' : `system-${index}` })],
        }),
        new pki.Attribute({ type: TRUSTED_KEY_USAGE, values: [new asn1.ObjectIdentifier({ value: ANY_USAGE })] }),
      ],
    })
  })
  const pfx = new pki.PFX({
    parsedValue: {
      integrityMode: 0,
      authenticatedSafe: new pki.AuthenticatedSafe({
        parsedValue: { safeContents: [{ privacyMode: 0, value: new pki.SafeContents({ safeBags }) }] },
      }),
    },
  })
  await pfx.parsedValue?.authenticatedSafe?.makeInternalValues({ safeContents: [{}] })
  await pfx.makeInternalValues({
    password: Uint8Array.from(Buffer.from(TRUST_STORE_PASSWORD)).buffer,
    iterations: MAC_ITERATIONS,
    pbkdf2HashAlgorithm: { name: 'SHA-1' },
    hmacHashAlgorithm: 'SHA-1',
  })
  return new Uint8Array(pfx.toSchema().toBER(false))
}
