import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle, put } from './bundle.ts'

// Wrangler runs this before it looks for the script: a tenth of a second where nothing has changed.
const ROOT = join(import.meta.dirname, '..')
const OUT = join(ROOT, 'dist')
const STAMP = join(OUT, '.stamp')
/** For the types of our bindings, which Wrangler takes from the script. */
const TYPES = `export { default } from '../src/index.ts'
export { Account } from '../src/account.ts'
export { Person } from '../src/person.ts'
export { Room } from '../src/room.ts'
`

const stamp = stampOf()
if (stamp !== read(STAMP)) {
  await bundle({ entry: join(ROOT, 'src/index.ts'), out: OUT })
  put(join(OUT, 'index.d.ts'), TYPES)
  put(STAMP, stamp)
}

/** What it is made of: our sources, the versions that are installed, and the way it is made. */
function stampOf() {
  const ours = globSync(['src/**/*.{ts,tsx}', 'setup/{build,bundle}.ts', 'package.json'], {
    cwd: ROOT,
  })
  const lock = 'node_modules/.package-lock.json'
  const hash = createHash('sha256')
  for (const path of [lock, ...ours.sort()]) hash.update(`${path}\n${read(join(ROOT, path))}\n`)
  return hash.digest('hex')
}

function read(path: string) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
