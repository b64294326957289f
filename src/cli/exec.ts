export const exec = { name: 'exec', summary: '', help: '', run: async () => 0 }
