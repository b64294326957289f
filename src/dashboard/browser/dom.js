// A view is made anew from its data and laid over what is there, so that focus, scroll position and what is unfolded stay.

const HANDLERS = ['onclick', 'oninput', 'onchange', 'onsubmit', 'onkeydown']

// The only way in which anything comes onto the page: a string becomes a text node, never markup.
export const h = (tag, attributes, ...children) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue
    if (name.startsWith('on')) element[name] = value
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...nodes(children))
  return element
}

const nodes = (children) =>
  children
    .flat(Number.POSITIVE_INFINITY)
    .filter((child) => child !== null && child !== undefined && child !== false && child !== '')
    .map((child) => (child instanceof Node ? child : String(child)))

// What a client sent. Isolated, so that marks for right-to-left writing in it turn nothing else around.
export const foreign = (text, attributes) => h('bdi', attributes, text)

const isSame = (a, b) => a.nodeName === b.nodeName && keyOf(a) === keyOf(b)
const keyOf = (node) => node.dataset?.key

export const morph = (old, next) => {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== next.data) old.data = next.data
    return
  }
  morphAttributes(old, next)
  for (const name of HANDLERS) if (old[name] !== next[name]) old[name] = next[name]
  // What stands in a text area is its first value alone; to touch it while somebody types would disturb the typing.
  if (old.nodeName !== 'TEXTAREA') morphChildren(old, next)
  morphValue(old, next)
}

// Whether something is unfolded is up to the reader, and a list that was just seen does not announce itself again.
const isReaders = (element, name) => element.nodeName === 'DETAILS' && name === 'open'

const morphAttributes = (old, next) => {
  for (const { name } of [...old.attributes])
    if (!next.hasAttribute(name) && !isReaders(old, name)) old.removeAttribute(name)
  for (const { name, value } of next.attributes)
    if (old.getAttribute(name) !== value && !isReaders(old, name)) old.setAttribute(name, value)
}

// Every field says at each keystroke what it holds, so a difference here means that the program changed it.
const morphValue = (old, next) => {
  if (!/^(INPUT|SELECT|TEXTAREA)$/.test(old.nodeName)) return
  if (old.value !== next.value) old.value = next.value
  if (old.checked !== next.checked) old.checked = next.checked
}

const morphChildren = (old, next) => {
  const wanted = [...next.childNodes]
  const keys = new Set(wanted.map(keyOf))
  const keyed = new Map()
  for (const child of [...old.childNodes]) {
    const key = keyOf(child)
    if (key === undefined) continue
    if (keys.has(key)) keyed.set(key, child)
    else child.remove()
  }
  let at = old.firstChild
  for (const child of wanted) {
    const key = keyOf(child)
    const found = key === undefined ? at : keyed.get(key)
    if (!found || !isSame(found, child)) old.insertBefore(child, at)
    else {
      if (found === at) at = at.nextSibling
      else old.insertBefore(found, at)
      morph(found, child)
    }
  }
  while (at) {
    const gone = at
    at = at.nextSibling
    gone.remove()
  }
}
