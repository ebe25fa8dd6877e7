import { isObject, parsed } from './loose.ts'

/**
 * What is said in a sentence, and the JSON in the midst of it: gateways put one error into the words of
 * another, as JSON, as JSON in a string, or as Python would print it.
 */
export function embeddedIn(text: string): { before: string; values: unknown[] } {
  const trimmed = text.trim()
  const quoted = trimmed.startsWith('"') ? parsed(trimmed) : undefined
  if (typeof quoted === 'string') return { before: '', values: [quoted] }

  const values: unknown[] = []
  let before: string | null = null
  let at = text.indexOf('{')
  for (let tries = 0; at >= 0 && tries < MOST; tries++) {
    const end = endOf(text, at)
    const value = end === null ? undefined : objectIn(text.slice(at, end))
    if (value !== undefined) {
      before ??= text.slice(0, at).trim()
      values.push(value)
    }
    at = text.indexOf('{', value === undefined || end === null ? at + 1 : end)
  }
  return { before: before ?? text, values }
}

/** So many braces are tried: whoever sends more of them does not mean it. */
const MOST = 50

/** Behind the brace that closes the one at `from`. Braces within quotes of either kind do not count. */
function endOf(text: string, from: number): number | null {
  let depth = 0
  let quote = ''
  for (let at = from; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (sign === '\\') at++
    else if (quote) quote = sign === quote ? '' : quote
    else if (sign === '"' || sign === "'") quote = sign
    else if (sign === '{') depth++
    else if (sign === '}' && --depth === 0) return at + 1
  }
  return null
}

function objectIn(text: string): unknown {
  const value = parsed(text) ?? parsed(text.replace(/\\(["\\])/g, '$1')) ?? parsed(asJson(text))
  return isObject(value) ? value : undefined
}

/** `{'type': 'error', 'param': None}` */
function asJson(python: string) {
  const tokens = /'((?:[^'\\]|\\.)*)'|"(?:[^"\\]|\\.)*"|\b(None|True|False)\b/gs
  return python.replace(tokens, (token, single?: string, word?: string) => {
    if (word) return WORDS[word] ?? word
    return single === undefined ? token : JSON.stringify(single.replace(/\\(['"\\])/g, '$1'))
  })
}

const WORDS: Record<string, string> = { None: 'null', True: 'true', False: 'false' }
