import { writeFileSync } from 'node:fs'
import { written } from './document.ts'

// Writes openapi.json anew: `node test/operator/openapi/write.ts`.
writeFileSync(`${import.meta.dirname}/../../../openapi.json`, written())
