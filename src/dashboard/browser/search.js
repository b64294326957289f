import { h } from './dom.js'

// Filters live in the address, so that a view can be kept, sent and reloaded.
export const currentRoute = () => {
  const [path = '', search = ''] = location.hash.replace(/^#\/?/, '').split('?')
  const [name = '', ...ids] = path.split('/').map(decoded)
  return { name: name || 'payments', ids: ids.filter((id) => id !== ''), query: new URLSearchParams(search) }
}

const decoded = (part) => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

let changed = () => {}
export const whenSearched = (after) => {
  changed = after
}

export const setQuery = (name, value) => {
  const { query } = currentRoute()
  if (value === '') query.delete(name)
  else query.set(name, value)
  const path = location.hash.split('?')[0] || '#/payments'
  history.replaceState(null, '', query.size > 0 ? `${path}?${query}` : path)
  changed()
}

export const searchBox = (name, label) =>
  h('input', {
    type: 'search',
    name,
    placeholder: label,
    'aria-label': label,
    autocomplete: 'off',
    spellcheck: 'false',
    value: currentRoute().query.get(name) ?? '',
    'data-testid': `search-${name}`,
    oninput: (event) => setQuery(name, event.target.value),
  })
