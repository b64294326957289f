import type { Issued, Registered } from '../namespaces/applications.ts'
import { iso } from '../payment/ledger.ts'
import type { ControlDeps } from './deps.ts'
import { problem } from './problem.ts'
import type { ControlHandlers } from './router.ts'

const shown = (a: Registered) => ({
  id: a.id,
  name: a.name,
  web_domains: a.web_domains && [...a.web_domains],
  app_schemes: [...a.app_schemes],
  payment_api: a.payment_api,
  secret_key: a.key_mask,
  namespace: a.namespace,
  configured: a.configured,
  created_at: iso(a.created_at),
})

const shownWhole = ({ application, secret_key }: Issued) => ({ ...shown(application), secret_key })

const unknown = (id: string | undefined) =>
  problem(404, `there is no application ${id?.slice(0, 80)}. GET /_mock/applications lists them.`)

type Names =
  | 'applications'
  | 'registerApplication'
  | 'application'
  | 'changeApplication'
  | 'reissueKey'
  | 'removeApplication'

export const applicationHandlers = ({ applications, notifications }: ControlDeps): Pick<ControlHandlers, Names> => {
  const told = (what: string, id: string | undefined) =>
    notifications.notify({ event: 'application', namespace: null, data: { what, id } })
  return {
    applications: () => ({
      applications: applications.list().map(shown),
      any_key_works: applications.of('') === 'any',
    }),
    async registerApplication({ body }) {
      const issued = await applications.register(body)
      if (!issued) return problem(409, `there are ${applications.limit} applications already, which is the limit.`)
      told('registered', issued.application.id)
      return shownWhole(issued)
    },
    application({ params: { id } }) {
      const found = applications.find(id ?? '')
      return found ? shown(found) : unknown(id)
    },
    async changeApplication({ params: { id }, body }) {
      const changed = await applications.change(id ?? '', body as Partial<Registered>)
      if (!changed) return unknown(id)
      told('changed', id)
      return shown(changed)
    },
    async reissueKey({ params: { id } }) {
      const issued = await applications.reissue(id ?? '')
      if (!issued) return unknown(id)
      told('reissued', id)
      return shownWhole(issued)
    },
    async removeApplication({ params: { id } }) {
      if (!(await applications.remove(id ?? ''))) return unknown(id)
      told('removed', id)
      return { removed: 1 }
    },
  }
}
