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
    for (const spell of SPELLS) {
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
      const start = starts[at] ?? 0
      const found = this.#at(
        line,
        at,
        pieces.length > 0 && text[start - 1] === '/' && start - 1 === from,
      )
      if (!found || start < from) continue
      const end = starts[at + 1 + found.folded.length] ?? text.length
      pieces.push({ text: text.slice(from, start), names: null })
      pieces.push({ text: text.slice(start, end), names: found.names })
      from = end
    }
    return [...pieces, { text: text.slice(from), names: null }]
  }

  /** `isNext`: a slash parts it from the name before. */
  #at(line: string, at: number, isNext: boolean): Spelling | null {
    const before = line[at - 1] ?? ''
    if (isNext) return this.#from(line, at)
    const isGlued = IN_WORD.test(before) && !UNSPACED.test(before) && !PREFIXED.test(before)
    if (/[@/]/.test(before) || isGlued) return null
    return this.#from(line, at)
  }

  #from(line: string, at: number): Spelling | null {
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

/** In these scripts "to", "and" and "the" are letters before a name, and no address is written in them. */
const PREFIXED = /[\p{sc=Hebr}\p{sc=Arab}]/u

/** A name within a longer word is somebody else's, or an address. */
function isEnd(line: string, at: number, name: string) {
  const [after = '', next = ''] = [line[at], line[at + 1]]
  // Of two who are named one after the other each is told.
  if (after === '/' && next === '@') return true
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
    .replace(/<[^<>]*>/g, ' ')
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

function lastWord(name: string) {
  return bare(name).split(/\s+/).slice(1).at(-1) ?? ''
}

/** `jean-luc.picard`, `ann_lee`: as a name stands in an address. */
function joinedBy(sign: string) {
  return (name: string) => (/\s/.test(bare(name)) ? bare(name).replace(/\s+/g, sign) : '')
}

/** Without the dots, dashes and apostrophes that people leave out. */
function unmarked(name: string) {
  return bare(name)
    .replace(/['’.]/g, '')
    .replace(/[\s-]+/g, ' ')
    .trim()
}

/** `J. R. Smith` for J.R. Smith, and the other way round. */
function initialsApart(name: string) {
  return bare(name).replace(/\.(?=\p{L})/gu, '. ')
}

function initialsJoined(name: string) {
  return bare(name).replace(/(?<=(?:^|\.)\p{L}\.)\s+(?=\p{L}\.)/gu, '')
}

/** `Mueller` for Müller, where a keyboard has no such letters. */
function spelledOut(spell: (name: string) => string) {
  return (name: string) =>
    spell(name)
      .normalize('NFC')
      .replace(/[äöüåøÄÖÜÅØ]/g, (letter) => DIGRAPHS[letter.toLowerCase()] ?? '')
}

const DIGRAPHS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }

/** The surer the further in front. */
const SPELLS = [
  ...[
    whole,
    bare,
    joined,
    unmarked,
    initialsApart,
    initialsJoined,
    ...['.', '-', '_'].map(joinedBy),
  ],
  ...[whole, bare, joined, unmarked].map(spelledOut),
  ...[firstWord, spelledOut(firstWord), lastWord, spelledOut(lastWord)],
]

/** Text as it is compared, and where each of its characters comes from. */
function folded(text: string) {
  let line = ''
  const starts: number[] = []
  let at = 0
  for (const character of lettersIn(text)) {
    const plain = /\s/.test(character) ? ' ' : fold(character)
    for (let i = 0; i < plain.length; i++) starts.push(at)
    line += plain
    at += character.length
  }
  return { text: line, starts }
}
