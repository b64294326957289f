/** Bytes of a page. A text that is larger gets a page of its own. */
const PAGE_BYTES = 131_072

/**
 * Texts beside JavaScript's heap. What a journal keeps lives just long enough to be carried from place to place by every collection of
 * young garbage, and that was most of what it cost; bytes on a page are carried nowhere. A page goes when no entry is left on it.
 */
export const createPages = () => {
  let page = Buffer.alloc(0)
  let at = 0
  return {
    /** Makes room for `bytes` and answers the page. */
    open(bytes: number): Buffer {
      if (at + bytes > page.length) {
        page = Buffer.allocUnsafeSlow(Math.max(PAGE_BYTES, bytes))
        at = 0
      }
      return page
    },
    /** Writes on the open page; answers where the text ends. It begins where the one before ended. */
    write(text: string, bytes: number): number {
      // As many bytes as characters: ASCII, which is written faster when that is said.
      at += page.write(text, at, bytes, bytes === text.length ? 'latin1' : 'utf8')
      return at
    },
    get at() {
      return at
    },
  }
}

export type Pages = ReturnType<typeof createPages>
