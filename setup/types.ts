import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** `npm run types`: the types of the Worker's bindings and runtime, unless they are newer than all that they are made of. */
const ROOT = resolve(import.meta.dirname, '..')
const MADE = 'src/env.d.ts'
const OF = ['wrangler.toml', '.dev.vars.example', 'setup/optional.vars', 'package-lock.json']
const WRANGLER = [
  'types',
  MADE,
  '--env-file',
  '.dev.vars.example',
  '--env-file',
  'setup/optional.vars',
]

function changed(file: string) {
  return statSync(join(ROOT, file)).mtimeMs
}

const isCurrent = existsSync(join(ROOT, MADE)) && OF.every((file) => changed(file) < changed(MADE))
if (!isCurrent) {
  const { status } = spawnSync('wrangler', WRANGLER, { cwd: ROOT, stdio: 'inherit' })
  process.exitCode = status ?? 1
}
