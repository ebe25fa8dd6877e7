import { Parser } from 'htmlparser2'

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return clean(text).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
}

/** Without what Campfire answers 500 for (half a surrogate pair) or nobody can see. */
export function clean(text: string): string {
  return text.toWellFormed().replace(/[^\P{Cc}\t\n\r]/gu, '')
}

/** In Markdown a character reference ends with a semicolon; without one it is text. */
export function decode(text: string): string {
  return text.replace(/&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]*);/g, decodeOne)
}

function decodeOne(reference: string) {
  let text = ''
  const ontext = (data: string) => {
    text += data
  }
  const parser = new Parser({ ontext })
  parser.end(reference)
  return text
}
