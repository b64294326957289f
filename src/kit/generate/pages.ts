import type { Fixture, PageStep } from '../fixture.ts'
import { accepted } from './base.ts'
import { generated } from './fields.ts'

const pages: readonly PageStep['page'][] = ['next_redirect_app_url', 'next_redirect_mobile_url', 'next_redirect_pc_url']

/** Each redirect URL opens a page that shows the payment. */
export const pageFlows = (): readonly Fixture[] =>
  pages.map((page) =>
    generated(
      `page/${page.replace(/^next_redirect_|_url$/g, '')}`,
      `${page} opens a page of the server that shows the item and the amount.`,
      { evidence: 'documented', source: 'single-payment' },
      [],
      [
        accepted('ready', { item_name: 'page-{{case}}', total_amount: 76543 }),
        { page, shows: ['page-{{case}}', '76,543'] },
      ],
    ),
  )

/** A payer who gives up is sent to the URL for it. */
export const redirectFlows = (): readonly Fixture[] =>
  (['cancel', 'fail'] as const).map((act) =>
    generated(
      `page/redirect.${act}`,
      `A payer who ${act === 'cancel' ? 'cancels' : 'fails'} is sent to ${act}_url.`,
      { evidence: 'documented', source: 'single-payment' },
      [],
      [accepted('ready'), { payer: act, redirect: { $contains: `{{shop}}/${act}` } }],
    ),
  )
