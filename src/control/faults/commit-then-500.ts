import { answer, type Fault } from './fault.ts'

export const commitThen500: Fault<'commit-then-500'> = async (met) => {
  await met.commit()
  return answer(met.refuse('internal-error'), false)
}
