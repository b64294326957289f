import * as z from 'zod'

/** An instant in an answer: ISO 8601 in UTC with milliseconds. */
export const instant = z.string().meta({ format: 'date-time', description: 'ISO 8601, UTC' })

/** Public name of a namespace, derived from its secret key. */
export const namespaceName = z.string().meta({ description: 'Public name: ns_ and 12 hex digits of the key’s SHA-256' })
