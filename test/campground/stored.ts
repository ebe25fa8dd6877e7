import { type Dialect, traitsOf } from './dialect.ts'
import { parse, write } from './markup.ts'
import type { Content } from './messages.ts'

/** Action Text parses what it gets and keeps what it understood; the port has a cleaner of its own. */
export function asStored({ html, file }: Content, dialect: Dialect): Content {
  if (html === null) return { html, file }
  const { cleans } = traitsOf(dialect)
  const stored = write(parse(html), ({ name }) => {
    if (cleans && (name === 'script' || name === 'style')) return ''
    return cleans && name === 'br' ? '<br />' : null
  })
  return { html: stored, file }
}
