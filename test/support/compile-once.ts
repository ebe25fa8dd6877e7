import { join } from 'node:path'

const KEPT = join(import.meta.dirname, '../../node_modules/.cache/compiled')

/**
 * Many tests start a program of ours as people do, and each reads hundreds of files. Node keeps what it has made of
 * them for the next process, which then starts in half the time.
 */
export function compileOnce() {
  process.env.NODE_COMPILE_CACHE ??= KEPT
}
