import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { order } from '../merchant.ts'
import { needs } from '../needs.ts'
import { json, startKillable } from './crash.ts'
import { startRedis } from './redis.ts'

/** A key and a certificate for 127.0.0.1 that is its own authority. */
const certificate = () => {
  const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1']
  const subject = ['-subj', '/CN=redis', '-addext', 'subjectAltName=IP:127.0.0.1']
  const { status, stderr } = spawnSync('openssl', [...args, ...subject, '-keyout', key, '-out', cert])
  if (status !== 0) throw new Error(String(stderr))
  return { key, cert }
}

describe.skipIf(!needs('redis', 'openssl', 'time'))('a Redis behind TLS', () => {
  test('is used by rediss://, with a password, and only where its certificate is trusted', {
    timeout: 60_000,
  }, async () => {
    const { key, cert } = certificate()
    const tls = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert, '--tls-auth-clients', 'no']
    const redis = await startRedis([...tls, '--requirepass', 's3cret'], 'rediss')
    const flags = ['--store', redis.url.replace('//', '//:s3cret@')]
    const server = await startKillable(flags, { NODE_EXTRA_CA_CERTS: cert })
    const { status, body } = await json(server.url, '/online/v1/payment/ready', order)
    expect(status).toBe(200)
    await server.kill()
    const again = await startKillable(flags, { NODE_EXTRA_CA_CERTS: cert })
    const found = await json(again.url, '/online/v1/payment/order', { cid: order.cid, tid: body['tid'] })
    expect(found.body).toMatchObject({ status: 'READY' })
    await again.kill()
    const refused = await startKillable(flags).catch((error: Error) => error)
    expect(String(refused)).toMatch(
      /ended with 2: .*cannot connect to rediss:\/\/…@127\.0\.0\.1:\d+: self-signed certificate/,
    )
    await redis.stop()
  })
})
