import { type CallStep, type Fixture, type FixtureFile, isCall, isPayer, type Step, type Variation } from './fixture.ts'
import { levelOf } from './result.ts'

/** A file's base and variations as complete flows. Throws where a variation changes a step that does not exist. */
export const expand = (file: FixtureFile, name: string): Fixture[] =>
  file.variations.map((variation) => {
    const { steps: baseSteps, ...traits } = file.base
    const { for: audience, level, evidence, source, config } = { ...traits, ...variation }
    return {
      id: variation.id,
      title: variation.title,
      for: audience,
      level: (audience === 'client' ? level : undefined) ?? levelOf(evidence),
      evidence,
      source,
      rules: variation.rules ?? [],
      ...(config ? { config } : {}),
      steps: [...(variation.steps ?? changed(baseSteps, variation)), ...(variation.then ?? [])],
      file: name,
    }
  })

const changed = (steps: readonly Step[], v: Variation): Step[] => {
  const at = v.at ?? steps.findLastIndex(isCall)
  const target = steps[at]
  if (!target || !isCall(target)) throw new Error(`fixture ${v.id}: step ${at} of the base is not a call`)
  return steps.flatMap((step, i): Step[] => {
    if (isPayer(step) && v.payer === null) return []
    if (isPayer(step) && v.payer) return [{ ...step, ...v.payer }]
    if (!isCall(step)) return [step]
    const ready = step.call === 'ready' && v.ready ? { ...step, send: { ...step.send, ...v.ready } } : step
    return i === at ? [...(v.before ?? []), changedCall(ready, v)] : [ready]
  })
}

const callKeys = ['raw', 'headers', 'method', 'path', 'query', 'lenient', 'as', 'times', 'expect', 'keep'] as const

const changedCall = (step: CallStep, v: Variation): CallStep => {
  const send = Object.fromEntries(
    Object.entries({ ...step.send, ...v.set }).filter(([field]) => !v.unset?.includes(field)),
  )
  const changes = Object.fromEntries(callKeys.filter((k) => v[k] !== undefined).map((k) => [k, v[k]]))
  return { ...step, send, ...changes }
}
