"""A pytest fixture for kakaopay-mock, with the standard library alone. Copy this file beside your tests and take `kakaopay` as an argument.

It uses the mock at KAKAOPAY_MOCK_URL or, where that is not set, starts the image KAKAOPAY_MOCK_IMAGE (kakaopay-mock) with Docker, once for all
tests. Each test has a secret key, and so a namespace, of its own. A fault that was armed and never fired fails its test.
"""

import json
import os
import socket
import subprocess
import time
import urllib.request
import uuid

import pytest

START_TIMEOUT_S = 60


class KakaoPay:
    """The mock as the merchant with one secret key sees it."""

    def __init__(self, url):
        self.url = url  # the base URL of your client
        self.secret_key = f"DEV_PYTEST_{uuid.uuid4().hex.upper()}"

    def pay(self, tid, **choices):
        """The payer approves on the page: gives redirect_url, which the browser is sent to, and pg_token."""
        return self._send("POST", f"/_mock/payments/{tid}/payer", {"action": "approve", **choices})

    def arm(self, call, fault, when="next", **options):
        """Arms a fault for the next call of this name: arm("approve", "commit-then-drop")."""
        return self._send("POST", "/_mock/faults", {"match": {"call": call}, "when": when, "do": {"fault": fault, **options}})

    def advance(self, by):
        """Moves this merchant's clock by "15m": gives the payments that expired."""
        return self._send("POST", "/_mock/clock/advance", {"by": by})["due"]

    def count(self, call):
        """How many calls of this name the merchant has sent."""
        return self._send("GET", f"/_mock/journal/count?call={call}")["count"]

    def audit(self):
        """What was charged, which answers were delivered, and how many payments are unsettled."""
        return self._send("GET", "/_mock/audit")

    def unfired(self):
        """The faults that were armed and never fired."""
        return self._send("GET", "/_mock/faults?unfired=true")["faults"]

    def _send(self, method, path, body=None):
        headers = {"Content-Type": "application/json", "X-Kakaopay-Mock-Namespace": self.secret_key}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)


def docker(*args):
    return subprocess.run(["docker", *args], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def wait_until_healthy(url):
    end = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            with urllib.request.urlopen(f"{url}/_mock/health", timeout=2):
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@pytest.fixture(scope="session")
def kakaopay_url():
    given = os.environ.get("KAKAOPAY_MOCK_URL")
    if given:
        yield given.rstrip("/")
        return
    # The port is chosen first, since the redirect URLs of the mock name it.
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    image = os.environ.get("KAKAOPAY_MOCK_IMAGE", "kakaopay-mock")
    publish = ["--publish", f"127.0.0.1:{port}:8585", "--env", f"KAKAOPAY_MOCK_PUBLIC_URL={url}"]
    container = docker("run", "--detach", "--rm", *publish, image)
    try:
        wait_until_healthy(url)
        yield url
    finally:
        docker("stop", container)


@pytest.fixture
def kakaopay(kakaopay_url):
    merchant = KakaoPay(kakaopay_url)
    yield merchant
    unfired = merchant.unfired()
    assert not unfired, f"faults that never fired: {unfired}"
