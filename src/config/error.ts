/** A setting that cannot be used: one line that names it, where it was set, and what would be right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
