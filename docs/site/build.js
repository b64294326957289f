/** `npm run docs`: the pages as a site with search in artefacts/site. A dead link fails it. VitePress is installed apart, on the first run. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeSource } from './pages.js'

const run = (command, ...args) => {
  const { status } = spawnSync(command, args, { cwd: import.meta.dirname, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

if (!existsSync(join(import.meta.dirname, 'node_modules')))
  run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund')
writeSource()
run(process.execPath, 'node_modules/vitepress/bin/vitepress.js', 'build')
