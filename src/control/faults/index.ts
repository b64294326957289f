import type { FaultName } from '../../../contracts/control/faults.ts'
import { commitThen500 } from './commit-then-500.ts'
import { commitThenDrop } from './commit-then-drop.ts'
import { commitThenHang } from './commit-then-hang.ts'
import { dropBeforeCommit } from './drop-before-commit.ts'
import type { Fault } from './fault.ts'
import { garble } from './garble.ts'
import { latency } from './latency.ts'
import { refuse } from './refuse.ts'
import { refuseBeforeCommit } from './refuse-before-commit.ts'
import { repeatRedirect } from './repeat-redirect.ts'
import { slowDrip } from './slow-drip.ts'

/** What each fault of the contract does. The compiler asks for the line that is missing. */
export const faults: { readonly [N in FaultName]: Fault<N> } = {
  refuse,
  'refuse-before-commit': refuseBeforeCommit,
  'drop-before-commit': dropBeforeCommit,
  'commit-then-drop': commitThenDrop,
  'commit-then-500': commitThen500,
  'commit-then-hang': commitThenHang,
  garble,
  'slow-drip': slowDrip,
  latency,
  'repeat-redirect': repeatRedirect,
}
