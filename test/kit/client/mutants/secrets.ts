import type { EndpointName } from '../../../../contracts/index.ts'
import type { Report } from '../../../../src/kit/client/protocol.ts'
import { Client, type ClientClass, type Mutants, type Params } from './client.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** Forms in which a key is found in logs. */
const forms: Readonly<Record<string, (key: string) => string>> = {
  'as it is': (key) => key,
  'with its scheme': (key) => `Authorization: SECRET_KEY ${key}`,
  'in small letters': (key) => key.toLowerCase(),
  'in base64': base64,
  'in base64 behind a text': (key) => base64(`key=${key}`),
  'in base64 behind its scheme': (key) => base64(`SECRET_KEY ${key}`),
  'in base64 for URLs': (key) => Buffer.from(`SECRET_KEY ${key}`).toString('base64url'),
  'in base64 twice': (key) => base64(base64(key)),
  'in hex': (key) => Buffer.from(key).toString('hex'),
  'in hex with colons': (key) =>
    Buffer.from(key)
      .toString('hex')
      .replaceAll(/..(?=.)/g, '$&:'),
  'in percent signs': (key) => [...key].map((c) => `%${c.charCodeAt(0).toString(16)}`).join(''),
  'in escapes of JSON': (key) => [...key].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join(''),
  reversed: (key) => [...key].reverse().join(''),
  'between spaces': (key) => [...key].join(' '),
  'without its last four characters': (key) => `${key.slice(0, -4)}****`,
  'in its second half': (key) => `…${key.slice(20)}`,
}

const logs = (form: (key: string) => string) =>
  class extends Client {
    override async call(name: EndpointName, params: Params) {
      this.output += `calling ${name} with ${form(this.settings.key)}\n`
      return super.call(name, params)
    }
  }

const prints = (form: (key: string) => string) =>
  class extends Client {
    override async call(name: EndpointName, params: Params) {
      const report = await super.call(name, params)
      this.printed += `${JSON.stringify({ id: 1, ...report, debug: form(this.settings.key) })}\n`
      return report
    }
  }

const headers = (more: (key: string) => Record<string, string>) =>
  class extends Client {
    override headers = (name: EndpointName) => ({ ...super.headers(name), ...more(this.settings.key) })
  }

const kinds: Readonly<Record<string, ClientClass>> = {
  ...Object.fromEntries(Object.entries(forms).map(([name, form]) => [`writes the key ${name} to its log`, logs(form)])),
  'prints the key beside a report': prints((key) => key),
  'prints the key beside a report in base64': prints(base64),
  'logs the key after an error alone': class extends Client {
    override lost(reason: string): Report {
      this.output += `${reason}: ${JSON.stringify(this.settings)}\n`
      return super.lost(reason)
    }
  },
  'reports the key as a reason': class extends Client {
    override lost = (reason: string): Report => ({ kind: 'unknown', reason: `${reason} with ${this.settings.key}` })
  },
  'reports the key in base64 as a reason': class extends Client {
    override lost = (reason: string): Report => ({
      kind: 'unknown',
      reason: `${reason} ${base64(`Basic ${this.settings.key}`)}`,
    })
  },
  'reports its request beside the result': class extends Client {
    override result = (json: Params, name: EndpointName) => ({ ...json, request: { headers: this.headers(name) } })
  },
  'sends the key in a header of its own': headers((key) => ({ 'x-api-key': key })),
  'sends the key as a cookie in base64': headers((key) => ({ cookie: `session=${base64(key)}` })),
  'sends the key in User-Agent': headers((key) => ({ 'user-agent': `shop/1.0 ${key}` })),
  'sends the key in the body': class extends Client {
    override fields = (_: EndpointName, params: Params) => ({ ...params, payload: this.settings.key })
  },
  'sends the key in base64 in the body': class extends Client {
    override fields = (_: EndpointName, params: Params) => ({ ...params, payload: base64(this.settings.key) })
  },
  'sends the key in the path': class extends Client {
    override url = (name: EndpointName) => `${super.url(name)}?key=${this.settings.key}`
  },
}

export const secretMutants: Mutants = Object.fromEntries(
  Object.entries(kinds).map(([name, Kind]) => [name, { rule: 'client.secret', Kind }]),
)
