import type { Origin } from '../account.ts'

/** Of IPv6 the first half: a visitor has the rest of it, and chooses. */
export function originOf(address: string): Origin {
  const v4 = /^(?:::ffff:)?((\d{1,3})\.\d{1,3}\.\d{1,3}\.\d{1,3})$/i.exec(address.trim())
  if (v4?.[1]) return { network: v4[1], block: `${v4[2]}.*` }
  const groups = groupsOf(address.trim().toLowerCase())
  if (!groups) return { network: 'unknown', block: 'unknown' }
  const network = groups.slice(0, 4).join(':')
  return { network, block: `${groups[0]?.padStart(4, '0').slice(0, 2)}*:` }
}

/** All eight: `::` stands for as many noughts as are missing, and which visitor writes how many is theirs to choose. */
function groupsOf(address: string) {
  const [head = '', tail, ...more] = address.split('::')
  if (more.length || !/^[0-9a-f:]+$/.test(address) || !address.includes(':')) return null
  const [before, after] = [partsOf(head), partsOf(tail ?? '')]
  const missing = 8 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 1) return null
  const all = [...before, ...Array.from({ length: missing }, () => '0'), ...after]
  return all.map((group) => group.replace(/^0+(?=.)/, ''))
}

function partsOf(text: string) {
  return text ? text.split(':') : []
}
