import { code, copyButton, forget, whenActed } from './acts.js'
import { chooseNamespace, curl, get, namespace, t, whenLocked } from './api.js'
import { applications } from './applications.js'
import { audit } from './audit.js'
import { clock } from './clock.js'
import { h, morph } from './dom.js'
import { faults } from './faults.js'
import { empty, httpStatus } from './format.js'
import { journal } from './journal.js'
import { listen } from './live.js'
import { namespaces } from './namespaces.js'
import { payments } from './payments.js'
import { refusals } from './refusals.js'
import { currentRoute, whenSearched } from './search.js'
import { askToken, dressPage } from './shell.js'

const views = { payments, journal, faults, clock, namespaces, applications, audit, refusals }

const main = document.getElementById('main')
const foot = document.getElementById('last')
const picker = document.getElementById('namespace')

let data
let failure
let drawn = ''
let tickets = 0

const viewOf = ({ name }) => views[name] ?? payments

const draw = () => {
  const route = currentRoute()
  // Another view's data would not fit: the redraw waits for its own.
  if (drawn !== route.name && failure === undefined) return
  const content = failure ? trouble(failure) : viewOf(route).view(data, route)
  morph(main, h('main', { id: 'main', tabindex: -1, 'data-view': route.name }, content))
}

const trouble = (error) => [
  empty(t('trouble'), error.message),
  h('p', { class: 'links' }, h('button', { type: 'button', onclick: () => load() }, t('again'))),
]

// Only the newest answer is shown, in whatever order they come in.
const load = async () => {
  const ticket = ++tickets
  const route = currentRoute()
  try {
    const loaded = await viewOf(route).load(route)
    if (ticket !== tickets) return
    data = loaded
    failure = undefined
  } catch (error) {
    if (ticket !== tickets) return
    failure = error
  }
  drawn = route.name
  main.removeAttribute('aria-busy')
  draw()
}

const navigate = async () => {
  const { name } = currentRoute()
  for (const link of document.querySelectorAll('#nav a')) {
    const isHere = link.getAttribute('href') === `#/${name}`
    if (isHere) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
    if (isHere) inSight(link)
  }
  document.title = `${t(`nav.${name in views ? name : 'payments'}`)} · kakaopay-mock`
  // A form that was filled in for one payment is not offered for another.
  if (name === 'faults' && currentRoute().query.has('tid')) forget('rule')
  await load()
}

// On a phone the views are a row that scrolls. Not by scrollIntoView: Chromium then lets Tab go on from there, past the way to the content.
const inSight = (link) => {
  const row = link.parentElement
  const { left, width } = link.getBoundingClientRect()
  row.scrollLeft += left + width / 2 - row.getBoundingClientRect().left - row.clientWidth / 2
}

// After a step to another view the keyboard and the screen reader go on there, not at the top of the page.
const arrive = async () => {
  await navigate()
  const heading = main.querySelector('[data-focus]') ?? main.querySelector('h1')
  heading?.focus()
  main.querySelector('.detail')?.scrollTo(0, 0)
}

let last

const drawLast = () => {
  const { act, answer } = last
  morph(
    foot,
    h(
      'footer',
      { id: 'last', class: answer.ok ? '' : 'failed' },
      h(
        'div',
        { class: 'last-line', role: 'status', 'data-testid': 'last' },
        h('b', null, act.label),
        h('code', null, `${act.request.method} ${act.request.path}`),
        answer.status > 0 && httpStatus(answer.status),
        !answer.ok && h('span', { class: 'message' }, answer.body?.error_message ?? ''),
        h('span', { class: 'took' }, `${answer.ms} ms`),
      ),
      h(
        'details',
        { 'data-key': 'last-more' },
        h('summary', null, t('last.more')),
        h('div', { class: 'command' }, code(curl(act.request), 'last-curl', 'curl'), copyButton(curl(act.request))),
        code(JSON.stringify(answer.body, null, 2), 'last-answer', t('call.answer')),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'quiet',
          'aria-label': t('close'),
          onclick: () => morph(foot, h('footer', { id: 'last', hidden: true })),
        },
        '×',
      ),
    ),
  )
}

const SHOWN_NAMESPACES = 200

const drawPicker = async () => {
  const { namespaces: all } = await get('/_mock/namespaces', { limit: SHOWN_NAMESPACES }).catch(() => ({
    namespaces: [],
  }))
  const names = all.map(({ name, key }) => [name, key ? `${name} (${key})` : name])
  const chosen = namespace()
  if (chosen !== '' && !names.some(([name]) => name === chosen)) names.unshift([chosen, chosen])
  const options = [['', t('allNamespaces')], ...names]
  morph(
    picker,
    h(
      'select',
      { id: 'namespace' },
      options.map(([value, text]) => h('option', { value, selected: value === chosen, 'data-key': value }, text)),
    ),
  )
  picker.onchange = choose
}

const choose = () => {
  chooseNamespace(picker.value)
  listen.again()
  load()
}

whenActed(
  () => draw(),
  (act, answer) => {
    last = { act, answer }
    drawLast()
    load()
  },
)
whenSearched(load)
whenLocked(askToken)
dressPage()
addEventListener('hashchange', arrive)
await navigate()
await drawPicker()
listen({
  wants: (type) => viewOf(currentRoute()).watch.includes(type),
  load,
  others: (type) => (type === 'namespace' || type === 'payment' || type === 'reset') && drawPicker,
})
