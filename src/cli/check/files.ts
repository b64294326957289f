import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type KnownFailure, readKnownFailures } from '../../kit/known-failures.ts'
import { type Recording, recordingName } from '../../kit/record.ts'
import { reports } from '../../kit/report/index.ts'
import type { Run } from '../../kit/result.ts'
import { UsageError } from '../command.ts'

/** `junit=a.xml,html=b.html` as pairs. Throws UsageError for a form that does not exist. */
export const reportFiles = (words: readonly string[]): readonly (readonly [string, string])[] =>
  words.map((word) => {
    const at = word.indexOf('=')
    const [form, file] = [word.slice(0, at), word.slice(at + 1)]
    if (at < 1 || file === '' || !Object.hasOwn(reports, form))
      throw new UsageError(`--report takes FORM=FILE with ${Object.keys(reports).join(', ')}, not "${word}"`)
    return [form, file] as const
  })

export const writeReports = (files: readonly (readonly [string, string])[], run: Run): void => {
  for (const [form, file] of files) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, reports[form]?.(run) ?? '')
  }
}

/** Throws UsageError where the file cannot be read or is not what it should be. */
export const knownFailuresOf = (file: string | undefined): readonly KnownFailure[] => {
  if (file === undefined) return []
  try {
    return readKnownFailures(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`--known-failures ${file}: ${(error as Error).message}`)
  }
}

export const writeRecording = (folder: string, recording: Recording): void => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, recordingName(recording.id)), `${JSON.stringify(recording, null, 2)}\n`)
}

/** Whether a flow is recorded already. */
export const hasRecording = (folder: string, id: string): boolean => existsSync(join(folder, recordingName(id)))

/** Every recording of a folder. Throws UsageError where there is none. */
export const recordingsOf = (folder: string): readonly Recording[] => {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  if (names.length === 0) throw new UsageError(`${folder} has no recordings; make some by --record ${folder} --url URL`)
  return names.sort().map((name) => {
    try {
      const recording = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recording
      if (typeof recording.id !== 'string' || !Array.isArray(recording.calls)) throw new Error('it has no id and calls')
      if (!URL.canParse(recording.target)) throw new Error('its target is no URL')
      return recording
    } catch (error) {
      throw new UsageError(`${join(folder, name)} is no recording: ${(error as Error).message}`)
    }
  })
}
