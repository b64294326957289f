import { Command } from './code.tsx'
import { Title } from './marks.tsx'
import { t } from './page-data.ts'

const order = `{"cid":"TC0ONETIME","partner_order_id":"1","partner_user_id":"1",
       "item_name":"초코파이","quantity":1,"total_amount":2200,"tax_free_amount":0,
       "approval_url":"http://localhost/success","cancel_url":"http://localhost/cancel",
       "fail_url":"http://localhost/fail"}`

const READY = `curl ${location.origin}/online/v1/payment/ready \\
  -H 'Authorization: SECRET_KEY DEV_ANY_TEXT' -H 'content-type: application/json' \\
  -d '${order}'`

/** A program that calls the real host reaches a mock without a change of its code. */
const EXEC = 'npx kakaopay-mock exec -- node shop.js'

/** An empty dashboard says how to send the first payment. */
export const FirstSteps = () => (
  <div class="page" data-testid="first-steps">
    <Title count={0}>{t('nav.payments')}</Title>
    <p class="lead">
      <b>{t('payments.empty')}</b> {t('payments.emptyHint')}
    </p>
    <ol class="ways">
      <li class="sheet">
        <h2>{t('first.here')}</h2>
        <p class="note">{t('first.hereHint')}</p>
        <p>
          <a class="button primary" href="#/new">
            {t('new.title')}
          </a>
        </p>
      </li>
      <li class="sheet">
        <h2>{t('first.program')}</h2>
        <p class="note">{t('first.programHint')}</p>
        <Command text={location.origin} testid="first-base" label={t('first.program')} />
        <p class="note">{t('first.execHint')}</p>
        <Command text={EXEC} testid="first-exec" label="exec" />
      </li>
      <li class="sheet whole">
        <h2>{t('first.shell')}</h2>
        <Command text={READY} testid="first-ready" label="curl" />
      </li>
    </ol>
  </div>
)
