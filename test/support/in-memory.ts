import { readFileSync, statfsSync } from 'node:fs'

const MEMORY = '/dev/shm'
/** In bytes: what whole runs have written, and twice as much again. */
const ENOUGH = 4 * 2 ** 30
/** The browser is unpacked there, too, and has to run. */
const FORBIDS = new RegExp(`^\\S+ ${MEMORY} \\S+ \\S*\\bnoexec\\b`, 'm')

/**
 * What objects store in tests is thrown away after them, so no test need wait for a disk: where a folder in memory
 * has room it is the one for all that is temporary. SQLite is the same there, and a process that is killed leaves
 * behind what it would elsewhere; only a machine that falls over would not.
 */
export function keepInMemory() {
  if (hasRoom()) process.env.TMPDIR = MEMORY
}

function hasRoom() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    const room = Math.min(bavail * bsize, process.availableMemory())
    return room > ENOUGH && !FORBIDS.test(readFileSync('/proc/mounts', 'utf8'))
  } catch {
    return false // other systems have no such folder
  }
}
