import type { RequestOf, ResponseOf } from '../../contracts/endpoint.ts'
import type { inactive as contract } from '../../contracts/inactive.ts'
import { kst } from '../payment/clock.ts'
import { isRefusal } from '../payment/refusal.ts'
import { end } from '../payment/subscription.ts'
import type { Handler } from './context.ts'
import { changeSubscription } from './owned.ts'

export const inactive: Handler<RequestOf<typeof contract>, ResponseOf<typeof contract>> = async (request, context) => {
  const { now, rulesOff } = context
  const ended = await changeSubscription(request, context, (s) => end(s, now, rulesOff))
  if (isRefusal(ended)) return ended
  return {
    cid: ended.cid,
    sid: ended.sid,
    status: 'INACTIVE',
    created_at: kst(ended.created_at),
    ...(ended.last_approved_at === null ? {} : { last_approved_at: kst(ended.last_approved_at) }),
    inactivated_at: kst(ended.inactivated_at ?? now),
  }
}
