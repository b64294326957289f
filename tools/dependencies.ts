import { readFileSync } from 'node:fs'

/** Licences that a dependency may have. A new one is a decision: read it, then add it here. */
export const permittedLicences: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  '(MIT OR CC0-1.0)',
  'ISC',
  // rollup-plugin-dts, which writes the declarations: a tool of the build, of which nothing is published.
  'LGPL-3.0-only',
  // Of a build tool (rollup-plugin-dts) that is run and not distributed.
  'LGPL-3.0-only',
  'MIT',
  'MIT OR Apache-2.0',
  'MPL-2.0',
  'PSF-2.0',
  'Python-2.0',
])

interface Locked {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
}

/** Every locked package as `name@version` → licence, so that a change of either is seen in a review. */
export const lockedDependencies = (): Readonly<Record<string, string>> => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>
  }
  const entries = Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, { version, license }]) => [
      `${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`,
      license ?? 'none',
    ])
  return Object.fromEntries(entries.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)))
}
