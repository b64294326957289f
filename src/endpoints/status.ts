import type { RequestOf, ResponseOf } from '../../contracts/endpoint.ts'
import type { status as contract } from '../../contracts/status.ts'
import { kst } from '../payment/clock.ts'
import { isRefusal } from '../payment/refusal.ts'
import type { Handler } from './context.ts'
import { findSubscription } from './owned.ts'

export const status: Handler<RequestOf<typeof contract>, ResponseOf<typeof contract>> = async (request, context) => {
  const found = await findSubscription(request, context)
  if (isRefusal(found)) return found
  return {
    available: found.status === 'ACTIVE',
    cid: found.cid,
    sid: found.sid,
    status: found.status,
    payment_method_type: found.choice.payment_method_type,
    use_point_status: found.points_only ? 'Y' : 'N',
    item_name: found.item_name,
    created_at: kst(found.created_at),
    ...(found.last_approved_at === null ? {} : { last_approved_at: kst(found.last_approved_at) }),
    ...(found.inactivated_at === null ? {} : { inactivated_at: kst(found.inactivated_at) }),
  }
}
