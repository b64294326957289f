import type { Effect, ForcedRefusal } from './effect.ts'

/** A refusal as commit-then-refuse sends it. Without `refusal` it is the one that the call answers when the payment method fails. */
export type Preset = ForcedRefusal & { readonly commit?: Effect['commit'] }

/**
 * Refusals that do not say whether money moved (the spreadsheet of error codes v1.7, quoted second-hand), and one that does: with 8008
 * the payer has too little money and none moves (reported by client code). Texts that were never published are ours.
 */
export const refusalPresets = {
  BANK_FIRM_UNKNOWN: {
    method_result_code: 'BANK_FIRM_UNKNOWN',
    method_result_message: '은행의 처리 결과를 확인할 수 없습니다.',
  },
  USER_LOCKED: {
    method_result_code: 'USER_LOCKED',
    method_result_message: '진행중인 거래가 있습니다. 잠시 후 다시 시도해 주세요.',
  },
  DUPLICATE_REQUEST: { refusal: 'duplicate-request' },
  ALREADY_PAID: { refusal: 'already-paid' },
  '8008': { commit: 'check', method_result_code: '8008', method_result_message: '잔액이 부족합니다.' },
} as const satisfies Record<string, Preset>

export type RefusalPreset = keyof typeof refusalPresets
