/**
 * A secret shortened so that its owner recognises it: the first three characters (fewer of a short one) and, of a long one, the last four.
 * Never more than half of it.
 */
export const mask = (secret: string): string =>
  `${secret.slice(0, Math.min(3, Math.floor(secret.length / 3)))}…${secret.length >= 16 ? secret.slice(-4) : ''}`
