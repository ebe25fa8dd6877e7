const LONGEST_ADDRESS = 2_000
const START = /(?:https?:\/\/(?=[\p{L}\p{N}[])|www\.(?=[\p{L}\p{N}-]+\.))/iuy
const PAIRS: Record<string, string> = { ')': '(', ']': '[', '}': '{' }

/**
 * Where a bare address that begins here ends, or null. Signs that people put behind one are not part of
 * it: brackets that it did not open, quotation marks, dashes, and the punctuation of Chinese or Arabic.
 */
export function endOfAddress(text: string, at: number): number | null {
  if (isInWord(text, at)) return null
  START.lastIndex = at
  if (!START.test(text)) return null

  const start = START.lastIndex
  const open: string[] = []
  let end = start
  for (const character of text.slice(start, start + LONGEST_ADDRESS)) {
    if (ENDS.test(character) || isStrange(character)) break
    if (text.startsWith('~~', end)) break
    if (/[([{]/.test(character)) open.push(character)
    const partner = PAIRS[character]
    if (partner && open.pop() !== partner) break
    end += character.length
  }
  const rest = ownPart(text.slice(start, end).replace(TRAILING, '')).replace(TRAILING, '')
  return rest ? start + rest.length : null
}

/** Without what a sentence goes on with: the next address, a genitive, a word that no space parts from it. */
function ownPart(rest: string) {
  const host = HOST.exec(rest)?.[0] ?? ''
  const own = host && UNSPACED.test(rest[host.length] ?? '') ? host : rest
  return own
    .replace(/[,;](?=https?:\/\/).*$/is, '')
    .replace(PARTICLE, '')
    .replace(/'s$/, '')
}

const HOST = /^(?:[\p{L}\p{N}-]+\.)+[A-Za-z]{2,}(?::\d+)?|^localhost(?::\d+)?/u
/** Of Korean at the end, of Japanese before whatever follows: the words that stand behind a name. */
const PARTICLE =
  /(?<=[A-Za-z0-9/])(?:[을를은는이가에의도만로와과]|에서|으로|까지|부터|에도|에는|입니다)$|(?<=[A-Za-z0-9])(?:[をはがにでともへ]|から|まで|より).*$/su

/** Right behind a word; `_` by itself is emphasis. */
function isInWord(text: string, at: number) {
  const before = text[at - 1] ?? ''
  if (before === '_') return !/(?:^|[^\p{L}\p{N}_])__?$/u.test(text.slice(Math.max(0, at - 4), at))
  return /[\p{L}\p{N}]/u.test(before) && !UNSPACED.test(before)
}

const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}]/u
const ENDS = /[\s<>"`*\\|^\p{Cf}\p{Pi}\p{Pf}\p{Z}]/u
const TRAILING = /(?:[?!.,:;'_~([{]|&[A-Za-z\d]{1,30};)+$/

/** Punctuation that is not of ASCII: only these are at home in an address, in names of pages. */
function isStrange(character: string) {
  return character > '\u007f' && /[\p{P}\p{S}]/u.test(character) && !/[·・]/.test(character)
}

const DOMAIN =
  /@[A-Za-z\d](?:[A-Za-z\d-]{0,61}[A-Za-z\d])?(?:\.[A-Za-z\d](?:[A-Za-z\d-]{0,61}[A-Za-z\d])?)+(?![\w@-])/y

/** From where to where an e-mail address goes whose @ stands here, but not from before `from`. */
export function emailAround(text: string, at: number, from: number) {
  const local = /[\w.+-]{1,64}$/.exec(text.slice(Math.max(from, at - 64), at))?.[0] ?? ''
  DOMAIN.lastIndex = at
  if (!local || !/^\w/.test(local) || !DOMAIN.test(text)) return null
  const start = at - local.length
  return /[\p{L}\p{N}/@:]/u.test(text[start - 1] ?? '') ? null : { start, end: DOMAIN.lastIndex }
}

/** `(https://x.io "Title")` behind a label. */
export function destinationAt(text: string, at: number) {
  const inside = text.slice(at + 1, at + 1 + LONGEST_ADDRESS)
  const space = /^[ \t]*\n?[ \t]*/.exec(inside)?.[0].length ?? 0
  const href = hrefIn(inside.slice(space))
  if (href === null) return null

  const rest = inside.slice(space + href.raw.length)
  const [found, title = ''] = /^(?:[ \t]+|[ \t]*\n[ \t]*)("[^"]*"|'[^']*'|\([^()]*\))/.exec(
    rest,
  ) ?? ['']
  const close = /^[ \t]*\n?[ \t]*\)/.exec(rest.slice(found.length))?.[0]
  if (close === undefined) return null

  const end = at + 1 + space + href.raw.length + found.length + close.length
  return { href: href.text, title: title.slice(1, -1) || null, end }
}

function hrefIn(text: string) {
  const pointed = /^<([^<>\n]*)>/.exec(text)
  if (pointed) return { raw: pointed[0], text: unescaped(pointed[1] ?? '') }

  if (text.startsWith('<')) return null

  let depth = 0
  let end = 0
  while (end < text.length) {
    const sign = text[end] ?? ''
    if (sign <= ' ') break
    if (sign === '(') depth++
    if (sign === ')' && depth-- === 0) break
    end += sign === '\\' ? 2 : 1
  }
  const raw = text.slice(0, end)
  return { raw, text: unescaped(raw) }
}

function unescaped(text: string) {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1')
}
