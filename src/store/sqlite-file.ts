import { accessSync, constants, statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { StoreError } from './store.ts'

/** Marks a file as ours: "KPMK". */
const APPLICATION_ID = 0x4b_50_4d_4b

/**
 * Step n brings a file from version n to n + 1. A step that was published never changes. `ended` is a counter: the order in which
 * payments and subscriptions came to their end, null where they have not.
 */
const migrations: readonly string[] = [
  `CREATE TABLE payments (
     seq INTEGER PRIMARY KEY, tid TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, namespace TEXT NOT NULL, ended INTEGER, json TEXT NOT NULL);
   CREATE INDEX payments_hash ON payments (hash);
   CREATE INDEX payments_namespace ON payments (namespace, seq);
   CREATE INDEX payments_ended ON payments (ended) WHERE ended IS NOT NULL;
   CREATE TABLE subscriptions (
     seq INTEGER PRIMARY KEY, sid TEXT NOT NULL UNIQUE, namespace TEXT NOT NULL, ended INTEGER, json TEXT NOT NULL);
   CREATE INDEX subscriptions_namespace ON subscriptions (namespace, seq);
   CREATE INDEX subscriptions_ended ON subscriptions (ended) WHERE ended IS NOT NULL;
   CREATE TABLE records (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, UNIQUE (kind, id));
   CREATE TABLE log (seq INTEGER PRIMARY KEY, list TEXT NOT NULL, namespace TEXT, text TEXT NOT NULL);
   CREATE INDEX log_list ON log (list, seq);
   CREATE TABLE log_dropped (list TEXT PRIMARY KEY, dropped INTEGER NOT NULL);`,
]

/** The version that this code writes. */
export const SCHEMA_VERSION = migrations.length

/** Larger files are not read through at start: a damaged page is then met by the call that needs it. */
const MAX_CHECKED_BYTES = 64 * 1024 * 1024

/** SQLite is part of Node 22.13 and later. It is not imported: a bundler and an older Node would both stumble over that. */
const loadSqlite = (): typeof import('node:sqlite') => {
  const sqlite = process.getBuiltinModule('node:sqlite') as typeof import('node:sqlite') | undefined
  if (!sqlite)
    throw new StoreError(
      `the sqlite store needs Node 22.13 or later; this is ${process.version.slice(1)}. use --store memory`,
    )
  return sqlite
}

/** Opens the file, makes it where there is none, and brings it to the newest version. Throws StoreError. */
export const openFile = (path: string): DatabaseSync => {
  const { DatabaseSync } = loadSqlite()
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(path)
    // One process owns the file: it can then do without a shared-memory file, and a second server is refused instead of corrupting counts.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    const version = versionOf(db, path)
    check(db, path)
    migrate(db, version)
    return db
  } catch (error) {
    db?.close()
    if (error instanceof StoreError) throw error
    const reason = isReadOnly(path) ? reasons[8] : reasonOf(error)
    throw new StoreError(`cannot use the SQLite file ${path}: ${reason}`)
  }
}

/** A file that is there and may not be written. SQLite reports some such files as an error of the disk. */
const isReadOnly = (path: string): boolean => {
  try {
    accessSync(path, constants.W_OK)
    return false
  } catch (error) {
    return ['EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')
  }
}

const numberOf = (db: DatabaseSync, sql: string): number => Number(Object.values(db.prepare(sql).get() ?? {})[0])

/** 0 for a new file. Refuses files of other programs and of newer versions. */
const versionOf = (db: DatabaseSync, path: string): number => {
  const version = numberOf(db, 'PRAGMA user_version')
  const application = numberOf(db, 'PRAGMA application_id')
  const isNew = application === 0 && version === 0 && numberOf(db, 'SELECT count(*) FROM sqlite_schema') === 0
  if (!isNew && application !== APPLICATION_ID)
    throw new StoreError(`${path} is a SQLite file of another program; name a new file`)
  if (version > SCHEMA_VERSION)
    throw new StoreError(
      `${path} was written by a newer kakaopay-mock (version ${version} of the file, this one knows ${SCHEMA_VERSION}); update kakaopay-mock or name a new file`,
    )
  return version
}

const check = (db: DatabaseSync, path: string) => {
  if (statSync(path).size > MAX_CHECKED_BYTES) return
  const result = String(Object.values(db.prepare('PRAGMA quick_check(1)').get() ?? {})[0])
  if (result !== 'ok') throw new StoreError(`the SQLite file ${path} is damaged: ${result.split('\n').pop()}`)
}

/** Writes in any case: a file that cannot be written is to be found at start. */
const migrate = (db: DatabaseSync, version: number) => {
  db.exec('BEGIN IMMEDIATE')
  for (const step of migrations.slice(version)) db.exec(step)
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`)
}

/** SQLite's result codes as a user can act on them. */
const reasons: Readonly<Record<number, string>> = {
  5: 'another process has it open',
  8: 'it is read-only',
  10: 'the disk reports an error',
  11: 'it is damaged',
  13: 'the disk is full',
  14: 'it cannot be opened; does its folder exist, and may it be written?',
  26: 'it is no SQLite file',
}

/** Extended codes have the plain one in their lowest byte. */
export const reasonOf = (error: unknown): string => {
  const { errcode, message } = error as { errcode?: number; message: string }
  return (errcode === undefined ? undefined : reasons[errcode & 0xff]) ?? message
}
