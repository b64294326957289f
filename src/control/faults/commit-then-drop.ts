import { close, type Fault } from './fault.ts'

export const commitThenDrop: Fault<'commit-then-drop'> = async (met) => {
  await met.commit()
  return close
}
