/** The head of a request in the plainest form that there is. */
export interface Head {
  readonly path: string
  readonly host: string
  /** Bytes of the body. */
  readonly length: number
  /** Names and values in turn, as sent. */
  readonly raw: readonly string[]
  /** By lower-case name. */
  readonly values: ReadonlyMap<string, string>
}

const LINE = /^POST (\/[!-~]*) HTTP\/1\.1$/
const FIELD = /^([A-Za-z0-9-]+): ?([!-~](?:[ -~]*[!-~])?)$/
const LENGTH = /^(?:0|[1-9]\d{0,6})$/
/** A port that cannot be is refused by the long way, so none above 65499 is taken: a limit that a pattern says shortly. */
const HOST = /^[a-z0-9._-]+(?::(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d))?$/

/** Headers that change how a message is read: what they mean is left to Node. */
const steering: ReadonlySet<string> = new Set([
  'expect',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/**
 * Reads a head, without its empty line, where nothing in it can be read in two ways: one space, one line, one meaning, every name once.
 * Whatever is less plain is undefined, and is Node's to read or refuse. test/http/lane.test.ts holds both to the same answers.
 */
export const readHead = (text: string): Head | undefined => {
  const lines = text.split('\r\n')
  const path = LINE.exec(lines[0] as string)?.[1]
  if (path === undefined) return undefined
  const raw: string[] = []
  const values = new Map<string, string>()
  for (let i = 1; i < lines.length; i++) {
    const field = FIELD.exec(lines[i] as string)
    if (field === null) return undefined
    const name = field[1] as string
    const value = field[2] as string
    raw.push(name, value)
    values.set(name.toLowerCase(), value)
  }
  const length = values.get('content-length') ?? ''
  const host = values.get('host') ?? ''
  if (values.size !== lines.length - 1 || !LENGTH.test(length) || !HOST.test(host)) return undefined
  if ((values.get('connection') ?? 'keep-alive').toLowerCase() !== 'keep-alive') return undefined
  for (const name of steering) if (values.has(name)) return undefined
  return { path, host, length: Number(length), raw, values }
}
