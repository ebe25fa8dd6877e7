import { fold, lettersIn } from '../fold.ts'

/** A name of somebody here, in one of the ways in which people write it. */
interface Spelling {
  folded: string
  /** Whose: several people may go by it, and then it means none of them. */
  names: string[]
}

/** Whom a name means: in any case, with or without accents, in full or, where it is theirs alone, in part. */
export class Names {
  /** By the first letter, the longest first. */
  #spellings = new Map<string, Spelling[]>()

  constructor(names: string[]) {
    // What is exact wins over what is only a part: of Ann and Ann Lee, "Ann" is the first.
    const known = new Map<string, string[]>()
    for (const spell of [whole, bare, joined, firstWord]) {
      for (const [spelling, bearers] of Map.groupBy(names, (name) => folded(spell(name)).text)) {
        if (spelling && !known.has(spelling)) known.set(spelling, bearers)
      }
    }
    const all = [...known].map(([folded, names]) => ({ folded, names }))
    const longestFirst = all.toSorted((a, b) => b.folded.length - a.folded.length)
    this.#spellings = Map.groupBy(longestFirst, ({ folded }) => folded[0] ?? '')
  }

  /** Text in pieces: what stands between names, and each `@Name` with whoever it means. */
  find(text: string): { text: string; names: string[] | null }[] {
    const { text: line, starts } = folded(text)
    const pieces: { text: string; names: string[] | null }[] = []
    let from = 0
    for (let at = line.indexOf('@'); at !== -1; at = line.indexOf('@', at + 1)) {
      const found = this.#at(line, at)
      const start = starts[at] ?? 0
      if (!found || start < from) continue
      const end = starts[at + 1 + found.folded.length] ?? text.length
      pieces.push({ text: text.slice(from, start), names: null })
      pieces.push({ text: text.slice(start, end), names: found.names })
      from = end
    }
    return [...pieces, { text: text.slice(from), names: null }]
  }

  #at(line: string, at: number): Spelling | null {
    const before = line[at - 1] ?? ''
    if (/[@/]/.test(before) || (IN_WORD.test(before) && !UNSPACED.test(before))) return null

    const spellings = this.#spellings.get(line[at + 1] ?? '') ?? []
    const found = spellings.find(
      ({ folded }) =>
        line.startsWith(folded, at + 1) && isEnd(line, at + 1 + folded.length, folded),
    )
    return found ?? null
  }
}

const IN_WORD = /[\p{L}\p{M}\p{N}_]/u
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u

/** A name within a longer word is somebody else's, or an address. */
function isEnd(line: string, at: number, name: string) {
  const [after = '', next = ''] = [line[at], line[at + 1]]
  if (/[-./@]/.test(after) && IN_WORD.test(next) && !UNSPACED.test(next)) return false
  if (!IN_WORD.test(after)) return true
  return name.length > 1 && UNSPACED.test(after)
}

function whole(name: string) {
  return name
}

/** Without what nobody types: pictures, what stands in brackets. */
function bare(name: string) {
  const words = name
    .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .replace(/[^\p{L}\p{M}\p{N}\s'’.-]+/gu, ' ')
  return words.trim()
}

function joined(name: string) {
  return /\s/.test(bare(name)) ? bare(name).replace(/\s+/g, '') : ''
}

function firstWord(name: string) {
  return bare(name).split(/\s+/)[0] ?? ''
}

/** Text as it is compared, and where each of its characters comes from. */
function folded(text: string) {
  let line = ''
  const starts: number[] = []
  let at = 0
  for (const character of lettersIn(text)) {
    const plain = /\s/.test(character) ? ' ' : /[’ʼ‘]/.test(character) ? "'" : fold(character)
    for (let i = 0; i < plain.length; i++) starts.push(at)
    line += plain
    at += character.length
  }
  return { text: line, starts }
}
