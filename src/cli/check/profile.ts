import { readFileSync } from 'node:fs'
import { choice, flag, optional, string, type Values } from '../../config/option.ts'
import { type Profile, profileHelp, readProfile } from '../../kit/profile.ts'
import { UsageError } from '../command.ts'

/** Flags that say what the server under test is like. Each wins over the file. */
export const profileFlags = {
  profile: optional(string('', 'FILE', `JSON object that says what the server is like: ${profileHelp}.`)),
  strict: optional(flag(false, 'It accepts exactly what openapi.yaml says.')),
  appSchemes: optional(flag(true, 'It sends android_app_scheme and ios_app_scheme in ready’s answer.')),
  emptyKeys: optional(choice(['null', 'omit'], 'What approve does with keys that have no value.')),
  vatRemainder: optional(choice(['refuse', 'clamp'], 'A partial cancel whose default VAT is more than what is left.')),
  redirects: optional(choice(['local', 'real'], 'Redirect URLs of ready: on the server itself, or on the real hosts.')),
}

/** What the flags say of the server; undefined where they say nothing. Throws UsageError for a file that cannot be read. */
export const profileOf = (flags: Values<typeof profileFlags>): Profile | undefined => {
  const { profile: file, ...rest } = flags
  const names = ['strict', 'appSchemes', 'emptyKeys', 'vatRemainder', 'redirects'] as const
  const said = Object.fromEntries(names.flatMap((name) => (rest[name] === undefined ? [] : [[name, rest[name]]])))
  if (file === undefined) return Object.keys(said).length === 0 ? undefined : (said as Profile)
  try {
    return { ...readProfile(readFileSync(file, 'utf8')), ...said }
  } catch (error) {
    throw new UsageError(`--profile ${file}: ${(error as Error).message}`)
  }
}
