import { writeFileSync } from 'node:fs'
import { generated } from './generated.ts'

for (const [file, text] of Object.entries(await generated())) writeFileSync(file, text)
