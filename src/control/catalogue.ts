import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/index.ts'
import { type RefusalText, refusals } from '../../contracts/refusals.ts'
import { rules } from '../../contracts/rules.ts'
import type { ControlHandlers } from './router.ts'

/** What KakaoPay promises, as far as it is known: read off the contracts. */
export const catalogueHandlers: Pick<ControlHandlers, 'calls' | 'refusals' | 'rules'> = {
  calls: () => ({
    calls: (Object.values(endpoints) as Endpoint[]).map(({ name, method, path, summary, evidence, source }) => ({
      name,
      method,
      path,
      summary,
      evidence,
      source,
    })),
  }),
  refusals: () => ({
    refusals: (Object.entries(refusals) as [string, RefusalText][]).map(([name, refusal]) => ({
      name,
      when: refusal.when,
      status: refusal.status,
      error_code: refusal.error_code,
      error_message: refusal.error_message,
      evidence: refusal.evidence,
      source: refusal.source,
      wording: { ...refusal.wording },
      extras: refusal.extras ? { ...refusal.extras } : null,
    })),
  }),
  rules: () => ({
    rules: [...rules.values()].map(({ id, level, sentence, refusal, evidence, source }) => ({
      id,
      level,
      sentence,
      refusal,
      evidence,
      source,
    })),
  }),
}
