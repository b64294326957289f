import type { AuthorityPaths } from './authority.ts'
import { kakaoPayHosts } from './hosts.ts'
import { TRUST_STORE_PASSWORD } from './truststore.ts'

/** Where a client finds what it needs to reach the mock. */
export interface Access {
  readonly paths: AuthorityPaths
  /** `http://127.0.0.1:PORT`. Absent: the variables for trust alone. */
  readonly proxyUrl?: string
  /** `http://127.0.0.1:PORT` of the mock, for the preload. */
  readonly mockUrl?: string
  /** A file: URL of the preload. Absent: Node programs are given no preload. */
  readonly preloadUrl?: string
}

/** What one runtime reads. */
export interface Runtime {
  readonly name: string
  readonly variables: Readonly<Record<string, string>>
  /** What these variables do not do. */
  readonly note?: string
}

/** Local servers of the program itself are not asked for through the proxy. */
const NO_PROXY = 'localhost,127.0.0.1,::1'

/** Every runtime that is known to need something, and what it reads. */
export const runtimes = (access: Access): readonly Runtime[] => [
  ...(access.proxyUrl
    ? [{ name: 'every runtime that reads proxy variables', variables: proxyVariables(access.proxyUrl) }]
    : []),
  node(access),
  {
    name: 'Python (requests, httpx, urllib)',
    variables: { REQUESTS_CA_BUNDLE: access.paths.bundle, SSL_CERT_FILE: access.paths.bundle },
  },
  { name: 'curl', variables: { CURL_CA_BUNDLE: access.paths.bundle } },
  {
    name: 'Go, Ruby, Rust (native-tls), .NET on Linux, OpenSSL',
    variables: { SSL_CERT_FILE: access.paths.bundle },
    note: 'A Go http.Transport without Proxy ignores the proxy.',
  },
  {
    name: 'PHP',
    variables: { PHP_INI_SCAN_DIR: `:${access.paths.phpDir}` },
    note: 'PHP’s streams (file_get_contents) ignore the proxy variables.',
  },
  java(access),
  { name: 'Deno', variables: { DENO_CERT: access.paths.ca }, note: 'Not run by the tests.' },
]

/** All of them in one, over `inherited`. What the user has put into NODE_OPTIONS, JAVA_TOOL_OPTIONS and PHP_INI_SCAN_DIR is kept. */
export const environmentFor = (
  access: Access,
  inherited: Readonly<Record<string, string | undefined>> = {},
): Record<string, string | undefined> => {
  const environment = { ...inherited }
  for (const { variables } of runtimes(access))
    for (const [name, value] of Object.entries(variables)) environment[name] = joined(name, inherited[name], value)
  return environment
}

/** Node 24 reads the proxy variables where NODE_USE_ENV_PROXY is set; the preload serves every version, and calls that ignore proxies. */
const node = ({ paths, mockUrl, preloadUrl, proxyUrl }: Access): Runtime => ({
  name: 'Node',
  variables: {
    NODE_EXTRA_CA_CERTS: paths.ca,
    ...(proxyUrl ? { NODE_USE_ENV_PROXY: '1' } : {}),
    ...(mockUrl ? { KAKAOPAY_MOCK_URL: mockUrl } : {}),
    ...(mockUrl && preloadUrl ? { NODE_OPTIONS: `--import=${preloadUrl}` } : {}),
  },
})

const java = ({ paths, proxyUrl }: Access): Runtime => {
  const properties: Record<string, string> = {
    'javax.net.ssl.trustStore': paths.trustStore,
    'javax.net.ssl.trustStorePassword': TRUST_STORE_PASSWORD,
    'javax.net.ssl.trustStoreType': 'PKCS12',
  }
  if (proxyUrl) {
    const { hostname, port } = new URL(proxyUrl)
    for (const scheme of ['http', 'https']) {
      properties[`${scheme}.proxyHost`] = hostname
      properties[`${scheme}.proxyPort`] = port
    }
    properties['http.nonProxyHosts'] = 'localhost|127.*|[::1]'
  }
  const options = Object.entries(properties).map(([name, value]) => quoted(`-D${name}=${value}`))
  return {
    name: 'Java',
    variables: { JAVA_TOOL_OPTIONS: options.join(' ') },
    note: 'A client that brings its own HTTP stack (Reactor Netty) reads the trust store, but not the proxy properties.',
  }
}

/** Both cases: curl and Ruby read only the lower one, Go and .NET either, and Ruby takes http_proxy for https as well. */
const proxyVariables = (proxyUrl: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl, ALL_PROXY: proxyUrl, NO_PROXY }).flatMap(
      ([name, value]) => [
        [name, value],
        [name.toLowerCase(), value],
      ],
    ),
  )

/** The JVM splits the variable at white space, unless it is quoted. */
const quoted = (option: string) => (/\s/.test(option) ? `"${option}"` : option)

const lists: Readonly<Record<string, string>> = { NODE_OPTIONS: ' ', JAVA_TOOL_OPTIONS: ' ' }

/** Ours comes last: in these lists the last one wins. An inherited NO_PROXY is replaced, since it may name KakaoPay. */
const joined = (name: string, before: string | undefined, ours: string): string => {
  if (!before) return ours
  if (name === 'PHP_INI_SCAN_DIR') return `${before}${ours}`
  return name in lists ? `${before}${lists[name]}${ours}` : ours
}

/** The line for /etc/hosts that brings KakaoPay's names to this machine. */
export const hostsLine = (address = '127.0.0.1'): string => `${address} ${kakaoPayHosts.join(' ')}`
