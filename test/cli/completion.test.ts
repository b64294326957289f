import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dispatch } from '../../src/cli/dispatch.ts'
import { needs } from '../needs.ts'

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
      "-n '__kakaopay_mock_at serve' -l no-journal -d 'Turn off: Keep the calls, so that they can be looked at'",
    )
  })

  test.skipIf(!needs('fish'))('fish itself completes by it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-fish-'))
    writeFileSync(join(folder, 'completion'), await script('fish'))
    const complete = (line: string) =>
      spawnSync('fish', ['--no-config', '-c', 'source completion; complete -C $argv[1]', line], {
        cwd: folder,
        encoding: 'utf8',
      })
    expect(complete('kakaopay-mock se').stdout).toBe('serve\tStart the server\n')
    expect(complete('kakaopay-mock check server --key').stdout).toMatch(/^--key-env\t.*\n$/)
    expect(complete('kakaopay-mock serve --redirects r').stdout).toMatch(/^real\t.*\n$/)
    rmSync(folder, { recursive: true })
  })

  test.skipIf(!needs('zsh'))('zsh itself completes by it, at its prompt', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-zsh-'))
    writeFileSync(join(folder, 'completion'), await script('zsh'))
    // A shell in a terminal of its own. The function says what the line became; its quotes keep READY out of the echo.
    const prompt = `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "autoload -Uz compinit; compinit -u -D; source completion; kakaopay-mock() { print -r -- \\"<\\$*>\\" }; print REA''DY"
zpty -r shell output '*READY*'
zpty -w -n shell $'kakaopay-mock serve --redi\\t real\\n'
zpty -r shell output '*<*>*'
print -r -- $output
zpty -w -n shell $'kakaopay-mock check se\\t --key\\t NAME\\n'
zpty -r shell output '*<*>*'
print -r -- $output
zpty -d shell`
    const { stdout } = spawnSync('zsh', ['-f', '-c', prompt], { cwd: folder, encoding: 'utf8', timeout: 50_000 })
    rmSync(folder, { recursive: true })
    expect(stdout.match(/<.*>/g)).toEqual(['<serve --redirects real>', '<check server --key-env NAME>'])
  })
})
