import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** `-p HOST:8585:8585`, `--publish=…`, and the entries of `ports:` in a Compose file or a CI job. */
const PUBLISHED = /(?:-p |--publish[ =]|ports: \[|- )['"]?((?:[\d.$[\]:{}\w-]*:)?\d{2,5}:\d{2,5})\b/g

test('every example that publishes a port does so on loopback alone', () => {
  const files = [
    ...readdirSync(root),
    ...['docs', 'examples'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    ),
  ].filter((file) => /(\.(md|ya?ml|sh)|Dockerfile)$/.test(file) && !file.includes('node_modules'))
  const published = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(PUBLISHED)].map(([, port]) => `${file} ${port}`),
  )
  expect(published.length).toBeGreaterThan(4)
  expect(published.filter((line) => !line.includes(' 127.0.0.1:'))).toEqual([])
})
