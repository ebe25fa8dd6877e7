/** Enough to tell by. */
const HEAD = 64_000
const LONGEST_PREAMBLE = 4_000
const MOST_LINES = 20
const SEPARATORS = [',', ';', '\t']

/** Text of whatever encoding; a page, a table and JSON have ways of reading of their own. */
export function textKindOf(
  head: Uint8Array,
  bytes: number,
): 'csv' | 'json' | 'html' | 'text' | { what: string } {
  const start = head.subarray(0, HEAD)
  const text = textIn(start)
  if (bytes === 0) return { what: 'empty file' }
  if (text === null) return { what: 'binary file' }
  if (isPage(text)) return 'html'
  if (/^\s*[{[]/.test(text) && isJson(text, bytes > start.length)) return 'json'
  return isTable(text) ? 'csv' : 'text'
}

/** Null: there are signs in it that no text has. */
function textIn(bytes: Uint8Array) {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const text = new TextDecoder('latin1').decode(bytes)
  return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text
}

function isPage(text: string) {
  const start = text.slice(0, LONGEST_PREAMBLE).replace(/<!--[\s\S]*?-->|<\?[^>]*>/g, '')
  return /^\s*<(!doctype html|html|head|body)\b/i.test(start)
}

function isJson(text: string, isCut: boolean) {
  if (isCut) return /^\s*([{]\s*"|\[\s*[[{"\d\-tfn])/.test(text)
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Every line has as many fields, and more than one. */
function isTable(text: string) {
  const lines = text
    .replace(/"(?:[^"]|"")*"/g, 'quoted')
    .split(/\r\n?|\n/)
    .slice(0, MOST_LINES)
    .filter((line) => line.trim() !== '')
  if (lines.length < 2) return false
  return SEPARATORS.some((separator) => {
    const [first = 0, ...others] = lines.map((line) => line.split(separator).length)
    return first > 1 && others.every((fields) => fields === first)
  })
}
