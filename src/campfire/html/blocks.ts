import type { Token, Tokens } from 'marked'
import { code, preformatted } from './code.ts'
import { escapeHtml } from './escape.ts'
import { renderInline } from './inline.ts'
import { hasMention, type Mentions } from './mentions.ts'
import { aligned, rowsOf } from './table.ts'

/** What all blocks of a message share. */
interface Page {
  mentions: Mentions
  links: Set<string>
}

/** Campfire's blocks have no margins: what is to stand apart is parted by an empty line. */
export function renderBlocks(tokens: Token[], page: Page): string {
  const blocks = tokens
    .map((token) => ({ token, html: renderBlock(token, page) }))
    .filter(({ html }) => html)
  return blocks
    .map(({ token, html }, index) => {
      const next = blocks[index + 1]?.token
      return next ? endedFor(html) + (standsApart(token, next) ? '<br>' : '') : html
    })
    .join('')
}

/** A heading belongs to its text, and what leads up to a list, code or a table stays with it. */
function standsApart(token: Token, next: Token) {
  if (token.type === 'heading' || token.type === 'hr') return false
  const leadsUp = isProse(token) && ['list', 'code', 'table'].includes(next.type)
  return !leadsUp && (next.type !== 'hr' || !isProse(token))
}

function isProse({ type }: Token) {
  return type === 'paragraph' || type === 'text'
}

/** In notifications and search a heading would be glued to the next word. Such a break is not seen. */
function endedFor(html: string) {
  return html.replace(/(?=<\/h[2-6]>$)/, '<br>')
}

function renderBlock(token: Token, page: Page): string {
  switch (token.type) {
    case 'space':
      return ''
    case 'paragraph':
    case 'text':
      return paragraph(renderInline(token.tokens ?? [token], page))
    case 'heading':
      return `<h${token.depth}>${renderInline(token.tokens, page)}</h${token.depth}>`
    case 'list':
      return list(token as Tokens.List, page)
    case 'blockquote':
      return `<blockquote>${renderBlocks(token.tokens ?? [], page)}</blockquote>`
    case 'code':
      return code(token as Tokens.Code, page.mentions)
    case 'table':
      return table(token as Tokens.Table, page)
    case 'hr':
      return '<hr>'
    case 'def':
      return page.links.has(token.href) ? '' : verbatim(token)
    default:
      return verbatim(token)
  }
}

function verbatim(token: Token) {
  return paragraph(escapeHtml(token.raw.trim()).replace(/\n/g, '<br>'))
}

// A mention is shown as a div, which would tear a paragraph apart.
function paragraph(html: string) {
  return hasMention(html) ? `<div>${html}</div>` : `<p>${html}</p>`
}

/** Aligned text, or where that would break on every screen: a few lines for each row. */
function table(token: Tokens.Table, page: Page) {
  const text = aligned(token)
  if (text !== null) return preformatted(page.mentions.plain(text))

  return rowsOf(token, (cell) => renderInline(cell, page))
    .map((lines) => paragraph(lines.join('<br>')))
    .join('<br>')
}

function list(token: Tokens.List, page: Page) {
  const numbers = writtenNumbers(token)
  const items = token.items.map((item, index) => {
    const number = numbers ? `${numbers[index]}. ` : ''
    return renderItem(item.tokens, number, page)
  })

  // Campfire drops where a list starts, so such numbers are text.
  if (numbers) return items.map((item) => `<div>${item}</div>`).join('')

  const tag = token.ordered ? 'ol' : 'ul'
  return `<${tag}>${items.map((item) => `<li>${item}</li>`).join('')}</${tag}>`
}

/** The numbers that an ordered list shows, or null if those of an `ol` are the same. */
function writtenNumbers({ ordered, start, items }: Tokens.List) {
  if (!ordered) return null

  const first = Number(start)
  const own = items.map((item) => Number.parseInt(item.raw.trimStart(), 10))
  const numbers = own.every((number) => number === first) ? own.map((_, i) => first + i) : own
  return numbers.every((number, index) => number === index + 1) ? null : numbers
}

/** Only lists may follow the text of an item directly; from other blocks a paragraph parts it. */
function renderItem(tokens: Token[], number: string, page: Page) {
  const [head, rest] = takeHead(tokens)
  const line = number + head.map((token) => lineOf(token, page)).join('')
  const blocks = renderBlocks(rest, page)
  if (rest.every(isPlainList) || !line) {
    // Below a number that is text, a list would be glued to it in notifications; nor is this break seen.
    return line + (line && number && blocks ? '<br>' : '') + blocks
  }

  return `${paragraph(line)}${parts(rest) ? '<br>' : ''}${blocks}`
}

/** A list or code belongs to the line above it, as it does outside of a list. */
function parts([first]: Token[]) {
  return first?.type !== 'list' && first?.type !== 'code' && first?.type !== 'table'
}

/** The first line of an item, with its checkbox, and what stands below it. */
function takeHead(tokens: Token[]): [Token[], Token[]] {
  const [box, ...others] = tokens
  if (box?.type === 'checkbox') {
    const [head, rest] = takeHead(others)
    return [[box, ...head], rest]
  }

  const count = ['text', 'paragraph'].includes(tokens[0]?.type ?? '') ? 1 : 0
  return [tokens.slice(0, count), tokens.slice(count).filter((token) => token.type !== 'space')]
}

function lineOf(token: Token, page: Page) {
  return renderInline('tokens' in token && token.tokens ? token.tokens : [token], page)
}

function isPlainList(token: Token) {
  return token.type === 'list' && !writtenNumbers(token as Tokens.List)
}
