// A client that many a shop has written, and that is wrong in eleven ways. expected.json says what `check client` must find. Do not copy it.
import { createInterface } from 'node:readline'

const { KAKAOPAY_BASE_URL, KAKAOPAY_SECRET_KEY } = process.env

const post = (name, params) =>
  fetch(`${KAKAOPAY_BASE_URL}/online/v1/payment/${name}`, {
    method: 'POST',
    headers: { Authorization: `SECRET_KEY ${KAKAOPAY_SECRET_KEY}`, 'Content-Type': 'application/json' },
    // 1. No time-out: while KakaoPay is silent, so is the shop.
    // 2. Every number goes as a text. 3. A field that nobody reads. 4. A vat_amount of 0 is "nothing", and is dropped.
    body: JSON.stringify({
      ...Object.fromEntries(
        Object.entries(params)
          .filter(([field, value]) => field !== 'vat_amount' || value)
          .map(([field, value]) => [field, typeof value === 'number' ? String(value) : value]),
      ),
      ...(name === 'cancel' ? { cancel_reason: 'customer' } : {}),
    }),
  })

const call = async (name, params) => {
  let response
  try {
    response = await post(name, params)
  } catch {
    // 5. The connection broke: "let us try that again". A cancel is paid back twice.
    response = await post(name, params)
  }
  // 6. An error page is no JSON, and ends the program.
  const body = JSON.parse(await response.text())
  if (response.status === 200) return { result: body }
  // 7. The key is in the log of every 401. 8. HTTP 500 is a refusal. 9. The payer's reason, in extras, is lost. 10. No answer is compared with
  // what was asked for. 11. A refusal that does not say whether money moved is believed.
  if (response.status === 401) console.error('refused', response.status, { key: KAKAOPAY_SECRET_KEY })
  return { refusal: { error_code: body.error_code, error_message: body.error_message } }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, call: name, params } = JSON.parse(line)
  console.log(JSON.stringify({ id, ...(await call(name, params)) }))
}
