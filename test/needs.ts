import { spawnSync } from 'node:child_process'

/** What some tests need beyond npm: how to see that it is installed, and the Debian packages that bring it. */
const tools = {
  chromium: { probe: ['chromium', '--version'], packages: ['chromium', 'fonts-noto-cjk'] },
  python: {
    probe: ['/usr/bin/python3', '-c', 'import requests, httpx'],
    packages: ['python3', 'python3-requests', 'python3-httpx'],
  },
  php: {
    probe: ['php', '-r', 'exit(function_exists("curl_init") ? 0 : 1);'],
    packages: ['php-cli', 'php-curl'],
  },
  phpunit: { probe: ['phpunit', '--version'], packages: ['phpunit'] },
  pytest: { probe: ['/usr/bin/python3', '-m', 'pytest', '--version'], packages: ['python3-pytest'] },
  go: { probe: ['go', 'version'], packages: ['golang-go'] },
  java: { probe: ['javac', '--version'], packages: ['default-jdk-headless'] },
  junit: { probe: ['test', '-f', '/usr/share/java/junit-platform-console-standalone.jar'], packages: ['junit5'] },
  /** JSON Schema validators of Python, PHP and Go; Java's comes with Specmatic. */
  validators: {
    probe: [
      'sh',
      '-c',
      'python3 -c "import jsonschema" && php -r "require \'JsonSchema/autoload.php\';" && test -d /usr/share/gocode/src/github.com/xeipuuv/gojsonschema',
    ],
    packages: ['python3-jsonschema', 'php-json-schema', 'php-mbstring', 'golang-github-xeipuuv-gojsonschema-dev'],
  },
  keytool: { probe: ['keytool', '-help'], packages: ['default-jdk-headless'] },
  ruby: { probe: ['ruby', '--version'], packages: ['ruby'] },
  curl: { probe: ['curl', '--version'], packages: ['curl'] },
  openssl: { probe: ['openssl', 'version'], packages: ['openssl'] },
  patch: { probe: ['patch', '--version'], packages: ['patch'] },
  redis: { probe: ['redis-server', '--version'], packages: ['redis-server'] },
  fish: { probe: ['fish', '--version'], packages: ['fish'] },
  zsh: { probe: ['zsh', '--version'], packages: ['zsh'] },
  /** Network and mount namespaces, which only root on Linux may make. */
  unshare: { probe: ['unshare', '--net', '--mount', 'ip', 'link'], packages: ['util-linux', 'iproute2'] },
  /** Nothing to install: the test takes longer than a developer waits. */
  time: { probe: ['true'], packages: [] },
} as const

export type Tool = keyof typeof tools

const names = Object.keys(tools) as Tool[]

/** The tools that work here, by running each once. vitest.config.ts asks, so that no worker probes anything. */
export const installedTools = (): Tool[] =>
  names.filter((name) => {
    const [command, ...args] = tools[name].probe
    return spawnSync(command, args, { stdio: 'ignore' }).status === 0
  })

/** The one command that brings what is missing, or nothing where no package would. */
export const installCommand = (present: readonly string[]): string | undefined => {
  const packages = names.filter((name) => !present.includes(name)).flatMap((name) => tools[name].packages)
  return packages.length === 0 ? undefined : `apt-get install ${[...new Set(packages)].sort().join(' ')}`
}

const present = (process.env['TEST_TOOLS'] ?? '').split(',')

/** True where every named tool may be used: none in `npm test`, what is installed in `npm run test:all`. */
export const needs = (...wanted: Tool[]): boolean => wanted.every((name) => present.includes(name))
