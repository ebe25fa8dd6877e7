/** A run of `*`, `_` or `~~` that may begin or end emphasis. */
export interface Delimiter {
  type: 'delimiter'
  raw: string
  at: number
  sign: string
  opens: boolean
  closes: boolean
  /** It stands inside a word or, where there are no spaces, a phrase: it can only mark a part of that. */
  within: 'word' | 'phrase' | null
}

export interface Opener extends Delimiter {
  left: number
}

/**
 * Whether a run can open or close, by what stands around it. CommonMark's rules, with two departures:
 * scripts that put no spaces between words need none around a marker either (`**注意：**正文`), and what
 * is a product, a power, a pattern for files or a pointer is left as it is written.
 */
export function delimiterAt(text: string, at: number, length: number): Delimiter {
  const raw = text.slice(at, at + length)
  const [before, after] = [
    kindOfCharacter(before1(text, at)),
    kindOfCharacter(after1(text, at + length)),
  ]
  const isApart = (kind: Kind) => kind === 'space' || kind === 'mark' || isUnspaced(kind)
  const left = after !== 'space' && (after !== 'mark' || isApart(before))
  const right = before !== 'space' && (before !== 'mark' || isApart(after))
  const sign = raw[0] ?? ''
  const inWord = before === 'word' && after === 'word'
  const inPhrase = raw === '*' && before === 'unspaced' && after === 'unspaced'
  const within = inWord ? 'word' : inPhrase ? 'phrase' : null
  const run = { type: 'delimiter', raw, at, sign, within } as const

  if (sign === '_') {
    // Two of them stand in no name of such a script.
    const parts = (outer: Kind, inner: Kind) =>
      outer !== 'word' && (outer !== 'unspaced' || (length === 2 && inner !== 'word'))
    const isName = isIdentifier(text, at) || isGlued(text, at, length)
    const ends = parts(after, before) || (after === 'unspaced' && before === 'unspaced mark')
    const closes = right && ends && !/[.$@%=\\]_\w+$/.test(wordBefore(text, at))
    return { ...run, opens: left && parts(before, after) && !isName, closes }
  }
  if (sign === '*' && (isPattern(text, at, length) || isOperand(text, at, length))) {
    return { ...run, opens: false, closes: false }
  }
  const opens = left || (raw === '**' && before === 'word' && QUOTES.test(after1(text, at + 2)))
  const isPair = raw === '**' || raw === '~~'
  const closes = right || (isPair && after === 'word' && isEndOfPhrase(text, at))
  return {
    ...run,
    opens: opens && !isArithmetic(text, at, length, inWord),
    closes: closes && !(raw === '*' && /\d\*\d/.test(text.slice(at - 1, at + 2))),
  }
}

const QUOTES = /["“«„‘¿¡]/

/** `**Note:**text`: to CommonMark that is the beginning of something, to people the end. */
function isEndOfPhrase(text: string, at: number) {
  const before = text.slice(Math.max(0, at - 80), at)
  // What has a power is no remark: `(a+b)**c`, `f(a)**n`.
  if (before.endsWith(')')) return isRemark(before, text.slice(at + 2, at + 4))
  return /[\p{Po}\p{Pf}"%]$/u.test(before) && !/[\s*@#&/\\]/.test(before.slice(-2))
}

/** `**TDK (Türk Dil Kurumu)**nun`: brackets with words in them, and a word goes on behind them. */
function isRemark(before: string, after: string) {
  return (
    /(?:^|[\s*])\([^()+*/=<>^-]*[\p{L}\p{M}]{2}[^()+*/=<>^]*\)$/u.test(before) &&
    /^\p{L}(?:[\p{L}\p{M}]|$)/u.test(after)
  )
}

/** `self._x_`, `s/_a_/_b_/`, `^_^`: what it stands behind goes on in it. */
function isGlued(text: string, at: number, length: number) {
  const [before = '', after = ''] = [text[at - 1], text[at + length]]
  if (before === '/') return !/^[("']*[_*][^/]*[_*]\/$/.test(wordBefore(text, at))
  if (/[-*]/.test(before)) return /[-*<>^]/.test(after)
  return /[.$@#%&+=\\^<>|?!)\]}`]/.test(before)
}

/** Whether a run that closes ends what this one began. */
export function matches(text: string, opener: Opener, closer: Delimiter, left: number) {
  const { sign } = closer
  if (opener.sign !== sign || (sign === '~' && opener.left !== left)) return false
  if (isOver(text, opener, closer.at)) return false

  // CommonMark's rule of three, so that `*a**b*` is not taken apart.
  const isBoth = (opener.opens && opener.closes) || (closer.opens && closer.closes)
  const [one, other] = [opener.raw.length, closer.raw.length]
  return sign === '~' || !isBoth || (one + other) % 3 !== 0 || (one % 3 === 0 && other % 3 === 0)
}

/** Whether the word or phrase that a run stands in has ended before `to`. */
export function isOver(text: string, { within, at }: Delimiter, to: number) {
  if (!within) return false
  // No word is longer.
  return to - at > 60 || (within === 'word' ? /\s/ : /[\s，。；：＝=,;]/).test(text.slice(at, to))
}

const DUNDERS = new Set(
  `all author annotations await bool builtins call class contains del delitem dict dirname doc enter eq
  exit file filename fixtures future getattr getitem ge gt hash import init iter le len lt main mocks module
  mul name ne new next package post_init proto pycache repr setattr setitem slots snapshots str sub tests
  typename version DATE DEV DIR FILE FUNCTION LINE METHOD NAMESPACE PROD STDC TIME VERSION`.split(
    /\s+/,
  ),
)

/** `__init__.py`, `__main__`, `__tests__/a.ts`, `_private_name_`. */
function isIdentifier(text: string, at: number) {
  const start = text.slice(at, at + 50)
  if (/^_[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+_(?!\w)/.test(start)) return true
  const [, name, after = ''] =
    /^__([A-Za-z](?:_?[A-Za-z0-9])*)__(?!_)([./([]?\w?)/.exec(start) ?? []
  return name !== undefined && (DUNDERS.has(name) || after.length === 2 || /[([]/.test(after))
}

/** `src/**\/*.ts`, `*.md`, `^.*$`: next to a slash or a dot a star stands for anything. */
function isPattern(text: string, at: number, length: number) {
  const [before = '', after = '', next = ''] = [
    text[at - 1],
    text[at + length],
    text[at + length + 1],
  ]
  const isFirst = /^(?:[\s([{"'=:,|!/\\-]|)$/.test(before)
  if (/[/\\]/.test(before) && /^(?:[\s./*?{[,;:)"'`|]|)$/.test(after)) return true
  // Not of a path in bold.
  if (after === '/' && isFirst && !(/\w/.test(next) && isClosed(text, at + length, length)))
    return true
  return length === 1 && after === '.' && isFirst && /[\w*{]/.test(next)
}

/** `count(*)`, `a[*]`, `x^{*}`, `(*, 1)`, `"{a}*{b}"`: it stands for something, or between two things. */
function isOperand(text: string, at: number, length: number) {
  const [before = '', after = ''] = [text[at - 1], text[at + length]]
  if (length === 3) return false
  if (/[([{]/.test(before) && /[)\]},]/.test(after)) return true
  if (length === 1 && /["']/.test(before) && after === before) return true
  return length === 1 && /[)\]}]/.test(before) && /[({]/.test(after)
}

function isClosed(text: string, from: number, length: number) {
  const closer = length === 1 ? /^[^\n]*[^\s/*]\*(?!\*)/ : /^[^\n]*[^\s/*]\*\*/
  return closer.test(text.slice(from, from + 300))
}

/** `2*3*4`, `x**2 + y**2`, `f(a)*b*c`: an operator opens nothing. */
function isArithmetic(text: string, at: number, length: number, inWord: boolean) {
  if (text[at] !== '*') return false

  const [before = '', after = ''] = [text[at - 1], text[at + length]]
  // A comment of C begins like this, and *one*/*two*.
  if (length === 1 && before === '/') return text[at - 2] !== '*'
  if (length === 1 && /[_^]/.test(before) && /[\w)\]}]/.test(text[at - 2] ?? '')) return true
  if (length === 1 && /^\*\d[\d.,]*\*\d/.test(text.slice(at, at + 30))) return true
  if (length === 1) return inWord || /[)\]}.%]/.test(before)
  return inWord && length === 2 && (/\d/.test(before) || /\d/.test(after))
}

type Kind = 'space' | 'mark' | 'word' | 'unspaced' | 'unspaced mark'

const UNSPACED =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}\u3000-\u303F\uFE30-\uFE4F\uFF00-\uFFEF]/u

function isUnspaced(kind: Kind) {
  return kind === 'unspaced' || kind === 'unspaced mark'
}

function kindOfCharacter(character: string): Kind {
  if (!character || /[\s\p{Z}]/u.test(character)) return 'space'
  if (/[A-Za-z0-9]/.test(character)) return 'word'
  const isMark = /[\p{P}\p{S}]/u.test(character)
  if (UNSPACED.test(character)) return isMark ? 'unspaced mark' : 'unspaced'
  return isMark ? 'mark' : 'word'
}

function wordBefore(text: string, at: number) {
  return /\S*$/.exec(text.slice(Math.max(0, at - 80), at))?.[0] ?? ''
}

function before1(text: string, at: number) {
  const [first = '', second = ''] = text.slice(Math.max(0, at - 2), at)
  return second || first
}

function after1(text: string, at: number) {
  const [first = ''] = text.slice(at, at + 2)
  return first
}
