import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { type FaultRuleInput, ruleInput } from '../faults/rule.ts'
import { applicationInput } from '../namespaces/application.ts'
import { type Application, isWebDomain } from '../namespaces/applications.ts'
import { type Option, parsedJson } from './option.ts'

/** A list of objects, as JSON. `known` names each property with its type; `required` must be there. */
export const records = <T>(
  help: string,
  known: Readonly<Record<string, string>>,
  required: readonly string[],
): Option<readonly T[]> => {
  const typeOf = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value)
  const check = (value: unknown) => {
    if (!Array.isArray(value)) throw new Error('must be a JSON array of objects')
    for (const item of value as unknown[]) {
      if (typeof item !== 'object' || item === null) throw new Error('must be a JSON array of objects')
      const missing = required.find((name) => !(name in item))
      if (missing) throw new Error(`needs ${missing} in each object`)
      for (const [name, content] of Object.entries(item)) {
        if (!(name in known)) throw new Error(`does not know ${name}; it knows ${Object.keys(known).join(', ')}`)
        if (typeOf(content) !== known[name]) throw new Error(`needs ${name} to be of type ${known[name]}`)
      }
    }
    return value as readonly T[]
  }
  const read = (text: string) => check(parsedJson(text, 'must be a JSON array of objects'))
  return { default: [], help, placeholder: 'JSON', many: true, read, check }
}

/** Applications, checked as the control API checks one: a misspelt domain would refuse every redirect URL without a hint. */
export const applicationList = (help: string): Option<readonly Application[]> => {
  const known = { name: 'string', secret_key: 'string', domains: 'array', payment_api: 'boolean' }
  const plain = records<Application>(help, known, ['name', 'secret_key'])
  const held = (applications: readonly Application[]): readonly Application[] => {
    for (const { name, secret_key, domains } of applications) {
      if (secret_key === '') throw new Error(`needs a secret_key that is not empty, for ${name}`)
      if (applications.filter((other) => other.secret_key === secret_key).length > 1)
        throw new Error(`gives the secret_key of ${name} to more than one`)
      const web_domains = domains?.filter(isWebDomain) ?? null
      const app_schemes = domains?.filter((domain) => !isWebDomain(domain)) ?? []
      const [issue] = applicationInput.safeParse({ name, web_domains, app_schemes }).error?.issues ?? []
      if (issue)
        throw new Error(`has in the domains of ${name} one that is not right: ${issue.path.join('.')} ${issue.message}`)
    }
    return applications
  }
  return { ...plain, read: (text) => held(plain.read(text)), check: (value) => held(plain.check(value)) }
}

/** Fault rules armed at start: a JSON file that holds a list of them, or the list itself. */
export const faultList = (help: string): Option<readonly FaultRuleInput[]> => {
  const check = (value: unknown): readonly FaultRuleInput[] => {
    if (typeof value === 'string') return check(value.startsWith('[') ? parsed(value) : fromFile(value))
    const result = z.array(ruleInput).safeParse(value)
    if (result.success) return result.data
    const [issue] = result.error.issues
    const path = issue?.path.join('.') ?? ''
    throw new Error(`must be a list of faults: ${path} ${issue?.message ?? ''}`)
  }
  const parsed = (text: string): unknown => parsedJson(text, 'must be a JSON list of faults, or a file that holds one')
  const fromFile = (path: string): unknown => parsed(contentOf(path))
  return { default: [], help, placeholder: 'FILE', many: true, read: check, check }
}

const contentOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Error(`must be a JSON file: ${(error as Error).message}`)
  }
}
