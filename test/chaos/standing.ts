import type { Seen } from '../campground/seen.ts'

/** What a message of the bot is, as anybody can read. */
export interface Standing {
  id: number
  /** Each paragraph of an answer says what it answers, and which of how many it is. */
  parts: { name: string; ids: number[]; part: number; of: number }[]
  /** The turn that ended with an honest sentence. */
  reference: string | null
  /** Something is still to come of it. */
  isDraft: boolean
  is: 'answer' | 'sentence' | 'file' | "Campfire's words" | 'orphan'
  text: string
}

const PART = /Answer to ([\d, ]+), part (\d+) of (\d+)\./g

export function standingOf({ id, plain, file }: Seen): Standing {
  const parts = [...plain.matchAll(PART)].map(([, name = '', part, of]) => ({
    name,
    ids: name.split(', ').map(Number),
    part: Number(part),
    of: Number(of),
  }))
  const reference = /\((\d+-\d+-\d+)\)\.$/.exec(plain.trim())?.[1] ?? null
  const standing = { id, parts, reference, isDraft: plain.includes('…'), text: plain }
  return { ...standing, is: kindOf(standing, file) }
}

function kindOf({ parts, reference, text }: Omit<Standing, 'is'>, file: string | null) {
  if (file?.startsWith('note-')) return 'file'
  if (parts.length) return 'answer'
  if (reference) return 'sentence'
  return text === 'Failed to respond within 7 seconds' ? "Campfire's words" : 'orphan'
}
