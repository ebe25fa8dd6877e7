// `npm run skills`: makes a module of each folder beside this file. A skill that names a tool or a file that is
// not there stops it.
import { writeFileSync } from 'node:fs'
import { skillFolders } from './folders.ts'

for (const { path, made, stands } of skillFolders()) if (made !== stands) writeFileSync(path, made)
