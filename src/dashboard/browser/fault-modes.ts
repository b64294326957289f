import type { FaultName } from '../../faults/fault-types.ts'

/** Groups of faults: the call is refused, its answer is lost, late or damaged, or the payer's browser repeats a request. */
export const modes = ['refuse', 'lose', 'delay', 'damage', 'payer'] as const
export type Mode = (typeof modes)[number]

/** Every fault has its mode: the compiler asks for that of a new one. */
const modeOf: Readonly<Record<FaultName, Mode>> = {
  refuse: 'refuse',
  'refuse-before-commit': 'refuse',
  'commit-then-refuse': 'refuse',
  'drop-before-commit': 'lose',
  'commit-then-drop': 'lose',
  'commit-then-500': 'lose',
  'commit-then-hang': 'lose',
  'gateway-page': 'lose',
  'commit-then-gateway-page': 'lose',
  latency: 'delay',
  'slow-drip': 'delay',
  garble: 'damage',
  'new-fields': 'damage',
  'repeat-redirect': 'payer',
}

export const modeOfFault = (name: string): Mode => modeOf[name as FaultName] ?? 'damage'

/** A rule as the form holds it; what is not named stands as in an empty form. */
export interface Preset {
  readonly id: 'approveLost' | 'bankUnknown' | 'doubleClick' | 'tooLate' | 'maintenance' | 'flaky'
  readonly fields: Readonly<Record<string, string>> & { readonly fault: FaultName }
}

/** Common failures by name; a press fills the form. */
export const presets: readonly Preset[] = [
  { id: 'approveLost', fields: { fault: 'commit-then-drop', call: 'approve' } },
  {
    id: 'bankUnknown',
    fields: { fault: 'commit-then-refuse', call: 'approve', refusal: '', preset: 'BANK_FIRM_UNKNOWN' },
  },
  { id: 'doubleClick', fields: { fault: 'repeat-redirect' } },
  { id: 'tooLate', fields: { fault: 'commit-then-hang', call: 'approve' } },
  { id: 'maintenance', fields: { fault: 'refuse', refusal: 'maintenance', when: 'always' } },
  { id: 'flaky', fields: { fault: 'refuse', refusal: 'internal-error', when: 'probability', probability: '0.4' } },
]
