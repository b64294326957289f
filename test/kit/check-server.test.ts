import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UsageError } from '../../src/cli/command.ts'
import { dispatch } from '../../src/cli/dispatch.ts'
import type { Fetch } from '../../src/kit/target.ts'
import { createMock } from '../../src/mock.ts'
import { falsify } from './mutants/disguise.ts'

const servers: Server[] = []

const serving = (listener: Parameters<typeof createServer>[1]): Promise<string> =>
  new Promise((resolve) => {
    const server = createServer(listener).listen(0, '127.0.0.1', () => {
      servers.push(server)
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    })
  })

/** A listener in front of a fetch function, which is told each body. */
const passOn =
  (serve: Fetch, onBody: (path: string, body: string) => void = () => {}) =>
  async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const { method = 'GET', url = '/' } = incoming
    const body = Buffer.concat(chunks)
    onBody(url, body.toString())
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)])
    const sent = method === 'GET' ? {} : { body }
    const answer = await serve(new Request(`http://127.0.0.1${url}`, { method, headers, ...sent }))
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
  }

let mock = ''
let stranger = ''
let strangersKeys: (string | undefined)[] = []

beforeAll(async () => {
  mock = await serving(createMock().listener)
  const strange = falsify(({ body, call }) => (call === 'ready' ? { body: { ...body, created_at: 'today' } } : {}))({})
  stranger = await serving(async (incoming, outgoing) => {
    if (incoming.url?.startsWith('/_mock')) return void outgoing.writeHead(404).end()
    strangersKeys.push(incoming.headers.authorization)
    return passOn(strange)(incoming, outgoing)
  })
})

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

const run = async (args: readonly string[], env: Record<string, string> = {}) => {
  let stdout = ''
  let stderr = ''
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env,
  }
  const code = await dispatch(['check', ...args], io)
  return { code, stdout, stderr }
}

const folder = () => mkdtempSync(join(tmpdir(), 'kakaopay-check-'))

describe('check server', () => {
  test('without a URL checks this mock: 0, all pass', async () => {
    const { code, stdout } = await run(['server', '--only', 'cancel'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Checked this mock, in this process\n\ncancel {2}\d+ passed {2}/)
  })

  test('over a socket, with this mock’s payer and clock; what needs settings of its own is not evaluated', async () => {
    const { code, stdout } = await run(['server', '--url', mock, '--only', 'approve'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/approve {2}\d+ passed, \d+ not evaluated {2}/)
    expect(stdout).toContain('needs a server with settings of its own\n')
  })

  test('over a socket, with this mock’s faults: refusals, closed connections and halves of answers', async () => {
    const { code, stdout } = await run(['server', '--url', mock, '--only', 'fault'])
    expect({ code, stdout: stdout.replace(/\d+ passed(, \d+ not evaluated)?/, 'N passed').split('  ')[1] }).toEqual({
      code: 0,
      stdout: 'N passed',
    })
  })

  test('a server that breaks a requirement: 1, with the rule, the difference and a script', async () => {
    const { code, stdout } = await run(['server', '--url', stranger, '--only', 'ready/answer.tid-form'])
    expect(code).toBe(1)
    expect(stdout).toContain(
      '  ✗ ready/answer.tid-form  A tid is T and 19 lower-case hex digits.  (must)\n      step 1: POST /online/v1/payment/ready\n      rule answer.dates (must): ',
    )
    expect(stdout).toContain(
      '      body.created_at\n        - expected yyyy-MM-ddTHH:mm:ss\n        + came     "today"\n',
    )
    expect(stdout).toContain(`      again:\n      URL='${stranger}'\n`)
  })

  test('a stranger is sent no payer, clock or fault step, and none of them passes: 4 where nothing is left', async () => {
    strangersKeys = []
    const { code, stdout } = await run(['server', '--url', stranger, '--only', 'approve/answer.*,fault'])
    expect(code).toBe(4)
    expect(stdout).not.toMatch(/\d+ passed/)
    expect(stdout).toMatch(/\n +\d+ {2}needs a server that can inject faults\n/)
    expect(strangersKeys).toEqual([])
  })

  test('with one key for all flows no flow moves a clock or arms a fault, and the reason is said', async () => {
    const { code, stdout } = await run(['server', '--url', mock, '--key-env', 'MINE', '--only', 'approve,fault'], {
      MINE: 'DEVMINE',
    })
    expect(code).toBe(0)
    expect(stdout).toMatch(/\d+ {2}needs a key of its own, or it would move the clock of every other flow\n/)
    expect(stdout).toMatch(/\d+ {2}needs a key of its own, or its fault could meet another flow\n/)
  })

  test('the key of --key-env is sent, and shown nowhere', async () => {
    strangersKeys = []
    const { stdout } = await run(['server', '--url', stranger, '--key-env', 'MINE', '--only', 'ready/answer.*'], {
      MINE: 'DEVMINE',
    })
    expect(new Set(strangersKeys)).toEqual(new Set(['SECRET_KEY DEVMINE']))
    expect(stdout).not.toContain('DEVMINE')
    expect(stdout).toContain('KEY="$MINE"')
    expect(stdout).toContain('SECRET_KEY $KEY')
  })

  test('--shop is where redirect URLs lead: a server that knows its shop’s domains alone takes them then', async () => {
    const picky = createMock({ domains: ['https://pay.my-shop.example'] })
    const sent: string[] = []
    const url = await serving(
      passOn(picky.fetch, (path, body) => {
        if (path.endsWith('/ready')) sent.push((JSON.parse(body) as { approval_url: string }).approval_url)
      }),
    )
    const args = ['server', '--url', url, '--only', 'payer/approve.appends-token']
    const elsewhere = await run(args)
    expect(elsewhere.code).toBe(1)
    expect(elsewhere.stdout).toContain('"error_code":-799')
    const own = await run([...args, '--shop', 'https://pay.my-shop.example/kakao/'])
    expect(own.code).toBe(0)
    expect(sent).toEqual(['https://shop.example/approve', 'https://pay.my-shop.example/kakao/approve'])
  })

  test('nothing listens: 3', async () => {
    const { code, stderr } = await run(['server', '--url', 'http://127.0.0.1:9'])
    expect(code).toBe(3)
    expect(stderr).toMatch(/^kakaopay-mock: http:\/\/127\.0\.0\.1:9 cannot be reached: /)
  })

  test('--dry-run sends nothing', async () => {
    strangersKeys = []
    const { code, stdout } = await run(['server', '--url', stranger, '--dry-run', '--only', 'cid'])
    expect({ code, sent: strangersKeys }).toEqual({ code: 0, sent: [] })
    expect(stdout).toContain(
      'not evaluated (needs a server with settings of its own)  cid/unknown  A cid that is not configured is refused with −731.\n',
    )
    expect(stdout).toContain(
      `1 of 6 flows would be run against ${stranger}: 1 calls and looks at the payments; nothing was sent\n`,
    )
  })

  test('--report writes each form that is asked for', async () => {
    const files = folder()
    const of = (form: string) => `${form}=${join(files, 'deep', form)}`
    await run(['server', '--only', 'cid', '--report', `${of('junit')},${of('ctrf')}`, '--report', of('html')])
    expect(readdirSync(join(files, 'deep')).sort()).toEqual(['ctrf', 'html', 'junit'])
    expect(JSON.parse(readFileSync(join(files, 'deep', 'ctrf'), 'utf8')).results.summary.passed).toBe(6)
  })

  test('--known-failures excuses, and a stray entry fails the run', async () => {
    const file = join(folder(), 'known.json')
    const entry = { reason: 'writes times in words', date: '2026-01-01', expires: '2999-12-31' }
    const args = ['server', '--url', stranger, '--only', 'ready/answer.tid-form', '--known-failures', file]
    writeFileSync(file, JSON.stringify([{ id: 'ready/answer.tid-form', ...entry }]))
    expect((await run(args)).code).toBe(0)
    writeFileSync(
      file,
      JSON.stringify([
        { id: 'ready/answer.tid-form', ...entry },
        { id: 'ready/gone', ...entry },
      ]),
    )
    const { code, stdout } = await run(args)
    expect(code).toBe(1)
    expect(stdout).toContain('ready/gone')
  })

  test('--record keeps answers and --diff shows where this mock answers otherwise', async () => {
    const records = folder()
    const only = ['--only', 'wire/authorization.absent,cid/any']
    await run(['server', '--url', mock, ...only, '--record', records])
    expect(readdirSync(records).sort()).toEqual(['cid__any.json', 'wire__authorization.absent.json'])
    const file = join(records, 'wire__authorization.absent.json')
    // Both are as before: that the redirect URLs of `ready` name another port is no difference.
    expect(await run(['server', '--record', records, '--diff'])).toMatchObject({ code: 0 })
    writeFileSync(file, readFileSync(file, 'utf8').replace('-400', '-401'))
    const { code, stdout } = await run(['server', '--record', records, '--diff'])
    expect(code).toBe(1)
    expect(stdout).toContain(
      '(ready) body.error_code\n  recorded -401\n  mock     -400\n  in wire/authorization.absent\n',
    )
  })
})

describe('wrong usage is one line', () => {
  test.each([
    [['server', '--bogus'], /^unknown flag --bogus/],
    [['server', 'x'], /^check server takes no argument "x"/],
    [['server', '--only', 'nothing'], /^no fixture is chosen by these flags/],
    [['server', '--only', 'cid,nothing'], /^--only nothing: no fixture and no rule is called so/],
    [['server', '--level', 'may'], /^--level must be one of must, should, not "may"/],
    [['server', '--evidence', 'hearsay'], /^--evidence knows documented, observed and inferred, not "hearsay"/],
    [['server', '--report', 'pdf=x'], /^--report takes FORM=FILE with junit, ctrf, markdown, html, not "pdf=x"/],
    [['server', '--known-failures', '/nowhere'], /^--known-failures \/nowhere: ENOENT/],
    [['server', '--diff'], /^--diff compares with --record DIR/],
    [['server', '--record', 'x'], /^--record keeps what a server at --url answers/],
    [['server', '--diff', '--record', '/nowhere'], /^\/nowhere has no recordings/],
    [['server', '--url', 'ftp://x'], /^--url must be an http or https URL, not "ftp:\/\/x"/],
    [['server', '--shop', 'https://x'], /^--shop needs --url/],
    [['server', '--url', 'http://127.0.0.1:9', '--shop', 'myapp://pay'], /^--shop must be an http or https URL/],
    [['server', '--url', 'http://127.0.0.1:9', '--shop', 'https://x/?a=1'], /^--shop takes no query and no fragment/],
    [['server', '--key-env', 'X'], /^--key-env needs --url/],
    [['server', '--url', 'http://127.0.0.1:9', '--key-env', 'UNSET'], /^--key-env UNSET: that variable is not set/],
    [['server', '--url', 'https://open-api.kakaopay.com'], /^the real service wants your own Secret key\(dev\)/],
    [['show'], /^check show takes one id/],
    [['show', 'cancel/none'], /^no fixture is called cancel\/none/],
    [['nobody'], /^unknown check nobody; see kakaopay-mock check --help/],
  ])('%j', async (args, sentence) => {
    const error = await run(args).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as Error).message).toMatch(sentence)
  })

  test('a live key is refused before anything is sent, unless it is allowed', async () => {
    strangersKeys = []
    const args = ['server', '--url', stranger, '--key-env', 'LIVE', '--only', 'cid/any']
    const error = (await run(args, { LIVE: 'PRDX' }).catch((e: unknown) => e)) as Error
    expect(error.message).toBe(
      'LIVE holds a live key (PRD…): the flows order and pay. Use a Secret key(dev), or say --allow-live-key',
    )
    expect(strangersKeys).toEqual([])
    await run([...args, '--allow-live-key'], { LIVE: 'PRDX' })
    expect(strangersKeys).toEqual(['SECRET_KEY PRDX'])
  })
})

describe('check list and show', () => {
  test('list prints the fixtures of a rule', async () => {
    const { stdout } = await run(['list', '--only', 'cid.secret', '--json'])
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual(['cid/secret.absent', 'cid/secret.wrong'])
  })

  test('show prints a whole one', async () => {
    const { stdout } = await run(['show', 'cid/secret.wrong'])
    expect(stdout).toMatch(
      /^cid\/secret\.wrong \(must, for server\): A wrong cid_secret is refused with −733\.\ndocumented: Official table/,
    )
    expect(stdout).toContain('rule cid.secret: Where a cid_secret is configured for the cid, it is sent and equal.\n')
    expect(existsSync('fixtures/cid/cid.json')).toBe(true)
  })
})
