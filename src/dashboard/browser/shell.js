import { call, t } from './api.js'
import { h } from './dom.js'

const YEAR_S = 31_536_000
const remember = (name, value) => {
  // A cookie, so that the server sends the page as it was chosen and nothing flashes.
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing where the page is not https.
  document.cookie = `${name}=${value}; Path=/_mock; Max-Age=${YEAR_S}; SameSite=Strict`
}

// The parts that the server drew: the skip link, the language and the theme.
export const dressPage = () => {
  const main = document.getElementById('main')
  document.getElementById('skip').onclick = (event) => {
    event.preventDefault()
    const heading = main.querySelector('h1') ?? main
    heading.focus()
  }
  const language = document.getElementById('language')
  language.onclick = (event) => {
    event.preventDefault()
    remember('kakaopay_mock_lang', language.lang)
    location.reload()
  }
  const theme = document.getElementById('theme')
  theme.onchange = () => {
    remember('kakaopay_mock_theme', theme.value)
    if (theme.value === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme.value
  }
}

let asking

// Resolves to true once the server has taken the token. Several calls that were refused at once ask once.
export const askToken = () => {
  asking ??= ask().finally(() => {
    asking = undefined
  })
  return asking
}

const ask = () =>
  new Promise((resolve) => {
    const input = h('input', {
      type: 'password',
      name: 'token',
      required: true,
      autocomplete: 'current-password',
      'data-testid': 'token',
    })
    const wrong = h('p', { class: 'message', role: 'alert' })
    const form = h(
      'form',
      null,
      h('label', { class: 'field' }, h('span', null, t('token.label')), input),
      wrong,
      h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'primary' }, t('token.enter'))),
    )
    const dialog = h(
      'dialog',
      { class: 'ask', 'aria-labelledby': 'token-title' },
      h('h2', { id: 'token-title' }, t('token.title')),
      h('p', null, t('token.text')),
      form,
    )
    form.onsubmit = async (event) => {
      event.preventDefault()
      const { ok, body } = await call({ method: 'POST', path: '/_mock/session', body: { token: input.value } })
      if (ok) dialog.close('yes')
      else wrong.textContent = body?.error_message ?? t('token.wrong')
    }
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'yes')
      dialog.remove()
    })
    document.body.append(dialog)
    dialog.showModal()
  })
