import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { needs, type Tool } from '../../needs.ts'
import { checkProgram, clientFixtures, found, troubles } from './client-under-test.ts'

const clients: readonly { readonly language: string; readonly tool: Tool; readonly command: readonly string[] }[] = [
  { language: 'Node', tool: 'time', command: [process.execPath, 'examples/node/client.mjs'] },
  { language: 'Python', tool: 'python', command: ['/usr/bin/python3', 'examples/python/client.py'] },
  { language: 'PHP', tool: 'php', command: ['php', 'examples/php/client.php'] },
  { language: 'Go', tool: 'go', command: ['go', 'run', 'examples/go/client.go'] },
  { language: 'Java', tool: 'java', command: ['java', 'examples/java/Client.java'] },
  { language: 'sh with curl', tool: 'curl', command: ['sh', 'examples/shell/client.sh'] },
]

describe('the example client', () => {
  for (const { language, tool, command } of clients) {
    test.skipIf(!needs(tool))(`in ${language} keeps every rule`, { timeout: 120_000 }, async () => {
      const results = await checkProgram(command)
      expect(troubles(results)).toEqual([])
      expect(results).toHaveLength(clientFixtures.length)
    })
  }

  test.skipIf(!needs('time'))(
    'that is careless breaks exactly the rules that its list says',
    { timeout: 120_000 },
    async () => {
      const results = await checkProgram([process.execPath, 'examples/careless/client.mjs'], clientFixtures, {
        graceMs: 1500,
      })
      expect(found(results)).toEqual(JSON.parse(readFileSync('examples/careless/expected.json', 'utf8')))
    },
  )
})
