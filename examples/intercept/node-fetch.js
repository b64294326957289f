import { readFile } from 'node:fs/promises'

const answer = await fetch('https://open-api.kakaopay.com/online/v1/payment/ready', {
  method: 'POST',
  headers: { Authorization: 'SECRET_KEY DEV_EXAMPLE', 'Content-Type': 'application/json' },
  body: await readFile(new URL('ready.json', import.meta.url)),
})
console.log(await answer.text())
