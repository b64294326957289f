import * as z from 'zod'
import type { Known } from './evidence.ts'
import type { Field } from './fields.ts'
import type { RefusalName } from './refusals.ts'

export type Fields = Readonly<Record<string, Field>>

/** One call of the API, as plain data: the server reads it to answer, the kit reads it to judge. */
export interface Endpoint<F extends Fields = Fields, R extends z.ZodObject = z.ZodObject> extends Known {
  /** The name used by the contract, the endpoint, the fixtures and the rules. */
  readonly name: string
  readonly method: 'POST'
  readonly path: string
  /** One sentence in the present tense. */
  readonly summary: string
  /** Fields in the documented order; rules are checked in this order. */
  readonly request: F
  /** The answer's keys in the order in which they are sent. */
  readonly response: R
  /** Refusals of this call. Those that every call shares are `everyCallRefuses` in refusals.ts. */
  readonly refusals: readonly RefusalName[]
  readonly example: { readonly request: Record<string, unknown>; readonly response: Record<string, unknown> }
  /** What is not known about the answer, or is our choice. */
  readonly notes?: readonly string[]
}

export const endpoint = <const F extends Fields, R extends z.ZodObject>(e: Endpoint<F, R>): Endpoint<F, R> => e

type RequiredNames<F extends Fields> = { [K in keyof F]: F[K]['required'] extends true ? K : never }[keyof F]

/** A request that the contract has accepted: optional fields are absent, never null. */
export type RequestOf<E extends Endpoint> = {
  readonly [K in RequiredNames<E['request']>]: z.output<E['request'][K]['schema']>
} & {
  readonly [K in Exclude<keyof E['request'], RequiredNames<E['request']>>]?: z.output<E['request'][K]['schema']>
}

export type ResponseOf<E extends Endpoint> = z.input<E['response']>

/** The strict schema of a request body: what openapi.yaml says and what `--strict` accepts. */
export const requestSchema = (e: Endpoint) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(e.request).map(([name, f]) => [name, f.required ? f.schema : f.schema.optional()]),
    ),
  )
