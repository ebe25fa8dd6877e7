import { readdirSync, readFileSync } from 'node:fs'

/**
 * What a process and all that come from it hold of the machine's memory, in bytes: the proportional set,
 * in which a page that several share counts once. Resident sizes would count one binary many times.
 */
export function memoryOf(ancestor: number) {
  return familyOf(ancestor).reduce((sum, pid) => sum + sizeOf(pid), 0)
}

function familyOf(ancestor: number) {
  const parents = new Map(
    readdirSync('/proc')
      .filter(isPid)
      .map((pid) => [pid, parentOf(pid)]),
  )
  const family = [ancestor]
  for (const one of family) {
    for (const [pid, parent] of parents) if (parent === one) family.push(Number(pid))
  }
  return family
}

function parentOf(pid: string) {
  const status = read(`/proc/${pid}/stat`)
  // The name of the command may hold spaces and brackets.
  return Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1])
}

function sizeOf(pid: number) {
  const [, kilobytes = '0'] = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`)) ?? []
  return Number(kilobytes) * 1_024
}

/** Empty for one that has just ended. */
function read(path: string) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const isPid = (name: string) => /^\d+$/.test(name)
