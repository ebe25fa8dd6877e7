import type { Token } from 'marked'
import { cutBlock, type Piece } from './markdown/cut.ts'
import { lexBlocks } from './markdown/lexer.ts'
import { cutPlainly, cutProse } from './markdown/prose.ts'

export { destinationAt } from './markdown/address.ts'
export { holdsFences, LOOKS_AHEAD, nests, stepOf } from './markdown/fences.ts'
export { type Healed, healInline, parseInline } from './markdown/inline.ts'
export { lex, lexBlocks } from './markdown/lexer.ts'

// Quotes and items that are too long are split in turn, each level three times at worst.
const DEEPEST = 3

/** Characters that people read in one message. */
const LIMIT = 3_500
/** Bytes: a push carries the text with which a message is created, and above 4 KB it reaches nobody. */
const LONGEST_PUSH = 3_500

/** Parts that a push can carry: of Chinese a third as many characters as of English. */
export function splitForPush(markdown: string): string[] {
  const density = bytesIn(markdown) / Math.max(1, markdown.length)
  return fitting(markdown, Math.floor(LONGEST_PUSH / Math.max(1, density)))
}

function fitting(markdown: string, limit: number): string[] {
  return split(markdown, limit).flatMap((part) => {
    const bytes = bytesIn(part)
    const isFine = bytes <= LONGEST_PUSH || limit < LIMIT / 8
    return isFine ? [part] : fitting(part, Math.floor((limit * LONGEST_PUSH * 0.95) / bytes))
  })
}

function bytesIn(text: string) {
  return new TextEncoder().encode(text).length
}

/** Parts short enough to read, cut where it hurts least. */
export function split(markdown: string, limit = LIMIT): string[] {
  const text = markdown.replace(/\r\n?/g, '\n')
  if (text.length <= MOST_READ) return divide(text, limit, 0)

  // Of so long an answer people get the beginning, and the whole as a file.
  const end = text.lastIndexOf('\n', MOST_READ)
  const at = end > MOST_READ / 2 ? end : MOST_READ
  return [...divide(text.slice(0, at), limit, 0), ...cutPlainly(text.slice(at), limit)]
}

const MOST_READ = 30_000

function divide(markdown: string, limit: number, depth: number): string[] {
  const text = trimLines(markdown)
  if (text.length <= limit) return text ? [text] : []

  const blocks = depth < DEEPEST ? blocksOf(text) : null
  if (!blocks) return cutProse(text, limit)

  const [definitions, others] = takeDefinitions(blocks)
  const pieces = others.flatMap((block) => piecesOf(block, limit, depth))
  return pack(pieces, limit).map((part) => withDefinitions(part, definitions))
}

function blocksOf(text: string) {
  try {
    return lexBlocks(text)
  } catch {
    return null
  }
}

function piecesOf(block: Token, limit: number, depth: number): Piece[] {
  if (block.raw.length <= limit) return [{ raw: block.raw, heads: block.type === 'heading' }]

  return cutBlock(block, limit, (text, room) => divide(text, room, depth + 1))
}

function pack(pieces: Piece[], limit: number) {
  const tables: Piece[][] = [[]]
  let room = limit

  for (const piece of pieces) {
    const part = tables.at(-1) ?? []
    if (!piece.raw.trim() && part.at(-1)?.raw.endsWith('\n\n')) continue

    if (piece.fresh || piece.raw.trimEnd().length > room) {
      const headings = takeHeadings(part, limit - piece.raw.length)
      tables.push([...headings, piece])
      room = limit - lengthOf(headings) - piece.raw.length
    } else {
      part.push(piece)
      room -= piece.raw.length
    }
  }

  return tables.map((part) => trimLines(part.map(({ raw }) => raw).join(''))).filter(Boolean)
}

/** Headings at the end of a part go along with what follows them, if there is room. */
function takeHeadings(part: Piece[], room: number) {
  const last = part.findLastIndex((piece) => !piece.heads && piece.raw.trim())
  return lengthOf(part.slice(last + 1)) > room ? [] : part.splice(last + 1)
}

function lengthOf(pieces: Piece[]) {
  return pieces.reduce((length, { raw }) => length + raw.length, 0)
}

function trimLines(text: string) {
  return text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd()
}

/** Definitions of links that are used: they go along with every part that needs them. */
function takeDefinitions(blocks: Token[]): [Token[], Token[]] {
  const text = blocks.map((block) => (block.type === 'def' ? '' : block.raw)).join('')
  const used = (block: Token) => block.type === 'def' && refersTo(text, block)

  return [blocks.filter(used), blocks.filter((block) => !used(block))]
}

function withDefinitions(part: string, definitions: Token[]) {
  const needed = definitions.filter((definition) => refersTo(part, definition))
  if (needed.length === 0) return part

  return `${part}\n\n${needed.map((definition) => definition.raw.trim()).join('\n')}`
}

function refersTo(text: string, definition: Token) {
  return 'tag' in definition && text.toLowerCase().includes(`[${definition.tag}]`)
}
