import type { Io } from './command.ts'

/** Whether to colour: `FORCE_COLOR` (other than 0) says yes, `NO_COLOR` no; else a terminal does. */
export const usesColor = ({ isTTY }: { readonly isTTY?: boolean }, env: Io['env']): boolean => {
  const { FORCE_COLOR: force, NO_COLOR: never } = env
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false'
  return isTTY === true && !never
}
