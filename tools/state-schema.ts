import * as z from 'zod'
import { stateInput } from '../src/control/state-input.ts'

/** state.schema.json: what `state import`, `--state` and `PUT /_mock/state` take. */
export const stateSchema = () => ({
  title: 'State of kakaopay-mock',
  ...z.toJSONSchema(stateInput, { target: 'draft-2020-12', io: 'input' }),
})
