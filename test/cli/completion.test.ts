import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { dispatch } from '../../src/cli/dispatch.ts'

const script = async (shell: string) => {
  let stdout = ''
  const write = (text: string) => (stdout += text)
  await dispatch(['completion', shell], { stdout: { write }, stderr: { write }, env: {} })
  return stdout
}

/** What bash offers behind these words; the last one is under the cursor. */
const offered = (completion: string, ...words: string[]): string[] => {
  const list = ['kakaopay-mock', ...words].map((word) => `'${word}'`).join(' ')
  const run = `${completion}\nCOMP_WORDS=(${list}); COMP_CWORD=${words.length}; _kakaopay_mock; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', run], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout.split('\n').filter(Boolean)
}

describe('completion', () => {
  test('bash: commands, parts, flags of the command and values of a flag', async () => {
    const bash = await script('bash')
    expect(offered(bash, 'se')).toEqual(['serve'])
    expect(offered(bash, '')).toContain('completion')
    expect(offered(bash, 'check', '')).toEqual(['server', 'client', 'traffic', 'list', 'show'])
    expect(offered(bash, 'check', 'server', '--no')).toEqual([])
    expect(offered(bash, 'check', 'server', '--key')).toEqual(['--key-env'])
    expect(offered(bash, 'serve', '--port', '1', '--redi')).toEqual(['--redirects'])
    expect(offered(bash, 'serve', '--redirects', '')).toEqual(['local', 'real'])
    expect(offered(bash, 'serve', '--no-j')).toEqual(['--no-journal'])
    expect(offered(bash, 'pay', '--action', 'ex')).toEqual(['expire'])
    expect(offered(bash, 'help', 'ch')).toEqual(['check'])
    expect(offered(bash, 'completion', '')).toEqual(['bash', 'zsh', 'fish'])
  })

  test('zsh: loads the same through its bash layer', async () => {
    const zsh = await script('zsh')
    expect(zsh).toMatch(/^#compdef kakaopay-mock\nautoload -Uz bashcompinit && bashcompinit\n/)
    expect(zsh.endsWith(await script('bash'))).toBe(true)
  })

  test('fish: a line for every command and flag, with its help', async () => {
    const fish = await script('fish')
    expect(fish).toContain("complete -c kakaopay-mock -n __kakaopay_mock_at -a serve -d 'Start the server'")
    expect(fish).toContain("-n '__kakaopay_mock_at check' -a server")
    expect(fish).toContain("-n '__kakaopay_mock_at serve' -l redirects -x -a 'local real' -d ")
    expect(fish).toContain(
      "-n '__kakaopay_mock_at serve' -l no-journal -d 'Keep the calls, so that they can be looked at'",
    )
  })
})
