import type { Command } from './command.ts'

/** A command, whose module is loaded only when it runs, or a name with parts, such as `check`. */
export interface Entry {
  readonly summary: string
  readonly load?: () => Promise<Command>
  readonly parts?: Readonly<Record<string, Entry>>
}

export const commands: Readonly<Record<string, Entry>> = {
  serve: { summary: 'Start the server', load: async () => (await import('./serve.ts')).serve },
  exec: {
    summary: 'Run a command whose calls to KakaoPay reach a mock',
    load: async () => (await import('./exec.ts')).exec,
  },
  pay: { summary: 'Act as the payer of a payment', load: async () => (await import('./pay.ts')).pay },
  check: {
    summary: 'Check a server, a client or any traffic against the contract',
    parts: {
      server: {
        summary: 'Check a server against the fixtures',
        load: async () => (await import('./check/server.ts')).server,
      },
      client: {
        summary: 'Check your client against the fixtures',
        load: async () => (await import('./check/client.ts')).client,
      },
      traffic: {
        summary: 'Check what any program sends',
        load: async () => (await import('./check/traffic.ts')).traffic,
      },
      list: { summary: 'List the fixtures', load: async () => (await import('./check/list.ts')).list },
      show: { summary: 'Show one fixture with its rules', load: async () => (await import('./check/list.ts')).show },
    },
  },
  state: {
    summary: 'Export or import what a running mock keeps',
    parts: {
      export: { summary: 'Write it as JSON', load: async () => (await import('./state.ts')).exportState },
      import: {
        summary: 'Put a JSON file in the place of it',
        load: async () => (await import('./state.ts')).importState,
      },
    },
  },
  audit: {
    summary: 'Ask a running mock whether every payment is settled',
    load: async () => (await import('./audit.ts')).audit,
  },
  deviations: {
    summary: 'List where the server behind serve --relay differs from the contract',
    load: async () => (await import('./deviations.ts')).deviations,
  },
  health: { summary: 'Ask a running mock whether it serves', load: async () => (await import('./health.ts')).health },
  wait: { summary: 'Wait until a mock serves', load: async () => (await import('./health.ts')).wait },
  ca: { summary: 'Show the local certificate authority', load: async () => (await import('./ca.ts')).ca },
  config: {
    summary: 'Show the settings in force and where each came from',
    load: async () => (await import('./config.ts')).config,
  },
}

/** What the program answers by itself, from the tables of the others. */
export const builtins = {
  completion: { summary: 'Print the completion script of a shell: bash, zsh or fish' },
  help: { summary: 'Print the help of a command' },
}
