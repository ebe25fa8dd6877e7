import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { bundle } from '../../setup/bundle.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/**
 * Builds the Worker as it would be deployed, but for what worker.ts says, and returns a configuration
 * that serves just this: it starts sooner, and nobody who edits the sources meanwhile restarts it.
 */
export async function build(home: string) {
  const out = join(home, 'built')
  await bundle({ entry: join(ROOT, 'test/chaos/worker.ts'), out })

  const settings = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8')
  const config = join(out, 'wrangler.toml')
  const served = settings
    .replace(/^main = .*$/m, 'main = "worker.js"')
    .replace(/^\[build\]\ncommand = .*$/m, '')
  writeFileSync(config, served)
  return config
}
