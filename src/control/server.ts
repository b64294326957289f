import { JSON_TYPE } from '../http/errors.ts'
import type { ControlDeps } from './deps.ts'
import { isSame, TOKEN_COOKIE } from './guard.ts'
import { problem } from './problem.ts'
import type { ControlHandlers } from './router.ts'

export const serverHandlers = ({
  store,
  version,
  controlToken,
}: ControlDeps): Pick<ControlHandlers, 'health' | 'session'> => ({
  health: async () => ({ status: 'ok', version, payments: await store.count() }),
  session({ body, request }) {
    if (controlToken === '' || !isSame(body.token, controlToken)) return problem(401, 'the control token is wrong.')
    const page = (request.headers.get('accept') ?? '').includes('text/html')
    const cookie = `${TOKEN_COOKIE}=${encodeURIComponent(body.token)}; Path=/_mock; HttpOnly; SameSite=Strict`
    return page
      ? new Response(null, { status: 303, headers: { location: '/_mock/', 'set-cookie': cookie } })
      : new Response('{"status":"ok"}', { headers: { ...JSON_TYPE, 'set-cookie': cookie } })
  },
})
