import { type Entry, identifiersOf } from './entry.ts'

/** Which calls are meant; what is left out matches anything. */
export interface Filter {
  readonly namespace?: string | undefined
  readonly tid?: string | undefined
  readonly order_id?: string | undefined
  readonly call?: string | undefined
  readonly status?: number | undefined
  /** Name of a refusal. */
  readonly refusal?: string | undefined
  readonly text?: string | undefined
  /** Epoch ms of the system's clock. */
  readonly since?: number | undefined
  readonly until?: number | undefined
  /** Only what is newer than this id. */
  readonly after?: string | undefined
}

type Test = (entry: Entry) => boolean

/** What of an entry may be shown. */
type Show = (entry: Entry) => Pick<Entry, 'path' | 'body' | 'response'>

const tests = (filter: Filter, show: Show): Readonly<Record<string, Test>> => {
  const { namespace, tid, order_id, call, status, refusal, text, since, until, after } = filter
  return {
    ...(namespace === undefined ? {} : { namespace: (e: Entry) => e.namespace === namespace }),
    ...(call === undefined ? {} : { call: (e: Entry) => e.call === call }),
    ...(status === undefined ? {} : { status: (e: Entry) => e.status === status }),
    ...(refusal === undefined ? {} : { refusal: (e: Entry) => e.refusal?.refused === refusal }),
    ...(since === undefined ? {} : { since: (e: Entry) => e.at >= since }),
    ...(until === undefined ? {} : { until: (e: Entry) => e.at <= until }),
    ...(after === undefined ? {} : { after: (e: Entry) => e.id > after }),
    ...(tid === undefined ? {} : { tid: (e: Entry) => identifiersOf(e).tid === tid }),
    ...(order_id === undefined ? {} : { order_id: (e: Entry) => identifiersOf(e).order_id === order_id }),
    ...(text === undefined
      ? {}
      : // Looked for in what is shown, or a search would find out secrets; and there only where it is in what was sent.
        { text: (e: Entry) => includes(e, text) && includes(show(e), text) }),
  }
}

const includes = ({ path, body, response }: ReturnType<Show>, text: string) =>
  [path, body, response].some((part) => part?.includes(text) === true)

export const matcher = (filter: Filter, show: Show): Test => {
  const all = Object.values(tests(filter, show))
  return (entry) => all.every((test) => test(entry))
}

/** Says by which single condition an entry fails; undefined where it matches, or fails by more than one. */
export const nearMatcher = (filter: Filter, show: Show): ((entry: Entry) => string | undefined) => {
  const all = Object.entries(tests(filter, show))
  return (entry) => {
    const failed = all.filter(([, test]) => !test(entry))
    return failed.length === 1 ? failed[0]?.[0] : undefined
  }
}
