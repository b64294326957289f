import { signal } from '@preact/signals'
import { Dialog } from './dialogs.tsx'
import { t } from './page-data.ts'

/** Whether the list of shortcuts is shown. */
const isHelpOpen = signal(false)

const linksIn = (list: Element | null): HTMLAnchorElement[] => [
  ...(list?.querySelectorAll<HTMLAnchorElement>('li > a:first-child') ?? []),
]

/** Moves the focus in a list of links, from the chosen one where none has it. */
const step = (list: Element | null, by: number): boolean => {
  const links = linksIn(list)
  const focused = links.indexOf(document.activeElement as HTMLAnchorElement)
  const from = focused < 0 ? links.findIndex((link) => link.hasAttribute('aria-current')) : focused
  const next = links[from < 0 ? 0 : from + by]
  next?.focus()
  return next !== undefined
}

const arrows: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** Arrow keys walk a list; Tab leaves it as it leaves any other. */
export const moveInList = (event: KeyboardEvent): void => {
  const by = arrows[event.key]
  if (by !== undefined && step(event.currentTarget as Element, by)) event.preventDefault()
}

const keys: Readonly<Record<string, () => unknown>> = {
  '/': () => document.querySelector<HTMLInputElement>('main input[type=search]')?.focus(),
  j: () => step(document.querySelector('main .rows'), 1),
  k: () => step(document.querySelector('main .rows'), -1),
  n: () => {
    location.hash = '#/new'
  },
  '?': () => {
    isHelpOpen.value = true
  },
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, select, textarea, dialog') !== null

addEventListener('keydown', (event) => {
  const action = keys[event.key]
  if (!action || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  event.preventDefault()
  action()
})

const texts = [
  ['/', 'keys.search'],
  ['j, k', 'keys.walk'],
  ['Enter', 'keys.open'],
  ['n', 'keys.new'],
  ['?', 'keys.help'],
] as const

export const ShortcutHelp = () =>
  !isHelpOpen.value ? null : (
    <Dialog
      id="keys-title"
      title={t('keys.title')}
      onClose={() => {
        isHelpOpen.value = false
      }}
    >
      <dl class="legend">
        {texts.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog" class="buttons">
        <button type="submit" class="quiet">
          {t('close')}
        </button>
      </form>
    </Dialog>
  )
