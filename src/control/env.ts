import type { Env, RequestInfo } from '../http/deps.ts'

/** What the handlers of the control API find beside the validated request. */
export interface ControlEnv extends Env {
  Variables: {
    /** Public name of the namespace that the header, the query or the body names; undefined: all. */
    namespace: string | undefined
    /** The request as it came in, for the journal. */
    info: RequestInfo
    /** The body as it came in, where it is an imported state. */
    text: string | undefined
  }
}
