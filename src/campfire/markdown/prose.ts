/** Whole lines, as many as fit at a time. */
export function packLines(text: string, limit: number): string[] {
  const [first = '', ...rest] = text.split('\n').flatMap((line) => cutHard(line, limit))
  const packs: string[] = []
  let pack = first

  for (const line of rest) {
    if (pack.length + 1 + line.length > limit) {
      packs.push(pack)
      pack = line
    } else {
      pack += `\n${line}`
    }
  }

  return [...packs, pack]
}

function cutHard(line: string, limit: number): string[] {
  const pieces: string[] = []
  let rest = line
  while (rest.length > limit) {
    const at = graphemeBefore(rest, limit)
    pieces.push(rest.slice(0, at))
    rest = rest.slice(at)
  }
  return [...pieces, rest]
}

const ENDS = [/\n+/g, /[.!?…]['")\]*_]*\s+|[。！？]+/g, /\s+(?!\p{M})/gu]

/** Between lines where it can be, else between sentences, words, or at least characters. */
export function cutProse(text: string, limit: number): string[] {
  // What makes it text may take one more character.
  const pieces = cutText(text, Math.max(1, limit - 1))
  return pieces.map((piece, index) => (index === 0 ? piece : asText(piece)))
}

function cutText(text: string, limit: number) {
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > limit) {
    const at = placeToCut(rest, limit)
    pieces.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  return [...pieces, rest].filter(Boolean)
}

function placeToCut(text: string, limit: number) {
  const window = text.slice(0, limit)
  for (const end of ENDS) {
    const last = [...window.matchAll(end)].at(-1)
    const at = last ? last.index + last[0].length : 0
    if (at > limit / 2) return at
  }
  return graphemeBefore(text, limit)
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function graphemeBefore(text: string, limit: number) {
  const found = graphemes.segment(text.slice(0, limit + 200)).containing(limit)
  if (!found) return limit

  // A first grapheme that is longer than the limit stays whole, unless it has no end at all.
  return found.index || found.segment.replace(/[\uD800-\uDBFF]$/, '').length
}

/** What begins a part in the middle of a paragraph is text, also where it looks like a marker. */
function asText(text: string) {
  return text
    .replace(/^(?=#{1,6}\s|[-+*](?:\s|$)|>|`{3}|~{3}|\||\[[^\]]*\]:|(?:[-_*]\s*){3})/, '\\')
    .replace(/^(\d{1,9})(?=[.)](?:\s|$))/, '$1\\')
}
