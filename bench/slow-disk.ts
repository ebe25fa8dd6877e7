import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/**
 * The environment of a process whose every commit takes so much longer, in ms, as one does that is replicated
 * before it counts. Null: there is no C compiler here to make it. A whole process stands still meanwhile, where
 * a real one would only wait: with one turn at a time that is the same.
 */
export function slowDisk(ms: number, home: string): Record<string, string> | null {
  const library = join(home, 'slow-disk.so')
  const source = join(import.meta.dirname, 'slow-disk.c')
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O2', source, '-o', library, '-ldl'])
  } catch {
    return null
  }
  return { LD_PRELOAD: library, SLOW_DISK_MS: String(ms) }
}
