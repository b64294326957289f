import type { FlowState } from '../flow.ts'
import type { Payer } from '../payer.ts'
import type { Session } from '../target.ts'
import type { Driver } from './driver.ts'
import type { Report } from './protocol.ts'
import type { RecordingProxy } from './recording-proxy.ts'
import type { ClientScript } from './script.ts'
import type { Secret } from './secrets.ts'

/** All that a client's flow needs: the client's driver, the recording proxy in front of the server, and the payer. */
export interface ClientFlowDeps {
  readonly driver: Driver
  readonly proxy: RecordingProxy
  readonly session: Session
  readonly payer: Payer
  readonly shop: string
  /** The time-out that the client was given, in ms. */
  readonly timeoutMs: number
  /** Time beyond the time-out after which the next call counts as hanging, in ms: a runtime may have to start first. */
  readonly grace: () => number
  /** The number of the next call; counts on from flow to flow. */
  readonly nextId: () => number
}

/** A flow with a client. */
export interface ClientFlow extends FlowState {
  readonly deps: ClientFlowDeps
  readonly secrets: readonly Secret[]
  readonly script: ClientScript
  /** Reports by request, so that a client may answer a repeated one from memory. */
  readonly reports: Map<string, Report>
}
