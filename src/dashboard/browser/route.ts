import { signal } from '@preact/signals'

/** Where the page is: `#/payments/T123?text=milk`. Filters stand in the address, so a view can be kept, sent and reloaded. */
export interface Route {
  readonly name: string
  readonly ids: readonly string[]
  readonly query: URLSearchParams
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** A payer comes back to `/_mock/?order=…` from a payment that was made here: its order is looked for. */
const returned = new URLSearchParams(location.search).get('order')
if (returned !== null)
  history.replaceState(null, '', `${location.pathname}#/payments?text=${encodeURIComponent(returned)}`)

/** Where the address points now: a change of it reaches `route` a moment later. */
export const current = (): Route => {
  const [path = '', search = ''] = location.hash.replace(/^#\/?/, '').split('?')
  const [name = '', ...ids] = path.split('/').map(decoded)
  return { name: name || 'payments', ids: ids.filter((id) => id !== ''), query: new URLSearchParams(search) }
}

export const route = signal(current())

/** True from a step to another address until its view is drawn: then the keyboard goes on there. */
export const arrival = { isDue: false }

addEventListener('hashchange', () => {
  arrival.isDue = true
  route.value = current()
})

/** An address with the present filters. */
export const hrefOf = (...path: readonly string[]): string => {
  const { query } = route.value
  return `#/${path.map(encodeURIComponent).join('/')}${query.size > 0 ? `?${query}` : ''}`
}

export const setQuery = (changes: Readonly<Record<string, string>>): void => {
  const { query, name } = route.value
  for (const [key, value] of Object.entries(changes)) {
    if (value === '') query.delete(key)
    else query.set(key, value)
  }
  const path = location.hash.split('?')[0] || `#/${name}`
  history.replaceState(null, '', query.size > 0 ? `${path}?${query}` : path)
  route.value = current()
}
