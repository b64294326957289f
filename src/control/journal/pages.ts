/** Bytes of a page. A text that is larger gets a page of its own. */
const PAGE_BYTES = 131_072
/** Empty pages that are kept to be written on again. */
const MAX_EMPTY = 4

export interface Page {
  readonly bytes: Buffer
  /** Entries that have their texts here. */
  entries: number
}

/**
 * Texts beside JavaScript's heap. What a journal keeps lives just long enough to be carried from place to place by every collection of
 * young garbage, and that was most of what it cost; bytes on a page are carried nowhere. A page that no entry is left on is written on
 * again: whoever may still hold one of its entries must have taken a copy by then.
 */
export const createPages = () => {
  const blank = (bytes: number): Page => ({ bytes: Buffer.allocUnsafeSlow(bytes), entries: 0 })
  const empty: Page[] = []
  let page: Page | undefined
  let at = 0
  let used = 0

  const retire = (left: Page) => {
    if (left.entries > 0) return
    used--
    if (left.bytes.length === PAGE_BYTES && empty.length < MAX_EMPTY) empty.push(left)
  }
  return {
    /** The page for an entry of so many bytes, and from where. */
    open(bytes: number): Page {
      if (page === undefined || at + bytes > page.bytes.length) {
        if (page) retire(page)
        page = (bytes <= PAGE_BYTES ? empty.pop() : undefined) ?? blank(Math.max(PAGE_BYTES, bytes))
        at = 0
        used++
      }
      page.entries++
      return page
    },
    /** Where the next text begins. */
    get at() {
      return at
    },
    /** Writes on the open page; answers where the text ends. */
    write({ bytes: on }: Page, text: string | Buffer, bytes: number): number {
      if (typeof text !== 'string') at += text.copy(on, at)
      // As many bytes as characters: ASCII, which is written faster when that is said.
      else at += on.write(text, at, bytes, bytes === text.length ? 'latin1' : 'utf8')
      return at
    },
    /** Whether entries with so many bytes in all lie on far more pages than they need. */
    isThin: (bytes: number): boolean => used > 2 * Math.ceil(bytes / PAGE_BYTES) + MAX_EMPTY,
    /** An entry goes. */
    leave(left: Page) {
      left.entries--
      if (left !== page) retire(left)
    },
  }
}

export type Pages = ReturnType<typeof createPages>
