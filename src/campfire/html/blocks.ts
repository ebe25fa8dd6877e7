import type { Token, Tokens } from 'marked'
import { code } from './code.ts'
import { escapeHtml } from './escape.ts'
import { renderInline } from './inline.ts'
import { hasMention, type Mentions } from './mentions.ts'
import { tableText } from './table.ts'

/** What all blocks of a message share. */
interface Page {
  mentions: Mentions
  links: Set<string>
}

export function renderBlocks(tokens: Token[], page: Page): string {
  const blocks = tokens.map((token) => renderBlock(token, page)).filter(Boolean)
  return blocks.map((html, i) => (i < blocks.length - 1 ? html + gapAfter(html) : html)).join('')
}

// In notifications and search these would be glued to the next word.
function gapAfter(html: string) {
  return /<\/(?:pre|h[2-6]|div)>$/.test(html) ? '<br>' : ''
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
      return code(token as Tokens.Code)
    case 'table':
      return `<pre>${escapeHtml(tableText(token as Tokens.Table))}</pre>`
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
  if (rest.every(isPlainList) || !line) return line + blocks

  return paragraph(line) + gapAfter(paragraph(line)) + blocks
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
