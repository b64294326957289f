import type { Events } from '../../control/events.ts'
import type { ApiParts } from '../api.ts'
import type { GuardParts } from './guard.ts'

/** What the control API works with, put together in mock.ts. */
export interface ControlParts extends ApiParts, GuardParts {
  readonly version: string
  readonly events: Events
}
