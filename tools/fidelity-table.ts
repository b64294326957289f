import type { Endpoint } from '../contracts/endpoint.ts'
import type { Evidence, Known } from '../contracts/evidence.ts'
import { endpoints } from '../contracts/index.ts'
import { type RefusalName, refusals } from '../contracts/refusals.ts'
import { countByEvidence, rules } from '../contracts/rules.ts'

/** How well each call is known, as a Markdown table for the README: counts of rules, refusal codes and refusal texts by evidence. */
export const fidelityTable = (): string => {
  const rows = (Object.values(endpoints) as Endpoint[]).map((e) => {
    const own = [...rules.values()].filter((r) => r.id.startsWith(`${e.name}.`))
    return `| \`${e.path}\` | ${e.evidence} | ${cell(own)} | ${refusalCells(e.refusals)} |`
  })
  const everywhere = [...rules.values()].filter((r) => /^(wire|cid)\./.test(r.id))
  const platform: RefusalName[] = [
    'authorization-missing',
    'key-refused',
    'api-forbidden',
    'not-found',
    'field-missing',
    'field-invalid',
    'body-invalid',
    'body-too-large',
    'cid-wrong',
    'cid-secret-wrong',
  ]
  return [
    '| call | request and answer | rules: documented / observed / inferred | refusal codes | refusal texts |',
    '|---|---|---|---|---|',
    ...rows,
    `| every call (transport, key, cid) | – | ${cell(everywhere)} | ${refusalCells(platform)} |`,
  ].join('\n')
}

const cell = (of: Iterable<Known>): string => {
  const count: Record<Evidence, number> = countByEvidence(of)
  return `${count.documented} / ${count.observed} / ${count.inferred}`
}

const refusalCells = (names: readonly RefusalName[]) =>
  `${cell(names.map((n) => refusals[n]))} | ${cell(names.map((n) => refusals[n].wording))}`
