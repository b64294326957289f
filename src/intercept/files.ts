import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const besides = (path: string) => `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`

/** Makes a folder that only its owner may enter, whatever the umask, unless it is there. Parents are made one by one: Node's own way never ends below /proc. */
export const makePrivateFolder = (dir: string): void => makeFolder(dir, 0o700)

const makeFolder = (dir: string, mode?: number): void => {
  if (existsSync(dir)) return
  if (!existsSync(dirname(dir))) makeFolder(dirname(dir))
  try {
    mkdirSync(dir, { mode })
    if (mode !== undefined) chmodSync(dir, mode)
  } catch (error) {
    // Another process made it in between.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/**
 * Creates a file with its whole content at once, or leaves the one that another process made first: a link either appears complete
 * or fails with EEXIST, where an open file could be read half-written.
 */
export const createOnce = (path: string, content: string, mode: number): void => {
  const temporary = besides(path)
  writeFileSync(temporary, content, { mode, flag: 'wx' })
  try {
    linkSync(temporary, path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Some network and container file systems have no hard links; a rename is whole too, and the last one wins.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') renameSync(temporary, path)
    else if (code !== 'EEXIST') throw error
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** Replaces a file's content in one step, if it differs. Returns whether it did. Readers see the old one or the new one, never a half. */
export const writeWhole = (path: string, content: string | Uint8Array): boolean => {
  const bytes = Buffer.from(content as string)
  try {
    if (readFileSync(path).equals(bytes)) return false
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const temporary = besides(path)
  try {
    writeFileSync(temporary, bytes, { mode: 0o644 })
    renameSync(temporary, path)
  } finally {
    rmSync(temporary, { force: true })
  }
  return true
}
