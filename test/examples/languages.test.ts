import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clean, program, type Served, serve } from '../cli/kakaopay-mock.ts'
import { needs } from '../needs.ts'

const examples = resolve(import.meta.dirname, '../../examples')
const jars = '/usr/share/java'
const java = 'src/test/java/example'
const compiledWith = ['junit-jupiter-api', 'junit-platform-commons', 'apiguardian-api', 'opentest4j']

/** Runs a command to its end. */
const run = async (cwd: string, [command = '', ...args]: readonly string[], env: Record<string, string>) => {
  const child = spawn(command, args, { cwd, env: { ...clean, PYTHONDONTWRITEBYTECODE: '1', ...env } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, output }
}

/** Each recipe: what builds and runs its tests, the line of four that pass, and a test whose fault never fires. */
const recipes = {
  'spring-boot': {
    can: needs('java', 'junit'),
    build: `javac -Xlint:all -Werror -encoding UTF-8 -d classes -cp ${compiledWith.map((jar) => `${jars}/${jar}.jar`).join(':')} ${java}/*.java`,
    test: `java -jar ${jars}/junit-platform-console-standalone.jar --class-path classes --scan-class-path --disable-banner --disable-ansi-colors`,
    passed: '4 tests successful',
    unfired: {
      file: `${java}/UnfiredTest.java`,
      text: `package example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
@ExtendWith(KakaoPayMock.class)
class UnfiredTest {
  @Test void unfired(KakaoPayMock.Merchant kakaopay) throws Exception { kakaopay.arm("approve", "commit-then-500"); }
}`,
    },
  },
  pytest: {
    can: needs('pytest'),
    build: 'true',
    test: '/usr/bin/python3 -m pytest -p no:cacheprovider .',
    passed: '4 passed',
    unfired: {
      file: 'test_unfired.py',
      text: 'def test_unfired(kakaopay):\n    kakaopay.arm("approve", "commit-then-500")\n',
    },
  },
  phpunit: {
    can: needs('phpunit'),
    build: 'true',
    test: 'phpunit --do-not-cache-result .',
    passed: 'OK (4 tests',
    unfired: {
      file: 'UnfiredTest.php',
      text: `<?php
require_once __DIR__ . '/KakaoPayMock.php';
final class UnfiredTest extends PHPUnit\\Framework\\TestCase {
  use KakaoPayMock;
  public function testUnfired(): void { $this->arm('approve', 'commit-then-500'); }
}`,
    },
  },
} as const

/** Stands in for Docker: the container is the built program on the published port, its id the process. */
const docker = `#!/bin/sh
echo "$*" >>"$DOCKER_LOG"
case $1 in
  run)
    port=$(echo "$*" | sed 's/.*--publish 127.0.0.1:\\([0-9]*\\):8585 .*/\\1/')
    export KAKAOPAY_MOCK_PUBLIC_URL=$(echo "$*" | sed 's/.*KAKAOPAY_MOCK_PUBLIC_URL=\\([^ ]*\\) .*/\\1/')
    nohup ${process.execPath} ${program} serve --port "$port" >/dev/null 2>&1 &
    echo $! ;;
  stop) kill "$2" ;;
esac
`

describe.each(Object.entries(recipes))('the recipe %s', (name, { can, build, test: command, passed, unfired }) => {
  const folder = join(mkdtempSync(join(tmpdir(), 'kakaopay-mock-recipe-')), name)
  const bash = (script: string, env: Record<string, string> = {}) => run(folder, ['bash', '-ec', script], env)
  let served: Served
  beforeAll(async () => {
    if (!can) return
    cpSync(join(examples, name), folder, { recursive: true })
    served = await serve(['--log', 'silent'])
    expect(await bash(build)).toEqual({ status: 0, output: '' })
  }, 60_000)
  afterAll(async () => {
    await served?.stop()
    rmSync(resolve(folder, '..'), { recursive: true, force: true })
  })

  test.skipIf(!can)('passes against the mock at a URL', { timeout: 60_000 }, async () => {
    const { status, output } = await bash(command, { KAKAOPAY_MOCK_URL: `${served.url}/` })
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining(passed) })
    const { count } = (await (await fetch(`${served.url}/_mock/journal/count?call=approve&status=200`)).json()) as {
      count: number
    }
    expect(count).toBe(1)
  })

  test.skipIf(!can)('starts one container for all tests, and removes it', { timeout: 60_000 }, async () => {
    const bin = resolve(folder, '../bin')
    const log = join(bin, 'log')
    mkdirSync(bin)
    writeFileSync(join(bin, 'docker'), docker, { mode: 0o755 })
    const env = { PATH: `${bin}:${process.env['PATH']}`, DOCKER_LOG: log, KAKAOPAY_MOCK_IMAGE: 'mock:test' }
    const { status, output } = await bash(command, env)
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining(passed) })
    const [started, stopped, ...more] = readFileSync(log, 'utf8').trimEnd().split('\n')
    expect(started).toMatch(
      /^run --detach --rm --publish 127\.0\.0\.1:(\d+):8585 --env KAKAOPAY_MOCK_PUBLIC_URL=http:\/\/127\.0\.0\.1:\1 mock:test$/,
    )
    expect(stopped).toMatch(/^stop \d+$/)
    expect(more).toEqual([])
  })

  test.skipIf(!can)('fails a test whose fault never fired', { timeout: 60_000 }, async () => {
    writeFileSync(join(folder, unfired.file), unfired.text)
    expect((await bash(build)).status).toBe(0)
    const { status, output } = await bash(command, { KAKAOPAY_MOCK_URL: served.url })
    expect({ failed: status !== 0, output }).toEqual({
      failed: true,
      output: expect.stringContaining('faults that never fired'),
    })
  })
})
