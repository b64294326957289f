"""Replace `call` with your own client: its base URL is `kakaopay.url`, its secret key `kakaopay.secret_key`."""

import http.client
import json
import urllib.error
import urllib.request

import pytest

ORDER = {
    "cid": "TC0ONETIME",
    "partner_order_id": "order-1",
    "partner_user_id": "user-1",
}


def call(kakaopay, name, body):
    request = urllib.request.Request(
        f"{kakaopay.url}/online/v1/payment/{name}",
        json.dumps(body).encode(),
        {"Authorization": f"SECRET_KEY {kakaopay.secret_key}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=12) as response:
        return json.load(response)


def ready(kakaopay):
    shop = "http://localhost:3000"
    urls = {name: f"{shop}/{name}" for name in ("approval_url", "cancel_url", "fail_url")}
    item = {"item_name": "초코파이", "quantity": 1, "total_amount": 2200, "tax_free_amount": 0}
    return call(kakaopay, "ready", {**ORDER, **item, **urls})["tid"]


def approve(kakaopay, tid, pg_token):
    return call(kakaopay, "approve", {**ORDER, "tid": tid, "pg_token": pg_token})


def test_a_payment_is_approved(kakaopay):
    tid = ready(kakaopay)
    approved = approve(kakaopay, tid, kakaopay.pay(tid)["pg_token"])
    assert approved["amount"]["total"] == 2200
    assert kakaopay.count("approve") == 1
    assert kakaopay.audit()["unsettled"] == 0


def test_a_lost_answer_is_looked_up(kakaopay):
    tid = ready(kakaopay)
    kakaopay.arm("approve", "commit-then-drop")
    pg_token = kakaopay.pay(tid)["pg_token"]
    with pytest.raises(http.client.RemoteDisconnected):
        approve(kakaopay, tid, pg_token)
    assert kakaopay.audit()["unsettled"] == 1
    assert call(kakaopay, "order", {"cid": ORDER["cid"], "tid": tid})["status"] == "SUCCESS_PAYMENT"
    assert kakaopay.audit()["unsettled"] == 0


def test_a_payment_expires(kakaopay):
    tid = ready(kakaopay)
    assert [payment["tid"] for payment in kakaopay.advance("15m")] == [tid]
    with pytest.raises(urllib.error.HTTPError):
        approve(kakaopay, tid, "none")


def test_nothing_of_another_test_is_seen(kakaopay):
    assert kakaopay.count("ready") == 0
