"""A KakaoPay client for Python 3 in one screen, with requests alone. `call` is the client; `main` lets the kit speak to it."""

import json
import os
import sys
import time

import requests

BASE_URL = os.environ.get("KAKAOPAY_BASE_URL", "https://open-api.kakaopay.com")
SECRET_KEY = os.environ["KAKAOPAY_SECRET_KEY"]
TIMEOUT_S = int(os.environ.get("KAKAOPAY_TIMEOUT_MS", "12000")) / 1000
MANAGE = {"inactive": "manage/subscription/inactive", "status": "manage/subscription/status"}
CALLS = ("ready", "approve", "cancel", "order", "subscription", *MANAGE)

session = requests.Session()


def call(name, params):
    """Gives {"result"}, {"refusal"} or {"unknown"}: then money may have moved, and `order` says. Nothing is sent twice."""
    try:
        status, body = post(MANAGE.get(name, name), params)
    except (requests.RequestException, ValueError) as error:
        # No connection, no time, or no JSON: whether KakaoPay carried the call out is not known.
        return {"unknown": {"reason": type(error).__name__}}
    if status == 200:
        return {"unknown": {"reason": "another payment"}} if is_other(params, body) else {"result": body}
    if status >= 500 or not isinstance(body.get("error_code"), int) or is_doubtful(body):
        return {"unknown": {"reason": f"HTTP {status} {body.get('error_code')}"}}
    return {"refusal": {key: body[key] for key in ("error_code", "error_message", "extras") if key in body}}


def post(path, params):
    headers = {"Authorization": f"SECRET_KEY {SECRET_KEY}"}
    url = f"{BASE_URL}/online/v1/payment/{path}"
    end = time.monotonic() + TIMEOUT_S
    # The key is for KakaoPay alone: no redirect is followed.
    with session.post(url, json=params, headers=headers, timeout=TIMEOUT_S, allow_redirects=False, stream=True) as response:
        text = b""
        # The time-out of requests begins anew with each piece: this one is for all of them.
        for piece in response.iter_content(1):
            text += piece
            if time.monotonic() > end:
                raise requests.Timeout
        body = json.loads(text)
        if not isinstance(body, dict):
            raise ValueError("no object")
        return response.status_code, body


def is_doubtful(body):
    """Refusals after which money may have moved all the same."""
    result = (body.get("extras") or {}).get("method_result_code")
    return body["error_code"] in (-702, -785) or result in ("BANK_FIRM_UNKNOWN", "USER_LOCKED")


def is_other(asked, body):
    """Whether an answer is about something else than what was asked for."""
    pairs = (
        (asked.get("tid"), body.get("tid")),
        (asked.get("partner_order_id"), body.get("partner_order_id")),
        (asked.get("total_amount"), (body.get("amount") or {}).get("total")),
        (asked.get("cancel_amount"), (body.get("approved_cancel_amount") or {}).get("total")),
    )
    return any(wanted is not None and came is not None and wanted != came for wanted, came in pairs)


def main():
    for line in sys.stdin:
        asked = json.loads(line)
        report = call(asked["call"], asked["params"]) if asked["call"] in CALLS else {"unsupported": True}
        print(json.dumps({"id": asked["id"], **report}), flush=True)


if __name__ == "__main__":
    main()
