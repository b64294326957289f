/** Plays the real service in a process of its own: the built mock, with five differences from the contract. Prints its address. */
import { createServer } from 'node:http'
import { createMock } from '../../dist/index.js'

const mock = createMock({ redirects: 'real' })

const differences = {
  ready: (status, body) => {
    if (body.error_message === "quantity can't be null.")
      return [status, { error_code: -400, error_message: 'quantity is missing' }]
    // Names that this mock finds too long are accepted.
    return status === 200 ? [status, body] : [200, accepted]
  },
  approve: (status, body) => [status, { ...body, point_card: 'x' }],
  cancel: (status, body) => [status, { ...body, quantity: String(body.quantity) }],
  order: (status, body) => [status, status === 200 ? body : { ...body, error_message: 'no such tid' }],
}
let accepted = {}

const server = createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const { method, headers } = request
  const answer = await mock.request(request.url, { method, headers, body: Buffer.concat(chunks) })
  const body = await answer.json()
  const name = request.url.split('/').at(-1)
  const change = request.url.startsWith('/online/') ? differences[name] : undefined
  const [status, changed] = change ? change(answer.status, body) : [answer.status, body]
  if (name === 'ready' && answer.status === 200) accepted = body
  response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8' }).end(JSON.stringify(changed))
})

server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`))
