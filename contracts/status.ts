import * as z from 'zod'
import { datetime, id, method, words } from './answer.ts'
import { endpoint } from './endpoint.ts'
import { documented } from './evidence.ts'
import { fieldsOfCalls } from './fields.ts'

const { cid, cid_secret, sid } = fieldsOfCalls(documented('subscription-tables'))

export const status = endpoint({
  name: 'status',
  method: 'POST',
  path: '/online/v1/payment/manage/subscription/status',
  summary: 'Returns whether a sid can still be charged',
  ...documented('subscription-tables'),
  request: { cid, cid_secret, sid },
  response: z.object({
    available: z.boolean().meta({ description: 'Whether the sid can pay.' }),
    cid: words('Merchant code.'),
    sid: id('S', 'Subscription id.'),
    status: z.enum(['ACTIVE', 'INACTIVE']).meta({ description: 'What the sid is.' }),
    payment_method_type: method,
    use_point_status: words(
      'Whether the first payment was made with points alone. That the values are Y and N is ours.',
    ).optional(),
    item_name: words('As sent to the ready that led to the sid.'),
    created_at: datetime('When the sid was issued.'),
    last_approved_at: datetime('When the sid last paid; once it has.').optional(),
    inactivated_at: datetime('When the sid was made inactive; once it was.').optional(),
  }),
  refusals: ['sid-unknown'],
  notes: [
    'use_point_status is in two public copies of the table (field-tables); where it stands among the keys and its values were never seen.',
    'No answer of this call was ever published: the keys are those of the table of fields, in its order.',
    'Whether datetimes that have not happened yet are null or left out was never published: left out is ours.',
  ],
  example: {
    request: { cid: 'TCSUBSCRIP', sid: 'S1234567890987654321' },
    response: {
      available: true,
      cid: 'TCSUBSCRIP',
      sid: 'S1234567890987654321',
      status: 'ACTIVE',
      payment_method_type: 'MONEY',
      use_point_status: 'N',
      item_name: '음악정기결제',
      created_at: '2023-07-15T21:18:22',
      last_approved_at: '2023-08-15T21:18:22',
    },
  },
})
