/** Where the server behind --relay behaves otherwise than the contract. */
export const en = {
  'nav.deviations': 'Relay',
  'deviations.lead':
    'Where the server behind --relay behaves otherwise than the contract: a request that this mock would have refused, an answer with other fields, codes, texts or types.',
  'deviations.call': 'Call',
  'deviations.rule': 'Rule',
  'deviations.at': 'Place',
  'deviations.expected': 'The contract says',
  'deviations.actual': 'It was',
  'deviations.seen': 'Seen',
  'deviations.times': '{n} {n time|times}',
  'deviations.dropped': '{n} more were seen and are not kept.',
  'deviations.none': 'Nothing differs so far',
  'deviations.noneHint': 'Every call that is passed on is compared with the contract.',
  'deviations.off': 'This mock passes no calls on',
}

export const ko: Record<keyof typeof en, string> = {
  'nav.deviations': '릴레이',
  'deviations.lead':
    '--relay로 연결한 서버가 계약과 다르게 동작한 곳입니다. 모의 서버라면 거절했을 요청, 필드·코드·문구·형식이 다른 응답을 보여 줍니다.',
  'deviations.call': '호출',
  'deviations.rule': '규칙',
  'deviations.at': '위치',
  'deviations.expected': '계약의 내용',
  'deviations.actual': '실제',
  'deviations.seen': '횟수',
  'deviations.times': '{n}회',
  'deviations.dropped': '이 밖에 {n}개가 더 있었지만 보관하지 않았습니다.',
  'deviations.none': '아직 다른 점이 없습니다',
  'deviations.noneHint': '넘긴 호출은 모두 계약과 비교합니다.',
  'deviations.off': '이 모의 서버는 호출을 다른 서버로 넘기지 않습니다',
}
