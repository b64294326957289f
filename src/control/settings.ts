import { z } from '@hono/zod-openapi'
import { type Settings, settingsOf } from '../payment/settings.ts'
import { fields } from './fields.ts'

/** How this mock answers where the real service leaves a choice: the config’s settings of the same names. */
export const settings = fields({
  redirects: z.enum(['local', 'real']),
  appSchemes: z.boolean(),
  emptyKeys: z.enum(['null', 'omit']),
  vatRemainder: z.enum(['refuse', 'clamp']),
  payer: z.enum(['manual', 'approve', 'cancel', 'fail', 'expire']),
  installMonth: z.enum(['fixed', 'max']),
  sidCid: z.enum(['any', 'same']),
  sidChargesPerDay: z.int().min(0),
  failedApprove: z.enum(['retry', 'fail']),
  quota: z.int().min(0),
  maintenance: z.boolean(),
}).openapi('Settings')

/** What a change leaves out stays. */
export const merged = (
  before: Settings,
  change: { readonly [K in keyof Settings]?: Settings[K] | undefined } | undefined,
) => ({
  ...settingsOf(before),
  ...(Object.fromEntries(Object.entries(change ?? {}).filter(([, v]) => v !== undefined)) as Partial<Settings>),
})
