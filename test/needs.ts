import { spawnSync } from 'node:child_process'

/** What a few tests need beyond npm, how to see that it is there, and how to get it (Debian). */
const tools = {
  chromium: { probe: ['chromium', '--version'], get: 'apt-get install chromium fonts-noto-cjk' },
  python: {
    probe: ['/usr/bin/python3', '-c', 'import requests, httpx'],
    get: 'apt-get install python3 python3-requests python3-httpx',
  },
  php: { probe: ['php', '-r', 'exit(function_exists("curl_init") ? 0 : 1);'], get: 'apt-get install php-cli php-curl' },
  go: { probe: ['go', 'version'], get: 'apt-get install golang-go' },
  java: { probe: ['java', '--version'], get: 'apt-get install default-jdk-headless' },
  ruby: { probe: ['ruby', '--version'], get: 'apt-get install ruby' },
  curl: { probe: ['curl', '--version'], get: 'apt-get install curl' },
  openssl: { probe: ['openssl', 'version'], get: 'apt-get install openssl' },
  keytool: { probe: ['keytool', '-help'], get: 'apt-get install default-jdk-headless' },
  patch: { probe: ['patch', '--version'], get: 'apt-get install patch' },
  unshare: {
    probe: ['unshare', '--net', '--mount', 'ip', 'link'],
    get: 'run as root on Linux: apt-get install util-linux iproute2',
  },
} as const

export type Tool = keyof typeof tools

const found = new Map<Tool, boolean>()

const skipped = (name: Tool): false => {
  process.stderr.write(`skipped for want of ${name}: ${tools[name].get}\n`)
  return false
}

/**
 * True where the tool works. False, with a line that says how to get it, where it does not. With KAKAOPAY_MOCK_TEST_ALL=1 it is
 * always true, so that a missing tool fails the test instead of skipping it; with 0 always false, as on a machine that has npm alone.
 */
export const needs = (...names: Tool[]): boolean =>
  names.every((name) => {
    if (process.env['KAKAOPAY_MOCK_TEST_ALL'] === '1') return true
    if (process.env['KAKAOPAY_MOCK_TEST_ALL'] === '0') return skipped(name)
    if (!found.has(name)) {
      const [command, ...args] = tools[name].probe
      const works = spawnSync(command, args, { stdio: 'ignore' }).status === 0
      if (!works) skipped(name)
      found.set(name, works)
    }
    return found.get(name) === true
  })
