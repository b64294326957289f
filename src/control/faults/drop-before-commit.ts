import { close, type Fault } from './fault.ts'

export const dropBeforeCommit: Fault<'drop-before-commit'> = async () => close
