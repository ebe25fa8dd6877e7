import { ShallowParser } from '../campfire/text.ts'
import { Prose } from './prose.ts'

const DEEPEST = 100
/** What no browser shows as text. */
const UNSEEN = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'svg',
  'iframe',
  'object',
  'head',
])
const APART =
  /^(p|table|dl|section|article|header|footer|figure|blockquote|pre|form|main|nav|ul|ol)$/
const LINES = /^(div|dt|dd|figcaption|details|summary|address|tr|option|label)$/

/** A page as text, with its headings, lists, tables and where its links lead. */
export function htmlAsText(pieces: Iterable<string>): Prose {
  const prose = new Prose()
  let [unseen, lists, pre] = [0, 0, 0]
  const links: (string | null)[] = []
  const parser = new ShallowParser(DEEPEST, {
    onopentag: (tag, { href = '', alt = '' }) => {
      if (UNSEEN.has(tag)) unseen++
      if (unseen) return
      if (tag === 'br') prose.break()
      else if (tag === 'img' && alt.trim()) prose.flow(`[image: ${alt.trim()}]`)
      else if (/^h[1-6]$/.test(tag)) prose.heading(Number(tag[1]))
      else if (tag === 'li') prose.item(lists - 1)
      else if (tag === 'td' || tag === 'th') prose.write(' | ')
      else if (tag === 'a') links.push(/^https?:/i.test(href) ? href : null)
      else if (APART.test(tag) && !lists) prose.block()
      else if (LINES.test(tag)) prose.break()
      if (tag === 'ul' || tag === 'ol') lists++
      if (tag === 'pre') pre++
    },
    ontext: (text) => {
      if (unseen) return
      if (!pre) return prose.flow(text)
      for (const [at, line] of text.split('\n').entries()) {
        if (at) prose.break()
        prose.write(line)
      }
    },
    onclosetag: (tag) => {
      if (UNSEEN.has(tag)) unseen--
      if (unseen) return
      const link = tag === 'a' ? links.pop() : null
      if (link) prose.write(` <${link}>`)
      if (tag === 'ul' || tag === 'ol') lists--
      if (tag === 'pre') pre--
      if (/^h[1-6]$/.test(tag) || (APART.test(tag) && !lists)) prose.block()
      else if (LINES.test(tag)) prose.break()
    },
  })
  for (const piece of pieces) {
    parser.write(piece)
    if (prose.isFull) break
  }
  parser.end()
  return prose
}
