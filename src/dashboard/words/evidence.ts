/** How well each refusal and rule is known. */
export const en = {
  'refusals.lead':
    'What this server can refuse, and how well each is known. Only what was published is KakaoPay’s; the rest says so.',
  'refusals.search': 'Name, code, text',
  'refusals.grade': 'Evidence',
  'refusals.anyGrade': 'Any evidence',
  'refusals.rules': 'Rules',
  'evidence.documented': 'documented',
  'evidence.documented.long': 'Official KakaoPay text, or a public copy of it',
  'evidence.observed': 'observed',
  'evidence.observed.long': 'A real answer of the real service that somebody published',
  'evidence.inferred': 'inferred',
  'evidence.inferred.long': 'It follows from evidence, or is our own choice where nobody has seen the real one',
  wording: 'wording: {grade}',
  'wording.ours': 'wording: ours',
  'wording.ours.long': 'The text of this message was never published. It is our own; do not depend on it.',
} as const

export const ko: Readonly<Record<keyof typeof en, string>> = {
  'refusals.lead':
    '이 서버가 거절할 수 있는 것과 그 근거입니다. 공개된 것만 카카오페이의 것이고, 나머지는 그렇다고 적었습니다.',
  'refusals.search': '이름, 코드, 문구',
  'refusals.grade': '근거',
  'refusals.anyGrade': '모든 근거',
  'refusals.rules': '규칙',
  'evidence.documented': '문서',
  'evidence.documented.long': '카카오페이 공식 문서, 또는 공개된 사본',
  'evidence.observed': '관찰',
  'evidence.observed.long': '누군가 공개한 실제 서비스의 응답',
  'evidence.inferred': '추정',
  'evidence.inferred.long': '근거에서 미루어 짐작했거나, 본 사람이 없어 우리가 정한 것',
  wording: '문구: {grade}',
  'wording.ours': '문구: 자체 작성',
  'wording.ours.long': '이 문구는 공개된 적이 없습니다. 이 프로젝트가 쓴 것이니 의존하지 마십시오.',
}
