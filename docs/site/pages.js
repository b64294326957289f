/** The pages of the site: which there are, in which order, and where they are put for VitePress. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
/** Beside node_modules, from which the pages import Vue. */
export const source = join(import.meta.dirname, 'source')

const folders = {
  en: { readme: 'README.md', docs: 'docs', at: '' },
  ko: { readme: 'README.ko.md', docs: 'docs/ko', at: 'ko' },
}

/** The anchor of a heading. */
export const slugify = (title) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')

/** What the table in the README links to, as the sidebar. */
export const pages = (language) => {
  const { readme, docs, at } = folders[language]
  const rows = readFileSync(join(root, readme), 'utf8').matchAll(
    new RegExp(`^\\| \\[([^\\]]+)\\]\\(${docs}/([\\w-]+)\\.md\\)`, 'gm'),
  )
  return [...rows].map(([, text, name]) => ({ text, link: `${at && `/${at}`}/${name}` }))
}

/** Where a file of the repository stands on the site, if it does. */
const placeOf = (file) => {
  for (const { readme, docs, at } of Object.values(folders)) {
    if (file === readme) return join(at, 'index.md')
    if (dirname(file) === docs) return join(at, file.slice(docs.length + 1))
  }
  return /^[A-Z]+\.md$/.test(file) ? file.toLowerCase() : undefined
}

/** The links of a page, from where it stands in the repository to where they stand on the site. What is no page is named, not linked. */
const relinked = (text, file) =>
  text.replace(/(!?)\[([^\]]*)\]\((?!https?:|#)([^)#]+)(#[^)]+)?\)/g, (_, image, title, target, anchor = '') => {
    const place = placeOf(join(dirname(file), target))
    if (place === undefined) return `\`${title}\``
    return `${image}[${title}](/${place}${anchor})`
  })

/** Writes every page, and the pictures beside them, into the folder that VitePress reads. */
export const writeSource = () => {
  rmSync(source, { recursive: true, force: true })
  mkdirSync(join(source, 'ko'), { recursive: true })
  const files = ['docs', 'docs/ko', '.'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name)),
  )
  for (const file of files) {
    const place = placeOf(file)
    if (place === undefined || !/\.(md|png|webp)$/.test(file)) continue
    mkdirSync(dirname(join(source, place)), { recursive: true })
    if (!file.endsWith('.md')) {
      cpSync(join(root, file), join(source, place))
      continue
    }
    const text = relinked(readFileSync(join(root, file), 'utf8'), file)
    writeFileSync(join(source, place), text)
    // What is in English alone is found from the Korean pages too.
    if (/^[A-Z]+\.md$/.test(file) && file !== 'README.md') writeFileSync(join(source, 'ko', place), text)
  }
}
