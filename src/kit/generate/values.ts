import type { Aspect, Field } from '../../../contracts/fields.ts'
import { MAX_INTEGER } from '../../../contracts/fields.ts'

/** One value of a field that a server must refuse, and the aspect of the field that it breaks. */
export interface WrongValue {
  /** Stable: a part of the flow's id. */
  readonly name: string
  readonly aspect: Aspect
  readonly value: unknown
}

/** One value of a field that a server must accept. */
export interface RightValue {
  readonly name: string
  readonly value: unknown
  /** openapi.yaml does not allow it, but the real service is seen to accept it. */
  readonly lenient?: boolean
}

const limits = ({ schema }: Field): { min: number; max: number } => {
  const meta = schema.meta() as { minLength?: number; maxLength?: number } | undefined
  return { min: meta?.minLength ?? 0, max: meta?.maxLength ?? 0 }
}

/** Bounds of an integer, found by asking its schema. */
const bounds = ({ schema }: Field): { min: number; max: number } => {
  const takes = (value: number) => schema.safeParse(value).success
  const min = takes(0) ? 0 : 1
  return { min, max: takes(MAX_INTEGER) ? MAX_INTEGER : 12 }
}

const words = ({ schema }: Field): readonly string[] => {
  const { options, element } = schema as unknown as {
    options?: readonly string[]
    element?: { options?: readonly string[] }
  }
  return options ?? element?.options ?? []
}

const isExact = ({ aspects }: Field) => aspects.length !== undefined
const isUrl = ({ aspects }: Field) => aspects.scheme !== undefined
const isWord = ({ kind, aspects }: Field) => kind === 'text' && aspects.values !== undefined

/** Values that a field must refuse: one for each way of breaking each of its aspects. */
export const wrongValues = (field: Field): readonly WrongValue[] => {
  const { kind, required, aspects } = field
  const all: WrongValue[] = []
  const add = (name: string, aspect: Aspect, value: unknown) => {
    if (aspects[aspect]) all.push({ name, aspect, value })
  }
  if (required) {
    add('absent', 'required', undefined)
    add('null', 'required', null)
  }
  if (kind === 'integer') {
    const { min, max } = bounds(field)
    add('fraction', 'type', min + 0.5)
    add('boolean', 'type', true)
    add('list', 'type', [min])
    add('object', 'type', { value: min })
    add('word', 'type', 'one')
    add('empty-text', 'type', '')
    add('separator', 'type', '2,200')
    add('signed-text', 'type', '-1')
    add('fraction-text', 'type', '1.5')
    add('negative', 'min', -1)
    add('below-minimum', 'min', min - 1)
    add('above-maximum', 'max', max + 1)
    if (max < MAX_INTEGER) add('above-32-bits', 'max', MAX_INTEGER + 1)
  } else if (isWord(field)) {
    add('unknown', 'values', 'UNKNOWN')
    add('lower-case', 'values', (words(field)[0] ?? 'x').toLowerCase())
    add('empty', 'values', '')
    add('list', 'values', [words(field)[0]])
    add('object', 'values', { value: words(field)[0] })
    add('boolean', 'values', true)
  } else if (kind === 'text') addTexts(field, add)
  else if (kind === 'list') {
    add('text', 'type', words(field)[0])
    add('object', 'type', { 0: words(field)[0] })
    add('unknown', 'values', ['UNKNOWN'])
    add('one-unknown', 'values', [words(field)[0], 'UNKNOWN'])
  } else {
    add('text', 'type', 'auto_close')
    add('list', 'type', ['auto_close'])
    add('number-value', 'type', { auto_close: 1 })
    add('null-value', 'type', { auto_close: null })
  }
  return all
}

const addTexts = (field: Field, add: (name: string, aspect: Aspect, value: unknown) => void) => {
  const { max } = limits(field)
  add('list', 'type', [isExact(field) ? 'a'.repeat(max) : 'x'])
  add('object', 'type', { value: 'x' })
  add('boolean', 'type', true)
  if (isExact(field)) {
    add('short', 'length', 'a'.repeat(max - 1))
    add('long', 'length', 'a'.repeat(max + 1))
    add('empty', 'length', '')
    add('control-character', 'form', `\u0000${'a'.repeat(max - 1)}`)
  } else if (isUrl(field)) {
    const url = (length: number) => `https://shop.example/${'a'.repeat(length - 21)}`
    add('256-characters', 'max', url(256))
    add('relative', 'form', '/approve')
    add('no-scheme', 'form', 'shop.example/approve')
    add('empty', 'form', '')
    add('with-space', 'form', 'https://shop.example/a b')
    add('javascript', 'scheme', 'javascript:alert(1)')
    add('javascript-upper-case', 'scheme', 'JavaScript:alert(1)')
    add('data', 'scheme', 'data:text/html,x')
    add('file', 'scheme', 'file:///etc/passwd')
  } else {
    add('empty', 'min', '')
    add('one-too-long', 'max', 'a'.repeat(max + 1))
    add('one-too-long-hangul', 'max', '가'.repeat(max + 1))
    add('one-too-long-spaces', 'max', ' '.repeat(max + 1))
    add('nul', 'characters', 'a\u0000b')
    add('escape', 'characters', 'a\u001bb')
    add('delete', 'characters', 'a\u007fb')
  }
}

/** Values that a field must accept: its limits, and what a server is likely to read wrongly. */
export const rightValues = (field: Field): readonly RightValue[] => {
  const { kind, required } = field
  const all: RightValue[] = []
  const add = (name: string, value: unknown, lenient = false) =>
    all.push({ name, value, ...(lenient ? { lenient } : {}) })
  if (!required) add('null', null, true)
  if (kind === 'integer') {
    const { min, max } = bounds(field)
    add('minimum', min)
    add('digits-text', String(Math.max(1, min)), true)
    if (max <= 12) add('maximum', max)
  } else if (isWord(field)) for (const word of words(field)) add(word, word)
  else if (kind === 'list') {
    for (const word of words(field)) add(word, [word])
    add('all', words(field))
  } else if (kind === 'map') add('strings', { auto_close: 'Y', return_custom_url: 'myapp://back' })
  else if (isUrl(field)) {
    add('255-characters', `https://shop.example/${'a'.repeat(234)}`)
    add('query', 'https://shop.example/done?a=1&b=%EA%B0%80')
    add('local', 'http://localhost:3000/done')
    add('app-scheme', 'myapp://paid')
  } else if (!isExact(field)) {
    const { min, max } = limits(field)
    if (min === 0) add('empty', '')
    add('longest', 'a'.repeat(max))
    add('longest-hangul', '가'.repeat(max))
    add('longest-emoji', '😀'.repeat(max))
    add('spaces-around', '  x  ')
    add('special', `"\\/<b>&'%00{{}}`.replace('{{}}', '{}'))
    add('zeros', '000123')
    add('mixed-case', 'AbC-xYz')
    add('number', 12345, true)
  }
  return all
}
