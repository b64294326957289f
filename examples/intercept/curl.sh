#!/bin/sh
exec curl -sS https://open-api.kakaopay.com/online/v1/payment/ready \
  -H 'Authorization: SECRET_KEY DEV_EXAMPLE' -H 'Content-Type: application/json' -d "@$(dirname "$0")/ready.json"
