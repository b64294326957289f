import { useState } from 'preact/hooks'
import { t } from './page-data.ts'

/** A box that scrolls must be reachable without a mouse. */
export const Code = ({ text, testid, label = t('code') }: { text: string; testid?: string; label?: string }) => (
  <pre class="code" tabIndex={0} role="group" aria-label={label} data-testid={testid}>
    {text}
  </pre>
)

const SHOWN_MS = 1500

/** `text` may have to be asked for first; undefined is a failure. */
export const CopyButton = (props: {
  text: string | (() => Promise<string | undefined>)
  label?: string
  title?: string
  class?: string
}) => {
  const { text, label = t('copy'), title } = props
  const [result, setResult] = useState<'copied' | 'notCopied'>()
  const copy = async () => {
    const value = typeof text === 'string' ? text : await text()
    const isCopied =
      value !== undefined &&
      (await navigator.clipboard.writeText(value).then(
        () => true,
        () => false,
      ))
    setResult(isCopied ? 'copied' : 'notCopied')
    setTimeout(() => setResult(undefined), SHOWN_MS)
  }
  return (
    <button type="button" class={`quiet ${props.class ?? ''}`} title={title} onClick={copy}>
      {result ? t(result) : label}
    </button>
  )
}

/** A command with its button. */
export const Command = ({ text, testid, label }: { text: string; testid: string; label: string }) => (
  <div class="command">
    <Code text={text} testid={testid} label={label} />
    <CopyButton text={text} class="copy" />
  </div>
)
