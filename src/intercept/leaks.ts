/** An attempt to reach a host that is not KakaoPay's, through the proxy or by a look-up of its name. It was refused: nothing left the machine. */
export interface Leak {
  /** Epoch ms. */
  readonly at: number
  readonly method: string
  /** `host:port`, or `scheme://host` for an absolute-form request. Never a path or query: those may hold secrets. */
  readonly target: string
}

export interface LeakLog {
  note(method: string, target: string): void
  /** The first ones, oldest first, up to the limit. */
  list(): readonly Leak[]
  /** All of them, those beyond the limit too. */
  count(): number
}

export const createLeakLog = (limit: number, now: () => number, onLeak: (leak: Leak) => void = () => {}): LeakLog => {
  const kept: Leak[] = []
  let count = 0
  return {
    note(method, target) {
      const leak = { at: now(), method, target }
      count++
      if (kept.length < limit) kept.push(leak)
      onLeak(leak)
    },
    list: () => kept,
    count: () => count,
  }
}

/** The leaks as text, one line per target, with how often and what to do. Empty where there was none. */
export const describeLeaks = (log: LeakLog, isIsolated = false): string => {
  if (log.count() === 0) return ''
  const times = new Map<string, number>()
  for (const { method, target } of log.list()) {
    const line = `${method} ${target}`
    times.set(line, (times.get(line) ?? 0) + 1)
  }
  const lines = [...times].map(([line, n]) => `  ${line}${n > 1 ? ` (${n} times)` : ''}`)
  const unlisted = log.count() - log.list().length
  return [
    `${log.count()} ${log.count() === 1 ? 'attempt' : 'attempts'} to reach another host, refused:`,
    ...lines,
    ...(unlisted > 0 ? [`  and ${unlisted} more`] : []),
    isIsolated ? '  Under --isolate nothing can leave.' : '  --pass HOST lets one through.',
    '',
  ].join('\n')
}
