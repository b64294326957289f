import type { SettingInForce } from '../config/in-force.ts'
import type { ApiDeps } from '../http/deps.ts'
import type { Secrets } from '../namespaces/secrets.ts'
import type { Deviations } from '../relay/deviations.ts'
import type { GuardDeps } from './guard.ts'
import type { Notifications } from './notifications.ts'
import type { StateFile } from './snapshot.ts'

/** What the control API needs, put together in mock.ts. */
export interface ControlDeps extends ApiDeps, GuardDeps {
  readonly version: string
  readonly secrets: Secrets
  /** Where the server behind --relay behaves otherwise than the contract. */
  readonly deviations: Deviations
  readonly notifications: Notifications
  /** With `--reset-to state`: what a reset leaves. */
  readonly resetState: StateFile | undefined
  /** Hosts beyond the payment's own to which redirects may lead. */
  readonly followHosts: readonly string[]
  /** Sends a call to KakaoPay's API of this mock, as a merchant's server would. */
  readonly callApi: (path: string, init: RequestInit) => Promise<Response>
  /** Secrets are masked. */
  readonly settingsInForce: () => readonly SettingInForce[]
}
