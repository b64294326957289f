import { followLimits } from '../src/checkout/follow.ts'
import { flagOf } from '../src/config/option.ts'
import { type SettingName, settings } from '../src/config/settings.ts'
import { MAX_WATCHERS } from '../src/control/events.ts'
import { MAX_TIMEOUT_MS } from '../src/control/journal.ts'
import { MAX_WAIT_MS } from '../src/faults/fault-types.ts'
import { MAX_HITS } from '../src/faults/rules.ts'
import { MAX_KEPT } from '../src/journal/entry.ts'
import { MAX_WAITING } from '../src/journal/waits.ts'
import { MAX_WAITING_LOG } from '../src/log.ts'
import { MAX_WEB_DOMAINS } from '../src/namespaces/application.ts'
import { MAX_APPLICATIONS } from '../src/namespaces/applications.ts'

export type Language = 'en' | 'ko'

/** A limit in words: what it bounds, and what happens there. */
interface Limit {
  /** The setting that moves it; null: nothing does. */
  readonly setting: SettingName | null
  readonly value: number
  readonly unit?: 'ms' | 'bytes' | 'characters'
  readonly en: readonly [bounds: string, then: string]
  readonly ko: readonly [bounds: string, then: string]
}

const set = (setting: SettingName, unit: Limit['unit'], en: Limit['en'], ko: Limit['ko']): Limit => ({
  setting,
  value: settings[setting].default as number,
  ...(unit ? { unit } : {}),
  en,
  ko,
})
const fixed = (value: number, unit: Limit['unit'], en: Limit['en'], ko: Limit['ko']): Limit => ({
  setting: null,
  value,
  ...(unit ? { unit } : {}),
  en,
  ko,
})

/** Every bound of the server, in the order of what a reader meets first. The proxy and the authority have a table of their own. */
const limits: readonly Limit[] = [
  set('maxBodyBytes', 'bytes', ['request body', 'refused as too large'], ['요청 본문', '너무 크다고 거절합니다']),
  set('maxHeaderBytes', 'bytes', ['request header', '431'], ['요청 헤더', '431로 거절합니다']),
  set(
    'requestTimeoutMs',
    'ms',
    ['time for a request to arrive whole', '408'],
    ['요청이 다 도착할 때까지의 시간', '408로 거절합니다'],
  ),
  set(
    'maxPayments',
    undefined,
    ['payments', 'the oldest finished one makes room, else the oldest'],
    ['결제', '끝난 것 중 가장 오래된 것, 없으면 가장 오래된 것이 나갑니다'],
  ),
  set(
    'maxSubscriptions',
    undefined,
    ['subscriptions', 'the oldest inactive one makes room, else the oldest'],
    ['정기결제', '해지된 것 중 가장 오래된 것, 없으면 가장 오래된 것이 나갑니다'],
  ),
  set(
    'maxNamespaces',
    undefined,
    ['namespaces', 'the one unused for longest makes room; its payments stay'],
    ['네임스페이스', '가장 오래 쓰지 않은 것이 나가고, 그 결제는 남습니다'],
  ),
  set(
    'namespaceLeaseMs',
    'ms',
    ['time that a namespace may go unused; 0: any', 'it is dropped with its payments'],
    ['네임스페이스를 쓰지 않아도 되는 시간, 0이면 무제한', '결제와 함께 사라집니다'],
  ),
  set(
    'journalLength',
    undefined,
    ['calls in the journal', 'the oldest goes out; the audit calls `unknown` what it can no longer judge'],
    ['호출 기록의 호출', '가장 오래된 것이 나가고, 더는 판단할 수 없는 것을 감사가 `unknown`이라고 합니다'],
  ),
  fixed(
    MAX_KEPT,
    'characters',
    ['body kept of one call', 'cut, and marked `body_cut`'],
    ['호출 하나에서 보관하는 본문', '자르고 `body_cut`으로 표시합니다'],
  ),
  fixed(MAX_TIMEOUT_MS, 'ms', ['`wait` for a call', '400'], ['호출을 기다리는 `wait`', '400으로 거절합니다']),
  fixed(MAX_WAITING, undefined, ['waits at once', '503'], ['동시에 기다리는 `wait`', '503으로 거절합니다']),
  set('maxFaults', undefined, ['faults', '409'], ['장애 규칙', '409로 거절합니다']),
  fixed(
    MAX_HITS,
    undefined,
    ['firings listed of one fault rule', 'older ones are counted only'],
    ['장애 규칙 하나의 발동 기록', '더 오래된 것은 횟수만 셉니다'],
  ),
  fixed(
    MAX_WAIT_MS,
    'ms',
    ['time that a fault keeps a client waiting', '400'],
    ['장애가 클라이언트를 기다리게 하는 시간', '400으로 거절합니다'],
  ),
  fixed(MAX_APPLICATIONS, undefined, ['applications', '409'], ['애플리케이션', '409로 거절합니다']),
  fixed(
    MAX_WEB_DOMAINS,
    undefined,
    ['web domains of one application, and as many app schemes', '400'],
    ['애플리케이션 하나의 웹 도메인, 앱 스킴도 같은 수', '400으로 거절합니다'],
  ),
  fixed(
    MAX_WAITING_LOG,
    'characters',
    ['log that waits for its reader', 'further lines are dropped and counted'],
    ['읽히기를 기다리는 로그', '그 뒤의 줄은 버리고 개수를 셉니다'],
  ),
  fixed(
    MAX_WATCHERS,
    undefined,
    ['watchers of `/_mock/events`, the dashboard among them', '503'],
    ['대시보드를 포함해 `/_mock/events`를 보는 수', '503으로 거절합니다'],
  ),
  fixed(
    followLimits.hops,
    undefined,
    ['redirects that `--follow` goes after', 'the last one’s answer is shown'],
    ['`--follow`가 따라가는 이동', '마지막 응답을 보여 줍니다'],
  ),
  fixed(
    followLimits.timeoutMs,
    'ms',
    ['time for the merchant to answer `--follow`', 'reported as no answer'],
    ['`--follow`에 가맹점이 답할 시간', '응답 없음으로 알려 줍니다'],
  ),
]

const heads = {
  en: '| limit | default | setting | at the limit |',
  ko: '| 한도 | 기본값 | 설정 | 한도에 닿으면 |',
} as const
const units = {
  en: { ms: ' ms', bytes: ' bytes', characters: ' characters' },
  ko: { ms: ' ms', bytes: '바이트', characters: '자' },
} as const
const unmoved = { en: 'fixed', ko: '고정' } as const

/** Every limit with its default, as a Markdown table. */
export const limitsTable = (language: Language): string =>
  [
    heads[language],
    '|---|---|---|---|',
    ...limits.map((limit) => {
      const [bounds, then] = limit[language]
      const unit = limit.unit ? units[language][limit.unit] : ''
      const setting = limit.setting === null ? unmoved[language] : `\`${flagOf(limit.setting)}\``
      return `| ${bounds} | ${limit.value.toLocaleString('en-US')}${unit} | ${setting} | ${then} |`
    }),
  ].join('\n')
