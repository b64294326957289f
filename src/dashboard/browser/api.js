// The control API, as anybody else would call it: the dashboard has no way of its own into the server.

const words = JSON.parse(document.getElementById('words').textContent)

// A word of the page in its language; `{n}` is filled in.
export const t = (key, values = {}) =>
  (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole))

export const has = (key) => key in words

const STORED = 'kakaopay-mock.namespace'
let chosen = ''
try {
  chosen = sessionStorage.getItem(STORED) ?? ''
} catch {
  // A browser may forbid storage; then the choice lasts as long as the page.
}

// Which namespace is looked at and acted on; none means all of them.
export const namespace = () => chosen
export const chooseNamespace = (name) => {
  chosen = name
  try {
    sessionStorage.setItem(STORED, name)
  } catch {
    // As above.
  }
}
export const scope = () => (chosen === '' ? {} : { namespace: chosen })

const target = ({ path, query = {} }) => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

let guarded = false
let askToken = async () => false

// The page gives a way to ask for the token; a call that was refused for want of it is made again.
export const whenLocked = (ask) => {
  askToken = ask
}

// Resolves to { ok, status, body, ms }, also where the server could not be reached.
export const call = async (request) => {
  const started = performance.now()
  const answer = await attempt(request)
  if (answer.status === 401 && request.path !== '/_mock/session' && (await askToken())) {
    guarded = true
    return call(request)
  }
  return { ...answer, ms: Math.round(performance.now() - started) }
}

const attempt = async (request) => {
  const { method = 'GET', body } = request
  try {
    const response = await fetch(target(request), {
      method,
      cache: 'no-store',
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { ok: response.ok, status: response.status, body: parsed(text) }
  } catch {
    return { ok: false, status: 0, body: { error_message: t('unreachable') } }
  }
}

const parsed = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

// The body of a GET, or an error whose message can be shown.
export const get = async (path, query) => {
  const { ok, status, body } = await call({ path, query })
  if (ok) return body
  throw new Error(body?.error_message ?? `${status} ${path}`)
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`

// The same call for a shell. The token stays out of it: a command is pasted into places where no secret belongs.
export const curl = (request) => {
  const { method = 'GET', body } = request
  const lines = [`curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(location.origin + target(request))}`]
  if (guarded) lines.push('-H "Authorization: Bearer $KAKAOPAY_MOCK_CONTROL_TOKEN"')
  if (body !== undefined) lines.push("-H 'content-type: application/json'", `-d ${quoted(JSON.stringify(body))}`)
  return lines.join(' \\\n  ')
}

const catalogues = new Map()

// What cannot change while the server runs is asked for once.
export const catalogue = async (path) => {
  if (!catalogues.has(path)) catalogues.set(path, await get(path))
  return catalogues.get(path)
}
