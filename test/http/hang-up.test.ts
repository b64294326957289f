import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { endpoints } from '../../contracts/index.ts'
import { startMock } from '../../src/index.ts'
import { KEY } from '../merchant.ts'

test('a client that hangs up within its body is journaled as malformed, and as one that was told nothing', async () => {
  const server = await startMock()
  const watching = await server.mock.request('/_mock/events')
  const reader = (watching.body as ReadableStream<Uint8Array>).getReader()
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.write(
    `POST ${endpoints.ready.path} HTTP/1.1\r\nHost: a\r\nAuthorization: SECRET_KEY ${KEY}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"cid":`,
  )
  await once(socket, 'connect')
  socket.destroy()
  for (let text = ''; !text.includes('event: call'); ) text += new TextDecoder().decode((await reader.read()).value)
  await reader.cancel()
  const { entries } = (await (await server.mock.request('/_mock/journal')).json()) as { entries: unknown[] }
  expect(entries).toMatchObject([
    {
      call: 'ready',
      response: { status: 400, delivered: false },
      refusal: { name: 'request-malformed' },
    },
  ])
  await server.close()
})
