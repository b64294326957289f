import { answer, type Fault } from './fault.ts'

/** Half of the answer, under a length that says it is whole: no client can read it. */
export const garble: Fault<'garble'> = async (met) => {
  const { status, body } = await met.commit()
  return answer({ status, body: body.slice(0, Math.floor(body.length / 2)) }, false)
}
