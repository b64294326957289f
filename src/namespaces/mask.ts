/**
 * Enough of a secret to know it again: the first three characters, of a short one fewer, and of a long one the last four. Never more
 * than half of it.
 */
export const mask = (secret: string): string =>
  `${secret.slice(0, Math.min(3, Math.floor(secret.length / 3)))}…${secret.length >= 16 ? secret.slice(-4) : ''}`
