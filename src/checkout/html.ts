/** Markup that is safe to send: only the `html` tag makes it, and the tag escapes every value that is not such markup itself. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

type Value = Html | string | number | false | null | undefined | readonly Value[]

/** What is absent or false shows nothing, so that `${condition && html`…`}` reads as it looks. */
export const html = (texts: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(texts.reduce((markup, text, i) => markup + markupOf(values[i - 1]) + text))

const markupOf = (value: Value): string => {
  if (value instanceof Html) return value.markup
  if (value === null || value === undefined || value === false) return ''
  if (Array.isArray(value)) return value.map(markupOf).join('')
  return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
