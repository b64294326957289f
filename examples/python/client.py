"""A KakaoPay client for Python 3 in one screen, with requests alone. `call` is the client; `main` lets the kit speak to it."""

import json
import os
import sys

import requests

BASE_URL = os.environ.get("KAKAOPAY_BASE_URL", "https://open-api.kakaopay.com")
SECRET_KEY = os.environ["KAKAOPAY_SECRET_KEY"]
TIMEOUT_S = int(os.environ.get("KAKAOPAY_TIMEOUT_MS", "12000")) / 1000
CALLS = ("ready", "approve", "cancel", "order")

session = requests.Session()


def call(name, params):
    """Gives {"result"}, {"refusal"} or {"unknown"}: then money may have moved, and `order` tells. Nothing is sent twice."""
    try:
        response = session.post(
            f"{BASE_URL}/online/v1/payment/{name}",
            json=params,
            headers={"Authorization": f"SECRET_KEY {SECRET_KEY}"},
            timeout=TIMEOUT_S,
        )
        body = response.json()
    except requests.RequestException as error:
        # No connection, no time, or no JSON: whether KakaoPay carried the call out is not known.
        return {"unknown": {"reason": type(error).__name__}}
    if response.status_code == 200:
        return {"result": body}
    if response.status_code >= 500 or not isinstance(body.get("error_code"), int):
        return {"unknown": {"reason": f"HTTP {response.status_code}"}}
    return {"refusal": {key: body[key] for key in ("error_code", "error_message", "extras") if key in body}}


def main():
    for line in sys.stdin:
        asked = json.loads(line)
        told = call(asked["call"], asked["params"]) if asked["call"] in CALLS else {"unsupported": True}
        print(json.dumps({"id": asked["id"], **told}), flush=True)


if __name__ == "__main__":
    main()
