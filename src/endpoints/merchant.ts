import { type Check, firstBroken, type Refusal } from '../payment/refusal.ts'
import type { Context } from './context.ts'

interface Named {
  readonly cid: string
  readonly cid_secret?: string | undefined
}
type Input = { readonly request: Named; readonly context: Context }

const checks: Check<Input>[] = [
  {
    rule: 'cid.configured',
    refused: 'cid-wrong',
    violates: ({ request, context }) => context.merchants !== null && !context.merchants.has(request.cid),
  },
  {
    rule: 'cid.secret',
    refused: 'cid-secret-wrong',
    violates: ({ request, context }) => {
      const secret = context.merchants?.get(request.cid)?.secret
      return secret !== undefined && secret !== request.cid_secret
    },
  },
]

/** Checks the cid of a call and its cid_secret. */
export const checkMerchant = (request: Named, context: Context): Refusal | undefined =>
  context.merchants === null ? undefined : firstBroken(checks, { request, context }, context.rulesOff)
