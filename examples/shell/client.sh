#!/bin/sh
# A KakaoPay client for sh and curl in one screen. `call` is the client; the loop lets the kit speak to it.
base=${KAKAOPAY_BASE_URL:-https://open-api.kakaopay.com}
timeout=${KAKAOPAY_TIMEOUT_MS:-12000}
seconds=$((timeout / 1000)).$(printf '%03d' $((timeout % 1000)))
newline='
'

# Prints result, refusal or unknown: then money may have moved, and `order` tells. Nothing is sent twice.
# The key goes in by stdin: arguments are there for every user of the machine to see.
call() {
  if ! answer=$(curl -sS --max-time "$seconds" -w '\n%{http_code}' -H 'Content-Type: application/json' \
    --data-raw "$2" -H @- "$base/online/v1/payment/$1" 2>&1 <<HEADER
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
    200:'{'*'}') printf '"result":%s' "$body" ;;
    4??:'{'*'"error_code":'*'}') printf '"refusal":%s' "$body" ;;
    *) printf '"unknown":{"reason":"HTTP %s"}' "$status" ;;
  esac
}

while IFS= read -r line; do
  id=${line#'{"id":'} id=${id%%,*}
  name=${line#*'"call":"'} name=${name%%'"'*}
  params=${line#*'"params":'} params=${params%'}'}
  case $name in
    ready | approve | cancel | order) told=$(call "$name" "$params") ;;
    *) told='"unsupported":true' ;;
  esac
  printf '{"id":%s,%s}\n' "$id" "$told"
done
