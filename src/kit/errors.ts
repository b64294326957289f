/** The kit itself, or its environment, failed: never the fault of what is checked. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError'
}

/** Nothing answers at the URL, or the command cannot be started. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}
