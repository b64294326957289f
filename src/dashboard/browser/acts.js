import { call, curl, t } from './api.js'
import { h } from './dom.js'

// What the page redraws itself with, and what became of the last act; set by main.js.
let redraw = () => {}
let done = () => {}
export const whenActed = (onRedraw, onDone) => {
  redraw = onRedraw
  done = onDone
}

const shown = new Set()
const busy = new Set()

// Buttons, each beside its curl. An act: { id, label, request, tone?, confirm?, disabled?, after?, submit? }.
export const acts = (key, list) =>
  h(
    'div',
    { class: 'acts', 'data-key': `acts-${key}` },
    h(
      'div',
      { class: 'buttons' },
      list.map((act) => pair(`${key}-${act.id}`, act)),
    ),
    list.filter((act) => shown.has(`${key}-${act.id}`)).map((act) => command(`${key}-${act.id}`, act)),
  )

const pair = (key, act) =>
  h(
    'span',
    { class: `pair ${act.tone ?? ''}`, 'data-key': key },
    h(
      'button',
      {
        type: act.submit ? 'submit' : 'button',
        disabled: act.disabled,
        'aria-busy': busy.has(key),
        'data-testid': `act-${act.id}`,
        onclick: act.submit ? undefined : () => run(key, act),
      },
      act.label,
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'reveal',
        'aria-expanded': String(shown.has(key)),
        'aria-label': t('curlOf', { label: act.label }),
        'data-testid': `curl-${act.id}`,
        onclick: () => {
          if (!shown.delete(key)) shown.add(key)
          redraw()
        },
      },
      'curl',
    ),
  )

const command = (key, act) =>
  h(
    'div',
    { class: 'command', 'data-key': `command-${key}` },
    code(curl(act.request), `command-${act.id}`, act.label),
    copyButton(curl(act.request)),
  )

// A box that scrolls must be reachable without a mouse.
export const code = (text, testid, label) =>
  h('pre', { class: 'code', tabindex: 0, role: 'group', 'aria-label': label ?? t('code'), 'data-testid': testid }, text)

export const copyButton = (text, label = t('copy')) =>
  h(
    'button',
    {
      type: 'button',
      class: 'quiet copy',
      onclick: async (event) => {
        const button = event.currentTarget
        const copied = await navigator.clipboard.writeText(text).then(
          () => true,
          () => false,
        )
        button.textContent = copied ? t('copied') : t('notCopied')
        setTimeout(() => redraw(), 1500)
      },
    },
    label,
  )

// Carries an act out once, however often it is pressed, and says at the foot of the page what came of it.
export const run = async (key, act) => {
  if (busy.has(key)) return
  if (act.confirm && !(await confirmed(act))) return
  busy.add(key)
  redraw()
  const answer = await call(act.request)
  busy.delete(key)
  if (answer.ok) act.after?.(answer.body)
  done(act, answer)
}

// A form whose submit is an act. `act` is worked out from what the fields hold at the moment.
export const actForm = (key, act, ...children) =>
  h(
    'form',
    {
      class: 'sheet',
      'data-key': `form-${key}`,
      'data-testid': `form-${key}`,
      onsubmit: (event) => {
        event.preventDefault()
        run(`${key}-${act.id}`, act)
      },
    },
    children,
    acts(key, [{ ...act, submit: true }]),
  )

const confirmed = (act) =>
  new Promise((resolve) => {
    const dialog = h(
      'dialog',
      { class: 'ask', 'aria-labelledby': 'ask-title' },
      h('h2', { id: 'ask-title' }, act.label),
      h('p', null, act.confirm),
      code(curl(act.request)),
      h(
        'form',
        { method: 'dialog', class: 'buttons' },
        h('button', { value: 'no', class: 'quiet' }, t('no')),
        h('button', { value: 'yes', class: 'danger', 'data-testid': 'confirm' }, act.label),
      ),
    )
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'yes')
      dialog.remove()
    })
    document.body.append(dialog)
    dialog.showModal()
  })

const drafts = new Map()

// What a form holds, kept beside the page so that a redraw loses nothing.
export const draft = (key, initial) => {
  if (!drafts.has(key)) drafts.set(key, { ...initial })
  return drafts.get(key)
}
export const forget = (key) => drafts.delete(key)

const set = (values, name, after) => (event) => {
  const { type, checked, value } = event.target
  values[name] = type === 'checkbox' ? checked : value
  after?.()
  redraw()
}

export const field = (values, name, label, attributes = {}) =>
  h(
    'label',
    { class: 'field' },
    h('span', null, label),
    attributes.rows
      ? h('textarea', { ...attributes, name, oninput: set(values, name) }, values[name])
      : h('input', {
          type: 'text',
          autocomplete: 'off',
          spellcheck: 'false',
          ...attributes,
          name,
          value: values[name],
          oninput: set(values, name),
        }),
  )

// `options`: [value, label] pairs.
export const choice = (values, name, label, options, after) =>
  h(
    'label',
    { class: 'field' },
    h('span', null, label),
    h(
      'select',
      { name, onchange: set(values, name, after) },
      options.map(([value, text]) => h('option', { value, selected: values[name] === value, 'data-key': value }, text)),
    ),
  )

export const tick = (values, name, label) =>
  h(
    'label',
    { class: 'tick' },
    h('input', { type: 'checkbox', name, checked: values[name], onchange: set(values, name) }),
    h('span', null, label),
  )
