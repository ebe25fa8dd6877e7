import type { Token, Tokens } from 'marked'
import { cutProse, packLines } from './prose.ts'

/** Markdown that may stand after the piece before it, or must begin a part of its own. */
export interface Piece {
  raw: string
  fresh?: boolean
  heads?: boolean
}

type Split = (markdown: string, limit: number) => string[]

/** Cuts one block that is too long for a part, so that each piece is the same kind of block. */
export function cutBlock(block: Token, limit: number, split: Split): Piece[] {
  return block.type === 'list'
    ? cutList(block as Tokens.List, limit, split)
    : apart(cutOther(block, limit, split))
}

function cutOther(block: Token, limit: number, split: Split) {
  if (block.type === 'blockquote') return cutQuote(block as Tokens.Blockquote, limit, split)

  const pieces =
    (block.type === 'code' && cutCode(block as Tokens.Code, limit)) ||
    (block.type === 'table' && cutTable(block.raw, limit))
  return pieces || cutProse(block.raw, limit)
}

function apart(pieces: string[]): Piece[] {
  return pieces.map((piece, index) => ({ raw: `${piece}\n\n`, fresh: index > 0 }))
}

function cutList(list: Tokens.List, limit: number, split: Split) {
  const markers = markersOf(list)
  return list.items.flatMap((item, index) => cutItem(item, markers[index] ?? '- ', limit, split))
}

/** A list numbered 1. 1. 1. is counted on, so that the next part does not begin at 1 again. */
function markersOf({ ordered, items }: Tokens.List) {
  const own = items.map((item) => /^\s*(\d+[.)]|[-*+])/.exec(item.raw)?.[1] ?? '-')
  const [first = '-'] = own
  if (!ordered || own.some((marker) => marker !== first)) return own.map((marker) => `${marker} `)

  return own.map((_, index) => `${Number.parseInt(first, 10) + index}${first.slice(-1)} `)
}

/** An item too long goes on after its list: only its beginning is an item. */
function cutItem(item: Tokens.ListItem, marker: string, limit: number, split: Split): Piece[] {
  const sameMarker = item.raw.trimStart().startsWith(marker)
  if (sameMarker && item.raw.length <= limit) return [{ raw: item.raw }]

  const box = item.task ? `[${item.checked ? 'x' : ' '}] ` : ''
  const indent = ' '.repeat(marker.length)
  const inItem = (text: string) => marker + text.replace(/\n(?=[^\n])/g, `\n${indent}`)

  const [first = '', ...rest] = splitFor(box + item.text, limit, split, inItem)
  return [{ raw: `${inItem(first)}\n` }, ...apart(['', ...rest]).slice(1)]
}

function cutQuote(quote: Tokens.Blockquote, limit: number, split: Split) {
  const inQuote = (text: string) => text.replace(/^/gm, '> ')
  return splitFor(quote.text, limit, split, inQuote).map(inQuote)
}

/** Splits what will be longer once it is wrapped: at worst, empty lines, three times as long. */
function splitFor(text: string, limit: number, split: Split, wrap: (text: string) => string) {
  const parts = split(text, limit)
  const longest = parts.reduce((length, part) => Math.max(length, wrap(part).length), 0)
  const excess = longest - limit
  if (excess <= 0) return parts

  const shorter = split(text, Math.max(limit - excess, Math.ceil(limit / 3)))
  return shorter.flatMap((part) =>
    wrap(part).length > limit ? split(part, Math.ceil(limit / 3)) : [part],
  )
}

function cutCode(code: Tokens.Code, limit: number) {
  const { lang = '', text } = code
  const fence = fenceFor(code)
  const room = limit - 2 * fence.length - lang.length - 2
  if (room < limit / 3) return null

  return packLines(text, room).map((lines, index) => {
    const language = index === 0 ? lang : lang.split(/\s/, 1)
    return `${fence}${language}\n${lines}\n${fence}`
  })
}

/** Its own, unless it holds such blocks: of what is cut no half may end it. */
function fenceFor({ raw, text }: Tokens.Code) {
  const own = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1]
  const inside = text.match(/^ {0,3}(?:`{3,}|~{3,})/gm) ?? []
  if (own && !inside.some((line) => line.trim().startsWith(own))) return own
  const longest = (text.match(/`{3,}/g) ?? []).reduce((a, b) => (a.length > b.length ? a : b), '``')
  return `${longest}\``
}

function cutTable(raw: string, limit: number) {
  const [header = '', rule = '', ...rows] = raw.trimEnd().split('\n')
  const head = `${header}\n${rule}\n`
  if (rows.length === 0 || rows.some((row) => head.length + row.length > limit)) return null

  return packLines(rows.join('\n'), limit - head.length).map((lines) => head + lines)
}
