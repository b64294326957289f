// The page works without this script. It counts down, polls the payment's status, and follows the redirect as the real waiting screen does.
;(() => {
  const POLL_MS = 1000
  const { body } = document
  const { status: statusPath, watch, moves } = body.dataset

  // A page restored from the back/forward cache would show an outdated payment.
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload()
  })

  let sent = false
  // A second press while the first is on its way would be a second submission.
  for (const form of document.querySelectorAll('form[data-once]')) {
    form.addEventListener('submit', (event) => {
      if (sent) event.preventDefault()
      sent = true
      form.setAttribute('aria-busy', 'true')
    })
  }

  const list = document.querySelector('[data-tabs]')
  if (list) {
    const tabs = [...list.querySelectorAll('[role=tab]')]
    const select = (tab) => {
      for (const other of tabs) {
        const chosen = other === tab
        other.setAttribute('aria-selected', String(chosen))
        other.tabIndex = chosen ? 0 : -1
        document.getElementById(other.getAttribute('aria-controls')).hidden = !chosen
      }
      tab.focus()
      history.replaceState(null, '', tab.getAttribute('href'))
    }
    list.addEventListener('click', (event) => {
      const tab = event.target.closest('[role=tab]')
      if (!tab || event.metaKey || event.ctrlKey) return
      event.preventDefault()
      select(tab)
    })
    list.addEventListener('keydown', (event) => {
      const at = tabs.indexOf(document.activeElement)
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
      if (event.key === ' ') select(tabs[at])
      else if (to !== undefined) select(tabs[(to + tabs.length) % tabs.length])
      else return
      event.preventDefault()
    })
  }

  if (!statusPath) return
  const clocks = document.querySelectorAll('[data-countdown]')
  let end = performance.now() + Number(body.dataset.remaining)
  let left = false

  const show = () => {
    const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000))
    const two = (n) => String(n).padStart(2, '0')
    for (const clock of clocks) {
      clock.textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`
      clock.classList.toggle('soon', seconds <= 60)
    }
  }

  // After a button the browser is already being redirected: assigning again would call the merchant twice. An app's scheme leaves this
  // page in place, so it reloads and shows the result.
  const moveOn = (url) => {
    left = true
    if (!sent) location.assign(url)
    if (!/^https?:/i.test(url)) setTimeout(() => location.reload(), POLL_MS)
  }

  // Resolves to true where the page is about to be left.
  const look = async () => {
    const response = await fetch(statusPath, { cache: 'no-store' }).catch(() => null)
    const state = response?.ok ? await response.json().catch(() => null) : null
    if (!state || left) return left
    end = performance.now() + state.remaining_ms
    if (state.redirect_url && moves === 'true') moveOn(state.redirect_url)
    else if (!sent && (state.over || (watch && state.status !== watch))) {
      left = true
      location.reload()
    }
    return left
  }

  const poll = async () => {
    if (!(await look())) setTimeout(poll, POLL_MS)
  }

  const pending = document.querySelector('[data-pending]')
  document.querySelector('[data-confirm]')?.addEventListener('click', async (event) => {
    event.preventDefault()
    if (!(await look()) && !pending.open) pending.showModal()
  })
  if (pending?.open) {
    pending.close()
    pending.showModal()
  }

  show()
  setInterval(show, 250)
  setTimeout(poll, POLL_MS)
})()
