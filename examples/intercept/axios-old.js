import { readFile } from 'node:fs/promises'
import axios from 'axios-old'

const url = 'https://open-api.kakaopay.com/online/v1/payment/ready'
const body = JSON.parse(await readFile(new URL('ready.json', import.meta.url), 'utf8'))
const answer = await axios.post(url, body, { headers: { Authorization: 'SECRET_KEY DEV_EXAMPLE' } })
console.log(JSON.stringify(answer.data))
