/**
 * What the server says in English, in Korean: rules, and why a control call was refused. The browser matches the English text; one
 * without a match is shown as it is. A test asks for the Korean of every rule.
 */
export interface Said {
  /** What stands behind a field's name: `quantity must be an integer.` */
  readonly fields: readonly (readonly [pattern: string, korean: string])[]
  /** Whole sentences. */
  readonly sentences: readonly (readonly [pattern: string, korean: string])[]
}

export const noneSaid: Said = { fields: [], sentences: [] }

/** Everything in it is itself but `…`, which stands for any text: `$1` in the Korean one. */
const literal = (english: string): string => english.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '(.+?)')

const patterns = (table: Readonly<Record<string, string>>) =>
  Object.entries(table).map(([english, korean]) => [literal(english), korean] as const)

const fields = patterns({
  'must be sent and must not be null': '반드시 보내야 하며 null일 수 없습니다',
  'must be a string': '문자열이어야 합니다',
  'must be an integer': '정수여야 합니다',
  'must be a number': '숫자여야 합니다',
  'must be true or false': 'true 또는 false여야 합니다',
  'must be an array': '배열이어야 합니다',
  'must be a JSON object': 'JSON 객체여야 합니다',
  'must not be empty': '비어 있을 수 없습니다',
  'must be at most … characters': '최대 $1글자입니다',
  'must be exactly … characters': '정확히 $1글자여야 합니다',
  'must not have control characters': '제어 문자를 쓸 수 없습니다',
  'must not have control characters or broken surrogates': '제어 문자와 깨진 서로게이트를 쓸 수 없습니다',
  'must have only digits and lower-case letters': '숫자와 영문 소문자만 쓸 수 있습니다',
  'must be … or more': '$1 이상이어야 합니다',
  'must be … or less': '$1 이하여야 합니다',
  'must be from … to …': '$1에서 $2까지여야 합니다',
  'must be an integer from … to …': '$1에서 $2까지의 정수여야 합니다',
  'must be above 0': '0보다 커야 합니다',
  'must be at most 1': '1 이하여야 합니다',
  'must be above 0; null is for never': '0보다 커야 합니다. 기한이 없으면 null입니다',
  'must be an absolute URL such as …': '$1 같은 절대 URL이어야 합니다',
  'must not use the schemes …': '$1 스킴은 쓸 수 없습니다',
  'must be an array of strings': '문자열의 배열이어야 합니다',
  'must have only the codes …': '$1 코드만 쓸 수 있습니다',
  'must be one of …': '$1 가운데 하나여야 합니다',
  'must be an object whose values are strings': '값이 문자열인 객체여야 합니다',
  'must be ms as a number, or a text such as …': '밀리초 수 또는 $1 같은 글자여야 합니다',
  'must be a duration of at most 100 years': '최대 100년의 시간이어야 합니다',
  'must be ISO 8601 with a zone, such as …, or epoch ms from 1970 to 2200':
    '$1처럼 시간대가 있는 ISO 8601이거나 1970년부터 2200년까지의 epoch 밀리초여야 합니다',
  'must be the name of a refusal, such as …; GET /_mock/refusals lists them': '$1 같은 거절 이름이어야 합니다',
  'must be an HTTP status, such as …': '$1 같은 HTTP 상태 코드여야 합니다',
  'must be a scheme such as …': '$1 같은 스킴이어야 합니다',
  'must be a scheme and a host, such as …': '$1처럼 스킴과 호스트로 이루어져야 합니다',
  'Invalid input': '올바르지 않은 값입니다',
})

const sentences = patterns({
  'A call without an Authorization header is refused.': 'Authorization 헤더가 없는 호출은 거절됩니다.',
  'The Authorization scheme is SECRET_KEY, or DEV_SECRET_KEY for a DEV key, with one space before the key.':
    'Authorization 스킴은 SECRET_KEY이고 DEV 키에는 DEV_SECRET_KEY도 쓸 수 있으며, 키 앞에는 공백이 하나입니다.',
  'The key is not empty and, where applications are registered, belongs to one of them.':
    '키는 비어 있지 않고, 등록된 애플리케이션이 있으면 그 가운데 하나의 것입니다.',
  'The application uses the payment API. −403 is documented; one published answer had −401 for this cause.':
    '애플리케이션이 결제 API를 사용합니다. 문서의 코드는 −403이고, 같은 이유로 −401인 공개된 응답이 하나 있습니다.',
  'While KakaoPay is under maintenance (a setting) every call is refused.':
    '카카오페이가 점검 중이면(설정) 모든 호출이 거절됩니다.',
  'Where a daily quota is set, the application has calls left of it; it starts anew at 00:00 KST.':
    '하루 쿼터가 정해져 있으면 남은 호출이 있어야 합니다. 쿼터는 한국 시각 0시에 새로 시작합니다.',
  'Only the documented paths exist, to the letter.': '문서에 있는 경로만, 글자 그대로 존재합니다.',
  'Every call is a POST.': '모든 호출은 POST입니다.',
  'The body’s Content-Type is application/json.': '본문의 Content-Type은 application/json입니다.',
  'The body is UTF-8 and is not compressed.': '본문은 UTF-8이고 압축하지 않습니다.',
  'The body is well-formed JSON.': '본문은 형식에 맞는 JSON입니다.',
  'The body is a JSON object.': '본문은 JSON 객체입니다.',
  'The body is not larger than the limit.': '본문은 한도보다 크지 않습니다.',
  'In strict mode a field that is not documented is refused; otherwise it is ignored.':
    '엄격 모드에서는 문서에 없는 필드를 거절하고, 그 밖에는 무시합니다.',
  'Where cids are configured, the cid is one of them.': '설정된 cid가 있으면 cid는 그 가운데 하나입니다.',
  'Where a cid_secret is configured for the cid, it is sent and equal.':
    'cid에 cid_secret이 설정되어 있으면 같은 값을 보내야 합니다.',
  'The tid is that of a payment of the same application (the same key, where none is registered) and cid. The code is documented, the scope inferred. Checked before everything else about the payment (our order).':
    'tid는 같은 애플리케이션(등록된 것이 없으면 같은 키)과 같은 cid의 결제여야 합니다. 코드는 문서에 있고 범위는 추정입니다. 결제에 관한 검사 가운데 가장 먼저 합니다(자체 순서).',
  'total_amount is at least 1, or 0 with a subscription cid, which then only issues a sid.':
    'total_amount는 1 이상입니다. 정기 결제 cid라면 0일 수 있고, 그때는 sid만 발급합니다.',
  '… is not more than total_amount.': '$1은(는) total_amount보다 클 수 없습니다.',
  '… is not more than total_amount − tax_free_amount.': '$1은(는) total_amount − tax_free_amount보다 클 수 없습니다.',
  'Where web domains are registered, … is in one of them.':
    '웹 도메인이 등록되어 있으면 $1은(는) 그 안에 있어야 합니다.',
  '… is the one sent to ready.': '$1은(는) ready 때 보낸 값이어야 합니다.',
  '…, where it is sent, is the one sent to ready.': '$1을(를) 보냈다면 ready 때 보낸 값이어야 합니다.',
  'A payment that is not paid within 15 minutes of ready cannot be approved any more. That the code is −723 is inferred. Checked before every other state (our order).':
    'ready 뒤 15분 안에 결제하지 않은 건은 더 승인할 수 없습니다. 코드가 −723이라는 것은 추정입니다. 다른 상태보다 먼저 검사합니다(자체 순서).',
  'A payment is approved once.': '결제는 한 번만 승인됩니다.',
  'A payment that the payer has quit, or that has failed, cannot be approved.':
    '결제자가 중단했거나 실패한 결제는 승인할 수 없습니다.',
  'The payer has authenticated before approve.': 'approve 전에 결제자가 인증을 마쳐야 합니다.',
  'pg_token is the one that came to this payment’s approval_url.':
    'pg_token은 이 결제의 approval_url로 전달된 값이어야 합니다.',
  'Only a payment that is paid, and of which something is left, can be cancelled.':
    '결제가 완료되었고 남은 금액이 있는 건만 취소할 수 있습니다.',
  'A payment with a cup deposit is cancelled only whole. With which code a part is refused was never published: −784 and its words are ours.':
    '컵 보증금이 있는 결제는 전체만 취소할 수 있습니다. 일부 취소를 거절하는 코드는 공개된 적이 없어서, −784와 그 문구는 자체 결정입니다.',
  'cancel_tax_free_amount is not more than cancel_amount.':
    'cancel_tax_free_amount는 cancel_amount보다 클 수 없습니다.',
  'cancel_vat_amount is not more than cancel_amount − cancel_tax_free_amount, unless the cancel takes all that is left and its VAT.':
    'cancel_vat_amount는 남은 금액과 부가세를 모두 취소할 때가 아니면 cancel_amount − cancel_tax_free_amount보다 클 수 없습니다.',
  'cancel_amount is not more than the total that was approved.': 'cancel_amount는 승인된 총액보다 클 수 없습니다.',
  'cancel_amount is not more than the total that is left.': 'cancel_amount는 남은 총액보다 클 수 없습니다.',
  'cancel_tax_free_amount is not more than the tax-free amount that is left.':
    'cancel_tax_free_amount는 남은 비과세 금액보다 클 수 없습니다.',
  'cancel_amount − cancel_tax_free_amount is not more than the taxable amount that is left.':
    'cancel_amount − cancel_tax_free_amount는 남은 과세 금액보다 클 수 없습니다.',
  'The VAT of a cancel, stated or default, is not more than the VAT that is left. It is not cut to fit unless the settings say so.':
    '취소의 부가세는 보낸 값이든 기본값이든 남은 부가세보다 클 수 없습니다. 설정이 없으면 남은 만큼으로 줄이지 않습니다.',
  'A cancel of all that is left states the VAT that is left, or none and takes it: no VAT remains behind. Ours, so that the ledger closes.':
    '남은 금액을 모두 취소할 때는 남은 부가세를 보내거나, 보내지 않으면 그 값을 씁니다. 부가세가 남지 않게 하려는 자체 규칙입니다.',
  'cancel_available_amount, where it is sent, is what can be cancelled before this cancel. That another amount is refused is documented second-hand, the code is inferred.':
    'cancel_available_amount를 보냈다면 이 취소 전에 취소할 수 있는 금액이어야 합니다. 다른 금액을 거절한다는 것은 간접 문서에 있고, 코드는 추정입니다.',
  'The sid was issued to the same application (the same key, where none is registered). It may be charged with any subscription cid, as one public client does; a setting asks for the same cid. The code is documented, the scope inferred. Checked before everything else about the subscription (our order).':
    'sid는 같은 애플리케이션(등록된 것이 없으면 같은 키)에 발급된 것이어야 합니다. 한 공개 클라이언트처럼 어느 정기 결제 cid로도 결제할 수 있고, 설정하면 같은 cid만 됩니다. 코드는 문서에 있고 범위는 추정입니다. 정기 결제에 관한 검사 가운데 가장 먼저 합니다(자체 순서).',
  'The sid is active.': 'sid는 활성 상태여야 합니다.',
  'partner_user_id is the one of the payment that issued the sid.':
    'partner_user_id는 sid를 발급한 결제의 값이어야 합니다.',
  'Where charges of a day are limited, the sid was charged less often on this KST day. The code is documented, the limit and its day are ours.':
    '하루 결제 횟수가 정해져 있으면 한국 시각 그날 sid로 결제한 횟수가 그보다 적어야 합니다. 코드는 문서에 있고, 횟수와 하루의 기준은 자체 결정입니다.',
  'Only an active sid can be made inactive.': '활성 상태의 sid만 비활성화할 수 있습니다.',

  'the secret key of … is not known here: no call with it has come in since the start. send it as key.':
    '$1의 시크릿 키를 아직 모릅니다. 서버를 시작한 뒤로 이 키를 쓴 호출이 없습니다.',
  'the control token is wrong.': '제어 토큰이 맞지 않습니다.',
  'there is no payment …. GET /_mock/payments lists them.': '$1 결제가 없습니다.',
  'there is no payment …. send the tid that ready answered.': '$1 결제가 없습니다.',
  'there is no namespace …. GET /_mock/namespaces lists them.': '$1 네임스페이스가 없습니다.',
  'there is no application …. GET /_mock/applications lists them.': '$1 애플리케이션이 없습니다.',
  'there is no fault rule ….': '$1 장애 규칙이 없습니다.',
  'there is no entry … in the journal, or newer ones pushed it out.': '$1 기록이 없거나 새 호출에 밀려났습니다.',
  'the journal is off. start the mock without --no-journal.':
    '호출 기록이 꺼져 있습니다. --no-journal 없이 시작하십시오.',
  'there are … applications already, which is the limit.': '애플리케이션이 이미 한도인 $1개입니다.',
  'there are … fault rules already, which is the limit.': '장애 규칙이 이미 한도인 $1개입니다.',
  '… watchers are there already, which is the limit.': '연결이 이미 한도인 $1개입니다.',
  'a clock goes from 1970 to 2200.': '시계는 1970년부터 2200년까지만 움직입니다.',
  '… is not allowed by ready: ….': 'ready가 허용하지 않는 선택입니다: $1. 허용: $2.',
  'the payment is over: it is …. prepare a new one with ready.': '끝난 결제입니다($1). ready로 새 결제를 준비하십시오.',
  'the payer has authenticated already, and the browser was sent on. only approve or expire is left.':
    '결제자가 이미 인증을 마쳐 브라우저가 넘어갔습니다. 승인이나 만료만 남았습니다.',
  'key: it is not the secret key of ….': '$1의 시크릿 키가 아닙니다.',
  'the connection was closed without an answer, as a fault rule asked for.':
    '장애 규칙에 따라 응답 없이 연결이 끊겼습니다.',
  'a page of another origin may not change anything here.': '다른 출처의 페이지에서는 아무것도 바꿀 수 없습니다.',
  'the body is not well-formed JSON.': '본문이 형식에 맞는 JSON이 아닙니다.',

  'the secret key is a placeholder: the variable that holds the key is not set.':
    '시크릿 키 자리에 빈 값을 나타내는 글자가 있습니다. 키를 담는 변수가 설정되지 않았습니다.',
  '… has no http:// or https://, so it is read as the app scheme …:.':
    '$1에 http://나 https://가 없어서 $2: 앱 스킴으로 읽힙니다.',
  'vat_amount is 10 % of total_amount; contained VAT is an eleventh: ….':
    'vat_amount가 total_amount의 10%입니다. 포함된 부가세는 11분의 1인 $1입니다.',
  '… is written as a float: amounts are whole won.': '$1을(를) 소수로 적었습니다. 금액은 원 단위 정수입니다.',
  '… sent as text: numbers are JSON numbers (--strict refuses them).':
    '$1을(를) 글자로 보냈습니다. 숫자는 JSON 숫자로 보내십시오(--strict는 거절합니다).',
})

export const koSaid: Said = { fields, sentences }
