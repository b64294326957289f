import { readFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'
import { stringify } from 'yaml'

import { loadFixtures } from '../src/kit/load.ts'
import { version } from '../src/version.ts'
import { controlOpenapiDocument, withDescriptions } from './control-openapi-document.ts'
import { lockedDependencies } from './dependencies.ts'
import { faultsTable } from './faults-table.ts'
import { fidelityTable } from './fidelity-table.ts'
import { type Language, limitsTable } from './limits-table.ts'
import { openapiDocument } from './openapi-document.ts'
import { settingsTable } from './settings-table.ts'
import { stateSchema } from './state-schema.ts'
import { traceabilityTable } from './traceability.ts'

/** Texts that a reader of YAML 1.1 takes for dates or booleans (2023-07-15T21:18:22, Y) are quoted. */
const YAML_OPTIONS = { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' } as const

/** What is generated from the contracts and committed: file name → text. test/tools/openapi.test.ts checks that what is committed is fresh. */
export const generated = async (): Promise<Record<string, string>> => {
  const document = openapiDocument(version)
  const control = controlOpenapiDocument(version)
  return {
    'openapi.yaml': stringify(document, YAML_OPTIONS),
    'control.openapi.yaml': stringify(withDescriptions(control), YAML_OPTIONS),
    'state.schema.json': `${JSON.stringify(stateSchema(), null, 2)}\n`,
    'src/client/openapi.d.ts': await typesOf(document, 'openapi.yaml'),
    'src/client/control.d.ts': await typesOf(control, 'control.openapi.yaml'),
    'tools/dependencies.json': `${JSON.stringify(lockedDependencies(), null, 2)}\n`,
    'fixtures/TRACEABILITY.md': traceabilityTable(loadFixtures()),
    ...pagesWithTables(),
  }
}

/** TypeScript's types of an OpenAPI document. */
const typesOf = async (document: object, name: string): Promise<string> =>
  `/** Generated from ${name} by \`npm run generate\`. */\n\n${astToString(await openapiTS(structuredClone(document) as Parameters<typeof openapiTS>[0]))}`

/** The pages of the docs that contain a generated table. */
const pagesWithTables = (): Record<string, string> =>
  Object.fromEntries(
    (['en', 'ko'] as const).flatMap((language) => {
      const folder = language === 'en' ? 'docs' : 'docs/ko'
      return ['fidelity', 'injecting-failures', 'settings'].map((page) => {
        const file = `${folder}/${page}.md`
        return [file, withTables(readFileSync(file, 'utf8'), language)]
      })
    }),
  )

const tables: Readonly<Record<string, (language: Language) => string>> = {
  fidelity: fidelityTable,
  settings: settingsTable,
  faults: faultsTable,
  limits: limitsTable,
}

/** Replaces what stands between `<!-- generated: NAME -->` and `<!-- /generated -->`. */
const withTables = (text: string, language: Language): string =>
  text.replace(/<!-- generated: (\w+) -->[\s\S]*?<!-- \/generated -->/g, (whole, name: string) => {
    const table = tables[name]
    return table ? `<!-- generated: ${name} -->\n${table(language)}\n<!-- /generated -->` : whole
  })
