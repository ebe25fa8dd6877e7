import { healWhole } from './heal.ts'
import { lexBlocks } from './markdown.ts'
import { cutShort } from './message.ts'

// What others wrote, put into Markdown of ours: it is shown, and says nothing that is not ours to say.

const LONGEST_QUIET = 60

/** A few words in a sentence: short, on one line, and without markup, links or mentions. */
export function quiet(text: string, longest = LONGEST_QUIET) {
  const line = unmasked(cutShort(text.replace(/\s+/g, ' ').trim(), longest))
  // Of a backslash and of brackets an escape is read as written: see `escapes.ts`.
  const bare = line.replace(/[\\[\]&:!]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return bare.replace(/[`*_<>~|@]|#(?!\d+;)/g, '\\$&').replace(/\b(www)\./gi, '$1&#46;')
}

/** A block in which everything stands as it is, however many fences are in it. */
export function fenced(text: string) {
  const fences = (text.match(/`+/g) ?? []).map(({ length }) => length)
  const fence = '`'.repeat(Math.max(3, ...fences.map((length) => length + 1)))
  return `${fence}\n${text}\n${fence}`
}

/** Markdown of a model after which something else can stand: no block of it goes on into that. */
export function closed(markdown: string) {
  const whole = healWhole(markdown).trimEnd()
  return isClosed(whole) ? whole : fenced(markdown)
}

function isClosed(markdown: string) {
  const probe = 'probe'
  try {
    const last = lexBlocks(`${markdown}\n\n${probe}`).at(-1)
    return last?.type === 'paragraph' && last.raw.trim() === probe
  } catch {
    return false
  }
}

/** What cannot be seen, or turns the order of what follows round, is shown by its number. */
export function unmasked(text: string) {
  return text
    .toWellFormed()
    .replace(/(?!\u200c|\u200d|[\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
      const number = character.codePointAt(0)?.toString(16) ?? ''
      return number.length > 4 ? `\\u{${number}}` : `\\u${number.padStart(4, '0')}`
    })
}
