import type { Context, MiddlewareHandler, TypedResponse } from 'hono'
import { stream } from 'hono/streaming'
import { createSlice } from '../journal/slice.ts'
import type { ControlEnv } from './env.ts'

/** A list of an answer, turned into JSON item by item. */
export interface List<J> {
  readonly items: Iterable<unknown>
  readonly toJson: (item: never) => J
}

export const list = <T, J>(items: Iterable<T>, toJson: (item: T) => J): List<J> => ({ items, toJson })

type Listed<T> = { [K in keyof T]: T[K] extends List<infer J> ? J[] : T[K] }

/** Characters that are gathered before they are written. An answer of no more is sent whole. */
const CHUNK = 65_536

/** Answers an object whose lists may be long: they are written in slices, each when the client has taken the one before. */
export const answerInSlices = async <T extends object>(c: Context<ControlEnv>, fields: T) => {
  c.header('content-type', 'application/json')
  return (await sendInSlices(c, piecesOf(fields))) as unknown as TypedResponse<Listed<T>, 200, 'json'>
}

/** The same for text. */
export const textInSlices = async (c: Context<ControlEnv>, pieces: Iterable<string>) => {
  c.header('content-type', 'text/plain;charset=UTF-8')
  return (await sendInSlices(c, pieces)) as unknown as TypedResponse<string, 200, 'text'>
}

/** The same for JSON that the caller writes itself. */
export const jsonInSlices = async <T>(c: Context<ControlEnv>, pieces: Iterable<string>) => {
  c.header('content-type', 'application/json')
  return (await sendInSlices(c, pieces)) as unknown as TypedResponse<T, 200, 'json'>
}

const sendInSlices = async (c: Context<ControlEnv>, pieces: Iterable<string>) => {
  const chunks = chunksOf(pieces)
  const first = await chunks.next()
  const second = await chunks.next()
  if (second.done) return c.body(first.value ?? '')
  return stream(c, async (body) => {
    await body.write(first.value ?? '')
    await body.write(second.value)
    for await (const chunk of chunks) {
      if (body.aborted) return
      await body.write(chunk)
    }
  })
}

/** Makes the pieces in slices and joins them to chunks that are worth a write. */
async function* chunksOf(pieces: Iterable<string>): AsyncGenerator<string, undefined> {
  const slice = createSlice()
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length >= CHUNK) {
      yield text
      text = ''
    }
    if (slice.isOver()) await slice.rest()
  }
  if (text !== '') yield text
}

function* piecesOf(fields: object): Generator<string> {
  let before = '{'
  for (const [name, value] of Object.entries(fields)) {
    yield `${before}${JSON.stringify(name)}:`
    before = ','
    if (isList(value)) yield* itemsOf(value)
    else if (hasList(value)) yield* piecesOf(value)
    else yield JSON.stringify(value)
  }
  yield '}'
}

function* itemsOf({ items, toJson }: List<unknown>): Generator<string> {
  let before = '['
  for (const item of items) {
    yield before + JSON.stringify(toJson(item as never))
    before = ','
  }
  yield before === '[' ? '[]' : ']'
}

const hasList = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.values(value).some(isList)

const isList = (value: unknown): value is List<unknown> =>
  typeof value === 'object' && value !== null && 'items' in value && 'toJson' in value

/** The longest that a client may take to read an answer of the control API, in ms; then its connection is closed. */
export const MAX_READING_MS = 60_000

/** An answer that nobody reads is not kept for ever. Events end by the bytes that wait. */
export const boundReading: MiddlewareHandler<ControlEnv> = async (c, next) => {
  await next()
  const { outgoing } = c.env ?? {}
  if (!outgoing || c.res.headers.get('content-type') === 'text/event-stream') return
  const timer = setTimeout(() => outgoing.destroy(), MAX_READING_MS)
  timer.unref()
  outgoing.once('close', () => clearTimeout(timer))
}
