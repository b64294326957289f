/**
 * Whether a redirect URL is in one of the registered web domains: scheme, host and port must be equal, `*.shop.example` takes any
 * subdomain (documented: up to 10 domains, http and https apart, wildcards allowed). An app scheme counts with its `scheme://` alone.
 */
export const isRegistered = (url: string, domains: readonly string[]): boolean => {
  const { scheme, authority } = schemeAndAuthority(url)
  return domains.some((domain) => {
    const registered = schemeAndAuthority(domain)
    if (registered.scheme !== scheme) return false
    if (!isWeb(scheme)) return true
    if (!registered.authority.startsWith('*.')) return registered.authority === authority
    return authority.endsWith(registered.authority.slice(1))
  })
}

const isWeb = (scheme: string) => scheme === 'http' || scheme === 'https'

/** Not `new URL`: it throws on some URLs that must be compared, and gives app schemes no authority. */
const schemeAndAuthority = (url: string) => {
  const colon = url.indexOf(':')
  const scheme = url.slice(0, colon).toLowerCase()
  const rest = url.slice(colon + 1).replace(/^\/\//, '')
  const end = rest.search(/[/?#\\]/)
  const authority = (end < 0 ? rest : rest.slice(0, end)).toLowerCase()
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  return { scheme, authority: host.replace(scheme === 'https' ? /:443$/ : /:80$/, '') }
}
