import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** As it is installed, which is as `package.json` pins it. */
export function versionOf(name: string) {
  const path = join(import.meta.dirname, 'node_modules', name, 'package.json')
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}
