import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Untrusted } from './marks.tsx'
import { t } from './page-data.ts'
import { route, setQuery } from './route.ts'

type Values = Readonly<Record<string, string | boolean>>

/** What a form holds. */
export const useFields = <V extends Values>(initial: V) => {
  const [values, setValues] = useState<V>(initial)
  const set = (changes: Partial<V>) => setValues((now) => ({ ...now, ...changes }))
  return {
    values,
    set,
    reset: () => setValues(initial),
    /** The properties of the field of this name. */
    of: <N extends keyof V & string>(name: N) => ({
      name,
      value: values[name] as V[N],
      onValue: (value: V[N]) => set({ [name]: value } as unknown as Partial<V>),
    }),
  }
}

interface Bound<T> {
  readonly name: string
  readonly value: T
  readonly onValue: (value: T) => void
  readonly label: string
}

interface Text extends Bound<string> {
  readonly type?: 'text' | 'number' | 'datetime-local'
  readonly placeholder?: string
  readonly required?: boolean
  readonly min?: number
  readonly step?: number
  readonly maxLength?: number
  /** More than one line. */
  readonly rows?: number
}

export const Field = ({ label, rows, value, onValue, type = 'text', ...rest }: Text) => (
  <label class="field">
    <span>{label}</span>
    {rows ? (
      <textarea {...rest} rows={rows} value={value} onInput={(event) => onValue(event.currentTarget.value)} />
    ) : (
      <input
        {...rest}
        type={type as 'text'}
        autoComplete="off"
        spellcheck={false}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    )}
  </label>
)

export type Option = readonly [value: string, text: string]

const Options = ({ of }: { of: readonly Option[] }) => (
  <>
    {of.map(([value, text]) => (
      <option key={value} value={value}>
        {text}
      </option>
    ))}
  </>
)

interface Selection<T extends string> extends Bound<T> {
  readonly options: readonly (readonly [value: T, text: string])[]
}

export const Select = <T extends string>({ name, label, options, value, onValue }: Selection<T>) => (
  <label class="field">
    <span>{label}</span>
    <select name={name} value={value} onChange={(event) => onValue(event.currentTarget.value as T)}>
      <Options of={options} />
    </select>
  </label>
)

export const Tick = ({ name, label, value, onValue }: Bound<boolean>) => (
  <label class="tick">
    <input type="checkbox" name={name} checked={value} onChange={(event) => onValue(event.currentTarget.checked)} />
    <span>{label}</span>
  </label>
)

/** A text box whose value stands in the address. */
export const SearchBox = ({ name, label }: { name: string; label: string }) => (
  <input
    type="search"
    name={name}
    placeholder={label}
    aria-label={label}
    autoComplete="off"
    spellcheck={false}
    value={route.value.query.get(name) ?? ''}
    data-testid={`search-${name}`}
    onInput={(event) => setQuery({ [name]: event.currentTarget.value })}
  />
)

/** A list to choose from whose value stands in the address. */
export const QuerySelect = ({ name, label, options }: { name: string; label: string; options: readonly Option[] }) => (
  <select
    aria-label={label}
    value={route.value.query.get(name) ?? ''}
    onChange={(event) => setQuery({ [name]: event.currentTarget.value })}
  >
    <Options of={options} />
  </select>
)

/** A filter that a link set, to be taken away. */
export const QueryChip = ({ name }: { name: string }) => {
  const value = route.value.query.get(name)
  return value === null ? null : (
    <button type="button" class="chip" onClick={() => setQuery({ [name]: '' })}>
      {name}: <Untrusted>{value}</Untrusted>
      <span aria-hidden="true"> ×</span>
      <span class="unseen"> {t('remove')}</span>
    </button>
  )
}

/** How many of all are drawn, and a button for more. */
export const ShowMore = ({ shown, total, step }: { shown: number; total: number; step: number }) =>
  shown === 0 || shown >= total ? null : (
    <p class="note more">
      {t('shownOf', { n: shown, total })}{' '}
      <button
        type="button"
        class="quiet"
        data-testid="show-more"
        onClick={() => setQuery({ limit: String(shown + step) })}
      >
        {t('showMore')}
      </button>
    </p>
  )

export const Filters = ({ children, class: more = '' }: { children: ComponentChildren; class?: string }) => (
  <search class={`filters ${more}`}>{children}</search>
)
