#!/bin/sh
# A KakaoPay client for sh and curl in one screen. `call` is the client; the loop lets the kit speak to it.
base=${KAKAOPAY_BASE_URL:-https://open-api.kakaopay.com}
timeout=${KAKAOPAY_TIMEOUT_MS:-12000}
seconds=$((timeout / 1000)).$(printf '%03d' $((timeout % 1000)))
newline='
'

path() {
  case $1 in
    inactive | status) printf 'manage/subscription/%s' "$1" ;;
    *) printf %s "$1" ;;
  esac
}

# The last value of a field.
field() { printf %s "$1" | sed -n "s/.*\"$2\":\(\"[^\"]*\"\|[0-9]*\).*/\1/p"; }

# Succeeds where an answer is about something else than what was asked for.
other() {
  for pair in tid=tid partner_order_id=partner_order_id total_amount='amount":{"total' cancel_amount='approved_cancel_amount":{"total'; do
    wanted=$(field "$1" "${pair%%=*}") came=$(field "$2" "${pair#*=}")
    if [ -n "$wanted" ] && [ -n "$came" ] && [ "$wanted" != "$came" ]; then return 0; fi
  done
  return 1
}

# Prints result, refusal or unknown: then money may have moved, and `order` says. Nothing is sent twice.
# The key goes in by stdin: arguments are there for every user of the machine to see.
call() {
  if ! answer=$(curl -sS --max-time "$seconds" -w '\n%{http_code}' -H 'Content-Type: application/json' \
    --data-raw "$2" -H @- "$base/online/v1/payment/$(path "$1")" 2>&1 <<HEADER
Authorization: SECRET_KEY $KAKAOPAY_SECRET_KEY
HEADER
  ); then
    # No connection or no time: whether KakaoPay carried the call out is not known.
    printf '"unknown":{"reason":"curl"}'
    return
  fi
  status=${answer##*"$newline"}
  body=${answer%"$newline"*}
  # sh has no JSON: KakaoPay's objects come on one line and end as they began; half of one does not.
  case $status:$body in
    200:'{'*'}') if other "$2" "$body"; then printf '"unknown":{"reason":"another payment"}'; else printf '"result":%s' "$body"; fi ;;
    4??:*'"error_code":-702,'* | 4??:*'"error_code":-785,'* | 4??:*BANK_FIRM_UNKNOWN* | 4??:*USER_LOCKED*)
      # Refusals after which money may have moved all the same.
      printf '"unknown":{"reason":"HTTP %s"}' "$status" ;;
    4??:'{'*'"error_code":'*'}') printf '"refusal":%s' "$body" ;;
    *) printf '"unknown":{"reason":"HTTP %s"}' "$status" ;;
  esac
}

while IFS= read -r line; do
  id=${line#'{"id":'} id=${id%%,*}
  name=${line#*'"call":"'} name=${name%%'"'*}
  params=${line#*'"params":'} params=${params%'}'}
  case $name in
    ready | approve | cancel | order | subscription | inactive | status) report=$(call "$name" "$params") ;;
    *) report='"unsupported":true' ;;
  esac
  printf '{"id":%s,%s}\n' "$id" "$report"
done
