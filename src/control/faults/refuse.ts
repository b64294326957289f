import { answer, type Fault } from './fault.ts'

export const refuse: Fault<'refuse'> = async (met, { refusal, ...extras }) => answer(met.refuse(refusal, extras), true)
