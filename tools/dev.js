/** `npm run dev -- [flags of serve]`: bundles the server at each change and restarts it. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { context } from 'esbuild'
import { browser, raw } from '../build.js'

const root = resolve(import.meta.dirname, '..')
// Below the project's folder, so that the bundle finds node_modules and fixtures/.
const outfile = resolve(root, 'node_modules/.cache/dev/cli.mjs')

let server
const restart = {
  name: 'restart',
  setup(build) {
    build.onEnd(({ errors }) => {
      if (errors.length > 0) return
      const start = () => {
        server = spawn(process.execPath, ['--enable-source-maps', outfile, 'serve', ...process.argv.slice(2)], {
          stdio: 'inherit',
        })
      }
      if (!server || server.exitCode !== null) return start()
      server.once('exit', start)
      server.kill()
    })
  },
}

const watched = await context({
  entryPoints: [resolve(root, 'src/cli/main.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  plugins: [raw, browser, restart],
  logLevel: 'warning',
})
await watched.watch()

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, async () => {
    await watched.dispose()
    if (!server || server.exitCode !== null) process.exit(0)
    server.once('exit', (code) => process.exit(code ?? 0))
    server.kill(signal)
  })
