/** What the package has beside the bundles: declarations of the public entries, the licences of what is bundled, and a bill of materials. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rollup } from 'rollup'
import { dts } from 'rollup-plugin-dts'
import { browserBuild } from './browser-bundle.js'

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** One declaration file for each public entry. Only Node's own types and those of optional peers are imported: nothing has to be installed for the others. */
export const writeDeclarations = async (entries, outdir, strict) => {
  const { peerDependencies } = readJson('package.json')
  const ours = (id) => id.startsWith('.') || id.startsWith('/')
  const build = await rollup({
    input: entries,
    external: (id) => !ours(id),
    plugins: [dts({ tsconfig: 'tsconfig.json' })],
  })
  const { output } = await build.write({ dir: outdir, format: 'es', chunkFileNames: 'types/[name].d.ts' })
  const allowed = (id) =>
    id.startsWith('node:') ||
    id.endsWith('.d.ts') ||
    Object.keys(peerDependencies).some((name) => id === name || id.startsWith(`${name}/`))
  const others = output.flatMap(({ imports }) => imports).filter((id) => !allowed(id))
  if (others.length === 0) return
  const problem = `the declarations import ${[...new Set(others)].join(', ')}, which the package does not bring`
  // To work in a clone, nobody needs them right.
  if (strict) throw new Error(problem)
  console.warn(problem)
}

/** `node_modules/…` folders of the packages that went into a bundle. */
const foldersOf = (metafile) =>
  Object.keys(metafile.inputs).flatMap(
    (file) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0].replace(/^browser:/, '') ?? [],
  )

/** The packages that are bundled, by name, with their licence text. */
const bundledPackages = async (metafile) => {
  const scripts = Object.keys(metafile.inputs).filter((file) => file.startsWith('browser:'))
  const inBrowser = await Promise.all(
    scripts.map(async (file) => foldersOf((await browserBuild(file.slice(8))).metafile)),
  )
  const folders = new Set([...foldersOf(metafile), ...inBrowser.flat()])
  return [...folders].sort().map((folder) => {
    const { name, version, license } = readJson(join(folder, 'package.json'))
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
    return {
      folder,
      name,
      version,
      license,
      text: file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`,
    }
  })
}

const line = '-'.repeat(80)

/** THIRD_PARTY_LICENSES and sbom.cdx.json (CycloneDX 1.6), from what esbuild says it has bundled. */
export const writeNotices = async (metafile, outdir) => {
  const packages = await bundledPackages(metafile)
  const notices = packages.map(({ name, version, text }) => `${line}\n${name} ${version}\n${line}\n\n${text}\n`)
  writeFileSync(
    join(outdir, 'THIRD_PARTY_LICENSES'),
    `The bundles in dist/ contain the following packages.\n\n${notices.join('\n')}`,
  )

  const { name, version, license } = readJson('package.json')
  const locked = existsSync('package-lock.json') ? readJson('package-lock.json').packages : {}
  const components = packages.map((p) => ({
    type: 'library',
    'bom-ref': purl(p),
    name: p.name,
    version: p.version,
    purl: purl(p),
    licenses: [{ license: { id: p.license } }],
    ...hashes(locked[p.folder]?.integrity),
  }))
  const root = { name, version }
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': purl(root),
        ...root,
        purl: purl(root),
        licenses: [{ license: { id: license } }],
      },
    },
    components,
    dependencies: [{ ref: purl(root), dependsOn: components.map(({ purl: ref }) => ref) }],
  }
  writeFileSync(join(outdir, 'sbom.cdx.json'), `${JSON.stringify(bom, null, 2)}\n`)
}

const purl = ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`

const hashes = (integrity) => {
  const [, base64] = /^sha512-(.+)$/.exec(integrity ?? '') ?? []
  return base64 ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }] } : {}
}
