import { namespace, scope, t } from './api.js'

const events = ['call', 'payment', 'fault', 'clock', 'namespace', 'application', 'reset']

// A busy server sends thousands of events; a reader can follow a few redraws a second.
const LOAD_EVERY_MS = 250
const OTHERS_EVERY_MS = 3000

// Does `task` soon, and however often it is asked, not again before `ms` have passed. A page that nobody sees waits until it is seen.
const calmly = (ms, task) => {
  let timer
  let owed = false
  const go = async () => {
    timer = undefined
    if (!owed || document.hidden) return
    owed = false
    await task()
    timer = setTimeout(go, ms)
  }
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && timer === undefined) go()
  })
  return () => {
    owed = true
    timer ??= setTimeout(go, 30)
  }
}

const light = document.getElementById('live')
const show = (state) => {
  light.dataset.state = state
  light.textContent = t(`live.${state}`)
  light.title = t(`live.${state}.long`)
}

let source
let open = () => {}

// One stream of events, never a poll. `wants` says whether an event concerns the view; `others` what else it concerns.
export const listen = ({ wants, load, others }) => {
  const loadSoon = calmly(LOAD_EVERY_MS, load)
  const othersSoon = new Map()
  const heard = (type) => {
    if (wants(type)) loadSoon()
    const other = others(type)
    if (!other) return
    if (!othersSoon.has(other)) othersSoon.set(other, calmly(OTHERS_EVERY_MS, other))
    othersSoon.get(other)()
  }
  open = () => {
    source?.close()
    const query = namespace() === '' ? '' : `?${new URLSearchParams(scope())}`
    source = new EventSource(`/_mock/events${query}`)
    // True at first too: between the first look and the stream's beginning something may have happened.
    let lost = true
    source.onopen = () => {
      show('on')
      // What happened in between was not heard.
      if (lost) loadSoon()
      lost = false
    }
    source.onerror = () => {
      lost = true
      show(source.readyState === EventSource.CLOSED ? 'off' : 'waiting')
    }
    for (const type of events) source.addEventListener(type, () => heard(type))
  }
  light.onclick = () => {
    open()
    loadSoon()
  }
  show('waiting')
  open()
}
listen.again = () => open()
