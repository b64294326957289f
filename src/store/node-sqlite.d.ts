/** What is used of Node's own SQLite, which the type definitions of Node 20 do not have. */
declare module 'node:sqlite' {
  export type SqlValue = string | number | bigint | null | Uint8Array
  export interface Statement {
    run(...values: SqlValue[]): { readonly changes: number | bigint }
    get(...values: SqlValue[]): Record<string, SqlValue> | undefined
    all(...values: SqlValue[]): Record<string, SqlValue>[]
  }
  export class DatabaseSync {
    constructor(path: string)
    exec(sql: string): void
    prepare(sql: string): Statement
    close(): void
  }
}
