/** Escapes control characters of untrusted text, so that it cannot control the terminal. Line ends and tabs stay. */
export const printable = (text: string): string => text.replace(/[^\P{Cc}\n\t]/gu, '\ufffd')

/** A word as a POSIX shell reads it back: for lines that are printed to be pasted. */
export const shellQuoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
