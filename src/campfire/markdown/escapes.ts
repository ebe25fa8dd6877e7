/**
 * A backslash is an escape where the sign behind it would be markup without it. Anywhere else it is
 * written to be seen: in a path of Windows, a regular expression, a formula.
 */
export function escapeAt(text: string, at: number): { raw: string; text: string } {
  const path = stickyMatch(WINDOWS_PATH, text, at)
  if (path && !/[\w\\]/.test(text[at - 1] ?? '')) return { raw: path, text: path }

  const sign = text[at + 1] ?? ''
  // The end of a row in a formula; one of them by itself breaks the line.
  if (/^\\\\[ \t]*(?:\n|$)/.test(text.slice(at, at + 9))) return { raw: '\\\\', text: '\\\\' }
  if (isMarkup(text, at, sign)) return { raw: `\\${sign}`, text: sign }
  // What stands behind it is no bracket of a link, and no marker, either.
  const raw = /[[\]*_]/.test(sign) ? `\\${sign}` : '\\'
  return { raw, text: raw }
}

/** `C:\Users\me\.config`: a drive, and all up to what no name of a file may hold. */
export function pathAt(text: string, at: number): string | null {
  return /[\w\\]/.test(text[at - 1] ?? '') ? null : stickyMatch(DRIVE_PATH, text, at)
}

const DRIVE_PATH = /[A-Za-z]:\\[^\s*`|<>"?)\]，。、）]*/y
const WINDOWS_PATH = /\\\\[\w.$-]+(?:\\[^\s*`|<>"?)\]，。、）]*)?/y

function isMarkup(text: string, at: number, sign: string) {
  switch (sign) {
    case '*':
    case '_':
      return !isInPath(text, at) && !isInPattern(text, at)
    case '`':
    case '~':
    case '<':
    case '>':
    case '@':
      return true
    case '|':
      // Those of a table are gone by now: `foo\|bar` is a pattern, and `\|x\|` a formula.
      return /^\s?$/.test(text[at - 1] ?? '') && /^\s?$/.test(text[at + 2] ?? '')
    case '\\':
      // Two that stand before a sign are an escaped backslash; two by themselves are two.
      return /[*_`~[\]<>|]/.test(text[at + 2] ?? '')
    case '#':
      return isLineStart(text, at) || /[\s\w]/.test(text[at + 2] ?? ' ')
    case '-':
    case '+':
    case '=':
      return isLineStart(text, at)
    case '.':
    case ')':
      return (
        /(?:^|\s)\d{1,9}$/.test(text.slice(Math.max(0, at - 11), at)) &&
        /^\s?$/.test(text[at + 2] ?? '')
      )
    case '!':
      return text[at + 2] === '['
    case '&':
      return /^(?:#\w{1,8}|[A-Za-z][A-Za-z\d]{1,30});/.test(text.slice(at + 2, at + 40))
    case '$':
      return /\d/.test(text[at + 2] ?? '')
    case '[':
      return opensLink(text, at)
    case ']':
      return closesLink(text, at)
    default:
      return false
  }
}

/** `src\*.ts`, `%TEMP%\*`, `C:\[x]\*`, `Files\*\bin`, `SOFTWARE\Me\_x`: the last name of a path, and any there is. */
function isInPath(text: string, at: number) {
  const word = wordBefore(text, at)
  const isPath = /^["'(]?(?:[A-Za-z]:|%\w+%|\$[\w:{}]+|~|\.{1,2}|\\{1,2}[\w?])(?:\\|$)/.test(word)
  if (isPath || /[A-Za-z0-9]\\[A-Za-z0-9]/.test(word)) return true
  const rest = text.slice(at + 1, at + 4)
  return /\w$/.test(word) && /^\*(?:\.\w|\\\w)/.test(rest)
}

/** `\w+\s*\*+`, `/^\/\*.*\*\/$/`: a pattern says so by what else is escaped in it. */
function isInPattern(text: string, at: number) {
  const word = wordBefore(text, at) + text.slice(at, at + 40).replace(/\s.*$/s, '')
  return /\\[dDwWsSbB/(){}^$?+]/.test(word)
}

function wordBefore(text: string, at: number) {
  return /\S*$/.exec(text.slice(Math.max(0, at - 200), at))?.[0] ?? ''
}

function isLineStart(text: string, at: number) {
  return /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, at - 8), at))
}

const LONGEST_LABEL = 500

/** `\[x\](y)` is kept from being a link; `\[ x^2 \]` is a formula. */
function opensLink(text: string, at: number) {
  const line = text.slice(at + 2, at + LONGEST_LABEL)
  const close = /\\?\]/.exec(line)
  return (
    close === null || /^[([:]/.test(line.slice(close.index + close[0].length)) || close[0] === ']'
  )
}

function closesLink(text: string, at: number) {
  if (/[([:]/.test(text[at + 2] ?? '')) return true
  // Of a set of characters, as `[^\]]*`.
  if (text[at + 2] === ']' && !/[([]/.test(text[at + 3] ?? '')) return false
  const line = text.slice(Math.max(0, at - LONGEST_LABEL), at)
  const open = line.lastIndexOf('[')
  return open !== -1 && line[open - 1] !== '\\'
}

function stickyMatch(pattern: RegExp, text: string, at: number) {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}
