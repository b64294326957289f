import type { Command } from './command.ts'

/** Every subcommand, loaded only when it is asked for: a start pays for what it uses. */
export const commands: Readonly<Record<string, { readonly summary: string; load(): Promise<Command> }>> = {
  serve: { summary: 'Start the server', load: async () => (await import('./serve.ts')).serve },
  pay: { summary: 'Act as the payer of a payment', load: async () => (await import('./pay.ts')).pay },
  exec: {
    summary: 'Run a command whose calls to KakaoPay reach a mock',
    load: async () => (await import('./exec.ts')).exec,
  },
  ca: { summary: 'Show the local certificate authority', load: async () => (await import('./ca.ts')).ca },
  audit: {
    summary: 'Ask a running server whether every payment is settled',
    load: async () => (await import('./audit.ts')).audit,
  },
  health: { summary: 'Ask a running server whether it serves', load: async () => (await import('./health.ts')).health },
  config: {
    summary: 'Show the settings in force and where each came from',
    load: async () => (await import('./config.ts')).config,
  },
  check: { summary: 'Hold a server or a client to the contract', load: async () => (await import('./check.ts')).check },
}
