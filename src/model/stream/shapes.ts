import { isObject, type Loose, parsed, wordIn } from '../loose.ts'

/** An answer of another API: at this address is none of ours. */
export function isForeign({ choices, candidates, type, content }: Loose) {
  return (
    type === undefined &&
    content === undefined &&
    (Array.isArray(choices) || Array.isArray(candidates))
  )
}

/** As a number, or in words of one. */
export function placeIn(index: unknown) {
  const place = typeof index === 'string' && index.trim() ? Number(index) : index
  return typeof place === 'number' && !Number.isNaN(place) ? place : null
}

/** Some give as a word what it says. */
export function contentIn({ content }: Loose): unknown[] {
  if (Array.isArray(content)) return content
  return wordIn(content) ? [{ type: 'text', text: content }] : []
}

/** JSON line by line. Undefined: it is none. */
export function linesIn(text: string): unknown {
  const lines = text.split('\n').filter((line) => line.trim())
  const values = lines.length > 1 ? lines.map(parsed) : []
  return values.length > 0 && values.every(isObject) ? values : undefined
}
