import { endpoints } from '../../../contracts/index.ts'
import { createMock } from '../../../src/mock.ts'
import { amounts } from './amounts.ts'
import { answers } from './answers.ts'
import { conduct } from './conduct.ts'
import { callOf, type Mutant, refusal } from './disguise.ts'
import { faults } from './faults.ts'

const examples: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.values(endpoints).map(({ name, example }) => [name, example.response]),
)

/** The two that everyone has met: one says yes to everything, one says no. */
const crude: Readonly<Record<string, Mutant>> = {
  'yes-sayer': {
    wrong: 'answers every call with the documentation’s sample where it should refuse',
    asked: [''],
    serve: (config) => {
      const mock = createMock(config)
      return async (request) => {
        const response = await mock.fetch(request)
        if (response.status < 400) return response
        const example = examples[callOf(request)] ?? examples['ready']
        return new Response(JSON.stringify(example), { headers: { 'content-type': 'application/json;charset=UTF-8' } })
      }
    },
  },
  'no-sayer': {
    wrong: 'refuses everything',
    asked: [''],
    serve: () => async () => refusal(-500, 'internal error!', 500),
  },
}

export const mutants: Readonly<Record<string, Mutant>> = { ...crude, ...answers, ...amounts, ...conduct, ...faults }
