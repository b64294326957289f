/** Collects what was measured and writes it as a table, in English and in Korean. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'

const rows = []

/** `met` undefined: there is no goal, or a quick run cannot judge it. */
export const row = (en, ko, measured, goal = '', met = undefined) => {
  rows.push({ en, ko, measured, goal, met })
  process.stderr.write(`${en}: ${measured}${goal ? ` (goal ${goal}${met === false ? ', not met' : ''})` : ''}\n`)
}

const words = {
  en: { head: '| what | measured | goal | |', met: 'met', missed: '**not met**' },
  ko: { head: '| 항목 | 측정값 | 목표 | |', met: '달성', missed: '**미달**' },
}

const table = (language) => {
  const { head, met, missed } = words[language]
  return [
    head,
    '|---|---|---|---|',
    ...rows.map(
      (r) => `| ${r[language]} | ${r.measured} | ${r.goal} | ${r.met === undefined ? '' : r.met ? met : missed} |`,
    ),
  ].join('\n')
}

const pages = {
  en: (machine, how) => `# Benchmarks

Written by \`npm run bench\`. One run, every server measured in turn, round by round, so that a busy moment hits all of them; medians are shown.
All servers share one core, the load comes from another. Goals that were missed are shown as missed.

- **bare**: node:http alone. It parses the body, makes ids and stringifies the answer; it checks and keeps nothing.
- **plain application**: @hono/zod-openapi on @hono/node-server, which validates the body of \`ready\` and answers the same object without any state.
- **mock**: this server as \`npm start\` runs it, journal and log on, the log written to a pipe that is read. **log off**: \`--log silent\`.
- **Prism** 5.14.2 with openapi.yaml, **WireMock** 3.13.2 with a templated response and without its request journal, **Mockoon** CLI 9.9.0 with a templated response.

${machine} ${how}

${table('en')}
`,
  ko: (machine, how) => `# 성능 측정

\`npm run bench\`가 쓴 문서입니다. 한 번의 실행에서 모든 서버를 라운드마다 번갈아 측정하므로 순간적인 부하가 모두에게 똑같이 작용하며, 중앙값을 적습니다.
모든 서버는 코어 하나를 함께 쓰고 부하는 다른 코어에서 보냅니다. 달성하지 못한 목표도 그대로 적습니다.

- **bare**: node:http만 있는 서버입니다. 본문을 파싱하고 ID를 만들어 응답을 문자열로 바꾸며, 검사하거나 저장하지 않습니다.
- **plain application**: \`ready\`의 본문을 검증하고 같은 객체를 상태 없이 응답하는 @hono/zod-openapi와 @hono/node-server 애플리케이션입니다.
- **mock**: \`npm start\`가 실행하는 그대로의 모의 서버입니다. 호출 기록과 로그가 켜져 있고 로그는 읽히는 파이프로 나갑니다. **log off**: \`--log silent\`입니다.
- openapi.yaml을 쓰는 **Prism** 5.14.2, 템플릿 응답에 요청 기록을 끈 **WireMock** 3.13.2, 템플릿 응답의 **Mockoon** CLI 9.9.0입니다.

${machine} ${how}

${table('ko')}
`,
}

/** The part of a page that another bench writes, between two comments that name it. */
const part = (name) => new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- /${name} -->\n`)

/** Writes a part of a page, in the place of its last one, or at the end. */
export const writePart = (file, name, text) => {
  const page = readFileSync(file, 'utf8')
  const block = `<!-- ${name} -->\n${text.trim()}\n<!-- /${name} -->\n`
  writeFileSync(file, part(name).test(page) ? page.replace(part(name), () => block) : `${page.trim()}\n\n${block}`)
}

/** A page written anew keeps the parts that other benches have written. */
const written = (file, text) => {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const parts = ['stores', 'soak'].flatMap((name) => part(name).exec(before)?.[0] ?? [])
  writeFileSync(file, [text.trim(), ...parts].join('\n\n').replace(/\n*$/, '\n'))
}

/** Prints the table; a whole run also writes it to the docs. */
export const finish = (quick, how) => {
  const machine = `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'}, ${new Date().toISOString().slice(0, 10)}.`
  console.log(`\n${machine} ${how}\n\n${table('en')}`)
  if (quick) return
  mkdirSync('docs/ko', { recursive: true })
  written('docs/benchmarks.md', pages.en(machine, how))
  written('docs/ko/benchmarks.md', pages.ko(machine, how))
}
