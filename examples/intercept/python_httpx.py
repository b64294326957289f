import json
import pathlib
import httpx

body = json.loads((pathlib.Path(__file__).parent / "ready.json").read_text())
answer = httpx.post(
    "https://open-api.kakaopay.com/online/v1/payment/ready",
    json=body,
    headers={"Authorization": "SECRET_KEY DEV_EXAMPLE"},
)
print(answer.text)
