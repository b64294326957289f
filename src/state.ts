import { createHash } from 'node:crypto'
import { type Config, ConfigError } from './config/config.ts'
import { createFaultRules, type FaultRuleSpec, neverFires, toRuleSpec } from './faults/rules.ts'
import { createJournal } from './journal/journal.ts'
import { type LogLine, toLogLine } from './journal/log-line.ts'
import { createApplications } from './namespaces/applications.ts'
import { createNamespaces } from './namespaces/namespaces.ts'
import { createSecrets } from './namespaces/secrets.ts'
import { createIds, type RandomSource } from './payment/ids.ts'
import { seededRandom } from './random.ts'
import type { Records } from './store/records.ts'
import type { Kept, Store } from './store/store.ts'

interface StateOptions {
  readonly store: Store
  /** What to begin with where nothing is kept yet, as of an instant. */
  readonly stateFile: ((now: number) => Kept) | undefined
  readonly now: () => number
  readonly random: RandomSource
  readonly onCall: ((line: LogLine) => void) | undefined
  readonly onLiveKey: ((namespace: string) => void) | undefined
}

/** Everything that a mock keeps, on one store. `load` reads what an earlier run, or another process, has kept. */
export const createState = (config: Config, options: StateOptions) => {
  const { store, stateFile, now, random, onCall, onLiveKey } = options
  const { records } = store
  const secrets = createSecrets()
  for (const secret of secretsOf(config)) secrets.add(secret)
  const journal = createJournal({
    secrets,
    length: config.journalLength,
    on: config.journal,
    random,
    log: store.log,
    ...(onCall ? { onRecord: (entry) => onCall(toLogLine(entry, secrets.mask)) } : {}),
  })
  const processes = createProcessNumber(records, stateFile !== undefined)
  const seeded = (name: string, seed = config.seed) => seededRandom(`${seed}/${name}${processes.suffix()}`)
  // A source of its own, so that with a seed a fault rule by probability fires at the same calls in every run.
  const faultRandom = config.seed === '' ? random : whenAsked(() => seeded('faults'))
  const faults = createFaultRules({ random: faultRandom, now, limit: config.maxFaults, records })
  const configuredRules = rulesOf(config)
  const sharedIds = createIds(random)
  const namespaces = createNamespaces({
    settings: config,
    records,
    now,
    idsFor: (name, seed = config.seed) => (seed === '' ? sharedIds : createIds(seeded(name, seed))),
    limit: config.maxNamespaces,
    leaseMs: config.namespaceLeaseMs,
    onNewKey: (key, name) => {
      secrets.add(key)
      if (key.startsWith('PRD')) onLiveKey?.(name)
    },
    onDrop: async (name, payments) => {
      await faults.clear(name)
      if (!payments) return
      await journal.clear(name)
      await store.clear(name)
    },
  })
  const applications = createApplications({
    configured: [...config.applications, ...config.keys.map((secret_key) => ({ name: 'configured key', secret_key }))],
    required: config.requireApplication,
    records,
    random,
    now,
  })
  return {
    async load() {
      await processes.load()
      if (stateFile) await store.replace(stateFile(now()), { onlyIfEmpty: true })
      await store.saved()
      await Promise.all([namespaces.load(), faults.load(), applications.load(), journal.load()])
      for (const { id, spec } of configuredRules) await faults.arm(spec, id)
    },
    store,
    namespaces,
    applications,
    journal,
    faults,
    secrets,
  }
}

const secretsOf = ({ applications, keys, cids, controlToken }: Config): string[] => [
  ...applications.map(({ secret_key }) => secret_key),
  ...keys,
  ...cids.flatMap(({ secret }) => secret ?? []),
  controlToken,
]

/**
 * The fault rules of the config, with ids that are the same in every run and replica, so that each is armed once. Throws ConfigError
 * where one could never fire or there are too many.
 */
const rulesOf = (config: Config): readonly { readonly id: string; readonly spec: FaultRuleSpec }[] => {
  if (config.faults.length > config.maxFaults) throw new ConfigError('faults: there are more than --max-faults')
  return config.faults.map((input, index) => {
    const spec = toRuleSpec(input, null)
    const never = neverFires(spec)
    if (never) throw new ConfigError(`faults: ${never}`)
    const digest = createHash('sha256')
      .update(JSON.stringify([index, spec]))
      .digest('hex')
    return { id: `fault_${digest.slice(0, 12)}`, spec }
  })
}

/** A random source that is made when it is first used. */
const whenAsked = (make: () => RandomSource): RandomSource => {
  let made: RandomSource | undefined
  return {
    hex(bytes) {
      made ??= make()
      return made.hex(bytes)
    },
  }
}

/**
 * Which of the processes that have used the store this is: with a seed each has ids of its own, and the first those of the seed alone. A
 * state file may come from a first one.
 */
const createProcessNumber = (records: Records, hasStateFile: boolean) => {
  let number = hasStateFile ? 2 : 1
  return {
    suffix: () => (number === 1 ? '' : `/${number}`),
    async load() {
      if (records.scope === 'process') return
      number = Number(await records.change<number>('process', 'number', (last = number - 1) => last + 1))
    },
  }
}
