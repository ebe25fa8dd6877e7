import { visible } from '../../../campfire.ts'

const LONGEST = 120
const LONGEST_ENDING = 16

/** What a file is called: no path, nothing that cannot be seen or that breaks a line, and not too long. */
export function safeName(name: string) {
  const last = name.toWellFormed().split(/[\\/]/).at(-1) ?? ''
  const line = visible(last)
    .replace(/\s+/g, ' ')
    .replace(/[<>"&]/g, '_')
    .trim()
  const bare = line.replace(/^\.+/, '')
  return shortened(bare) || 'file'
}

/** Its ending stays. */
function shortened(name: string) {
  const characters = [...name]
  if (characters.length <= LONGEST) return name
  const ending = /\.[\p{L}\p{N}]+$/u.exec(name)?.[0] ?? ''
  const kept = [...ending].length <= LONGEST_ENDING ? ending : ''
  return `${characters.slice(0, LONGEST - 1 - [...kept].length).join('')}…${kept}`
}
