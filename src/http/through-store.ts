import type { RefusalName } from '../../contracts/refusals.ts'
import type { Journal } from '../journal/journal.ts'
import { type Refusal, refuse } from '../payment/refusal.ts'
import { type Store, StoreUnavailable } from '../store/store.ts'
import { refusalResponse } from './errors.ts'
import { isClosedByFault } from './send.ts'

/** Takes a request, with what Node's server hands over beside it. */
export type Fetch<Rest extends unknown[]> = (request: Request, ...rest: Rest) => Response | Promise<Response>

interface StoreDeps {
  readonly store: Store
  readonly journal: Journal
  /** Reads what an earlier run has kept. Called again where it failed. */
  readonly load: () => Promise<void>
  readonly onError: (error: Error) => void
}

/** What an error that no refusal explains is answered with. */
export const refusalOf = (error: unknown): Refusal<RefusalName> =>
  refuse(error instanceof StoreUnavailable ? 'maintenance' : 'internal-error', 'wire.path')

/**
 * Loads stored state, and changes of other processes, before a request is handled, and holds its answer until the store has saved its
 * changes. With the memory store there is nothing to wait for, and requests are not wrapped.
 */
export const throughStore = <Rest extends unknown[]>(fetch: Fetch<Rest>, deps: StoreDeps): Fetch<Rest> => {
  const { store, journal, load, onError } = deps
  let isLoaded = false
  let loading: Promise<void> | undefined
  const loaded = () => {
    loading ??= load()
      .then(() => {
        isLoaded = true
      })
      .finally(() => {
        loading = undefined
      })
    return loading
  }
  // A call that comes later tries again, and is refused where that fails too.
  loaded().catch(onError)

  const before = async ({ url }: Request) => {
    const path = new URL(url).pathname
    try {
      if (!isLoaded) await loaded()
      await store.records.refresh()
      if (path.startsWith('/_mock')) await journal.refresh()
    } catch (error) {
      // It says itself that the store cannot be reached.
      if (path !== '/_mock/health') throw error
    }
  }
  const fetchDurably = async (request: Request, ...rest: Rest): Promise<Response> => {
    try {
      await before(request)
      const response = await fetch(request, ...rest)
      await store.saved()
      return response
    } catch (error) {
      if (isClosedByFault(error)) throw error
      onError(error as Error)
      return refusalResponse(refusalOf(error))
    }
  }
  if (store.records.scope !== 'process') return fetchDurably
  return (request, ...rest) => (isLoaded ? fetch(request, ...rest) : loaded().then(() => fetch(request, ...rest)))
}
