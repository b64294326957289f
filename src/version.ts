import packageJson from '../package.json' with { type: 'json' }

/** The version in package.json, which the build puts into the bundle. */
export const version: string = packageJson.version
