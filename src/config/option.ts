/** One value of the command line: a setting, which the environment and the config file know too, or a flag of one command. */
export interface Option<T> {
  readonly default: T
  readonly help: string
  /** What to write in its place in `--help`: `N`, `URL`, `local|real`. Absent: a switch. */
  readonly placeholder?: string
  /** A list: a flag that is repeated adds to it. Of every other flag the last one counts. */
  readonly many?: true
  /** The values it takes, where they are few: for `--help` and shell completion. */
  readonly values?: readonly string[]
  /** Reads a flag's or a variable's text. Throws a sentence that says what would be right. */
  readonly read: (text: string) => T
  /** Checks a value of the config file. Throws likewise. */
  readonly check: (value: unknown) => T
}

/** A table of options, by name in camelCase: `maxBodyBytes` is `--max-body-bytes` and `KAKAOPAY_MOCK_MAX_BODY_BYTES`. */
export type Options = Readonly<Record<string, Option<unknown>>>

/** What a table's options give. */
export type Values<O> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never }

const kebab = (name: string) => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

export const flagOf = (name: string): string => `--${kebab(name)}`
export const variableOf = (name: string): string => `KAKAOPAY_MOCK_${kebab(name).replaceAll('-', '_').toUpperCase()}`

export const integer = (initial: number, min: number, max: number, help: string): Option<number> => {
  const check = (value: unknown) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
    throw new Error(`must be an integer from ${min} to ${max}`)
  }
  return {
    default: initial,
    help,
    placeholder: 'N',
    read: (text) => check(/^\d+$/.test(text) ? Number(text) : text),
    check,
  }
}

/** A second port, which is closed unless it is asked for. */
export const port = (help: string): Option<number | 'off'> => {
  const check = (value: unknown): number | 'off' => {
    if (value === 'off') return value
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535) return value
    throw new Error('must be a port from 0 to 65535, or off')
  }
  return {
    default: 'off',
    help,
    placeholder: 'PORT',
    read: (text) => check(/^\d+$/.test(text) ? Number(text) : text),
    check,
  }
}

export const string = (
  initial: string,
  placeholder: string,
  help: string,
  form?: RegExp,
  must = '',
): Option<string> => {
  const check = (value: unknown) => {
    if (typeof value === 'string' && (value === '' || !form || form.test(value))) return value
    throw new Error(`must be ${must || 'a text'}`)
  }
  return { default: initial, help, placeholder, read: check, check }
}

export const choice = <const V extends string>(values: readonly V[], help: string): Option<V> => {
  const check = (value: unknown) => {
    if (values.includes(value as V)) return value as V
    throw new Error(`must be one of ${values.join(', ')}`)
  }
  return { default: values[0] as V, help, placeholder: values.join('|'), values, read: check, check }
}

export const flag = (initial: boolean, help: string): Option<boolean> => {
  const check = (value: unknown) => {
    if (typeof value === 'boolean') return value
    throw new Error('must be true or false')
  }
  const read = (text: string) =>
    check(text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text)
  return { default: initial, help, read, check }
}

export const list = (placeholder: string, help: string): Option<readonly string[]> => ({
  default: [],
  help,
  placeholder,
  many: true,
  read: (text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  check: (value) => {
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
    throw new Error('must be an array of strings')
  },
})

/** The same without a default: absent where it is not given. */
export const optional = <T>(option: Option<T>): Option<T | undefined> => ({ ...option, default: undefined })

/** The text as JSON. Throws a sentence that says where it stops being JSON. */
export const parsedJson = (text: string, must: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    // Newer versions of Node quote the text, which may hold a key.
    throw new Error(`${must}; ${(error as Error).message.replace(/, (\.\.\.)?".*$/s, '')}`)
  }
}
