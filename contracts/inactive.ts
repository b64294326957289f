import * as z from 'zod'
import { datetime, id, words } from './answer.ts'
import { endpoint } from './endpoint.ts'
import { documented, inferred } from './evidence.ts'
import { fieldsOfCalls } from './fields.ts'
import { rule } from './rule.ts'

const { cid, cid_secret, sid } = fieldsOfCalls(documented('subscription-tables'))

export const inactive = endpoint({
  name: 'inactive',
  method: 'POST',
  path: '/online/v1/payment/manage/subscription/inactive',
  summary: 'Ends a subscription: its sid pays nothing any more',
  ...documented('subscription-tables'),
  request: { cid, cid_secret, sid },
  response: z.object({
    cid: words('Merchant code.'),
    sid: id('S', 'Subscription id.'),
    status: z.literal('INACTIVE').meta({ description: 'What the sid is now.' }),
    created_at: datetime('When the sid was issued.'),
    last_approved_at: datetime('When the sid last paid; once it has.').optional(),
    inactivated_at: datetime('When the sid was made inactive.'),
  }),
  refusals: ['sid-unknown', 'sid-inactive'],
  notes: [
    'No answer of this call was ever published: the keys are those of the table of fields, in its order.',
    'What a second call for the same sid answers was never published: −751 is ours.',
  ],
  example: {
    request: { cid: 'TCSUBSCRIP', sid: 'S1234567890987654321' },
    response: {
      cid: 'TCSUBSCRIP',
      sid: 'S1234567890987654321',
      status: 'INACTIVE',
      created_at: '2023-07-15T21:18:22',
      last_approved_at: '2023-08-15T21:18:22',
      inactivated_at: '2023-08-20T21:18:22',
    },
  },
})

export const inactiveRules = {
  'inactive.sid.active': rule('Only an active sid can be made inactive.', 'sid-inactive', inferred('error-table')),
}
