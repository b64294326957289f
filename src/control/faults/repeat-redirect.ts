import { answer, type Fault } from './fault.ts'

/** It is the payer's side that repeats (see the payer's call); to a call of the API it does nothing. */
export const repeatRedirect: Fault<'repeat-redirect'> = async (met) => answer(await met.commit(), true)
