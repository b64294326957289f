import { createHash } from 'node:crypto'
import type { CallStep, PayerStep } from './fixture.ts'
import type { SentRequest } from './request.ts'
import type { Variables } from './template.ts'

/** The header by which a control call names its namespace, and the name that a key's namespace has: both are public. */
export const NAMESPACE_HEADER = 'x-kakaopay-mock-namespace'
export const namespaceOf = (key: string) => `ns_${createHash('sha256').update(key).digest('hex').slice(0, 12)}`

export interface ScriptOptions {
  readonly url: string
  readonly key: string
  readonly otherKey: string
  /** Environment variable that holds the key; undefined: the kit made the key, so that it may be written out. */
  readonly keyName: string | undefined
  /** The same of the other key. */
  readonly otherKeyName?: string | undefined
  /** Written out in the place of a key that must not be shown. */
  readonly shownKey?: string
}

/** A flow as lines for a POSIX shell. What a step keeps becomes a shell variable, so that the lines work when they are pasted. */
export interface Script {
  /** `options`: more of curl's own, with a leading space. */
  call(sent: SentRequest, step: CallStep, variables: Variables, options?: string): void
  payer(step: PayerStep, isControl: boolean): void
  /** From now on these stored values are the shell variables of the same names. */
  remember(names: readonly string[], variables: Variables): void
  control(path: string, body: unknown): void
  note(text: string): void
  readonly text: () => string
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** Runs of one character that are longer than this are written as a command, since a shell argument is bounded. */
const LONG_RUN = /(.)\1{999,}/gsu

/** Values that lines store in shell variables, of more than 7 characters: shorter ones are found in other texts. */
const createVariables = (initial: readonly (readonly [value: string, name: string])[]) => {
  const kept = new Map(initial)
  return {
    remember(names: readonly string[], variables: Variables) {
      for (const name of names) {
        const value = variables[name]
        if (typeof value === 'string' && value.length > 7) kept.set(value, name)
      }
    },
    /** A quoted text in which stored values are shell variables. */
    withVariables(text: string) {
      let result = quoted(text)
      for (const [value, name] of kept) result = result.replaceAll(value, `'"$${name}"'`)
      return result.replaceAll(/^''|(?<!\\)''(?=$)/g, '') || "''"
    },
  }
}

/** Stores a field of the last answer in a shell variable. */
const assignment = (name: string, field: string) =>
  `${name}=$(printf %s "$R" | grep -o '"${field}" *: *"[^"]*"' | head -1 | cut -d'"' -f4)`

const named = (value: string, name: string | undefined) => (name === undefined ? quoted(value) : `"$${name}"`)

export const createScript = ({ url, key, otherKey, keyName, otherKeyName, shownKey = key }: ScriptOptions): Script => {
  const lines = [`URL=${quoted(url)}`, `KEY=${named(shownKey, keyName)}`]
  const { withVariables, remember } = createVariables(shownKey === key ? [] : [[key, 'KEY']])
  let usesOther = false
  const header = (name: string, value: string): string => {
    if (key !== '' && value.includes(key)) return `-H "${name}: ${value.replace(key, '$KEY')}"`
    if (otherKey !== '' && value.includes(otherKey)) {
      usesOther = true
      return `-H "${name}: ${value.replace(otherKey, '$OTHER_KEY')}"`
    }
    return `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`
  }
  return {
    call({ method, path, headers, body }, { keep = {}, times = 1 }, variables, options = '') {
      const parts = [`curl -sS${options} -X ${method} "$URL"${withVariables(path)}`]
      parts.push(...Object.entries(headers).map(([name, value]) => header(name, value)))
      // curl would add a Content-Type of its own.
      if (headers['content-type'] === undefined) parts.push("-H 'content-type:'")
      const { data, pipe } = bodyOptions(body, withVariables)
      const one = `${pipe}${parts.join(' ')}${data}`
      if (times > 1) {
        lines.push(`for i in $(seq ${times}); do ${one} & done; wait`)
        return
      }
      lines.push(`R=$(${one}); echo "$R"`)
      for (const [name, pointer] of Object.entries(keep)) {
        const field = /\/([a-z_]+)( .*)?$/.exec(pointer)?.[1] ?? name
        lines.push(assignment(name, field))
      }
      remember(Object.keys(keep), variables)
      if (path.endsWith('/ready') && keep['tid'] === undefined) lines.push(assignment('tid', 'tid'))
    },
    payer({ payer: action, keep = {}, redirect: _, ...choice }, isControl) {
      if (isControl) {
        const body = JSON.stringify({ action, ...choice })
        lines.push(
          `R=$(curl -sS -X POST "$URL/_mock/payments/$tid/payer" -H 'content-type: application/json' --data-binary ${quoted(body)}); echo "$R"`,
        )
      } else
        lines.push(
          `echo 'Act as the payer (${action}), then paste the address that the browser was sent to:'; read -r R`,
        )
      for (const name of Object.keys(keep))
        lines.push(`${name}=$(printf %s "$R" | grep -o '${name}=[^"&]*' | head -1 | cut -d= -f2)`)
    },
    remember,
    control(path, body) {
      const namespace = `-H '${NAMESPACE_HEADER}: ${namespaceOf(shownKey)}'`
      lines.push(
        `curl -sS -X POST "$URL/_mock/${path}" ${namespace} -H 'content-type: application/json' --data-binary ${quoted(JSON.stringify(body))}; echo`,
      )
    },
    note(text) {
      lines.push(`# ${text.replaceAll('\n', ' ')}`)
    },
    text: () =>
      [
        ...lines.slice(0, 2),
        ...(usesOther ? [`OTHER_KEY=${named(otherKey, otherKeyName)}`] : []),
        ...lines.slice(2),
      ].join('\n'),
  }
}

const bodyOptions = (body: SentRequest['body'], withVariables: (text: string) => string) => {
  if (body === undefined) return { data: '', pipe: '' }
  if (typeof body !== 'string') {
    const base64 = Buffer.from(body).toString('base64')
    return { data: ' --data-binary @-', pipe: `printf %s ${quoted(base64)} | base64 -d | ` }
  }
  if (!new RegExp(LONG_RUN).test(body)) return { data: ` --data-binary ${withVariables(body)}`, pipe: '' }
  let from = 0
  const pieces: string[] = []
  for (const { 0: run, 1: character = '', index } of body.matchAll(LONG_RUN)) {
    pieces.push(`printf %s ${withVariables(body.slice(from, index))}`)
    pieces.push(`yes ${quoted(character)} | head -n ${[...run].length} | tr -d '\\n'`)
    from = index + run.length
  }
  pieces.push(`printf %s ${withVariables(body.slice(from))}`)
  return { data: ' --data-binary @-', pipe: `{ ${pieces.join('; ')}; } | ` }
}

/** One request as a line for a shell, with the key left to the variable KEY. */
export const toCurl = ({ method, path, headers, body }: SentRequest, url: string, key: string): string => {
  const parts = [`curl -sS -X ${method} ${quoted(url + path)}`]
  for (const [name, value] of Object.entries(headers)) {
    const text = `${name}: ${value}`
    parts.push(`-H ${key !== '' && value.includes(key) ? `"${text.replace(key, '$KEY')}"` : quoted(text)}`)
  }
  const { data, pipe } = bodyOptions(body, quoted)
  return `${pipe}${parts.join(' ')}${data}`
}
