import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { heal } from '../../../src/campfire/heal.ts'
import { answersIn, golden } from './seen.ts'

// Writes the golden files anew: `node test/campfire/corpus/write.ts`. Read what has changed before you keep it.
const folder = import.meta.dirname
for (const file of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
  const answers = answersIn(readFileSync(`${folder}/${file}`, 'utf8'))
  const prepare = file === 'half.md' ? heal : (markdown: string) => markdown
  writeFileSync(`${folder}/${file.replace(/md$/, 'seen.txt')}`, golden(answers, prepare))
}
