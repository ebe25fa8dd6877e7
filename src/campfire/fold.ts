/**
 * What makes one letter is folded as one: a letter with its marks, and the signs of which Korean syllables and
 * voiced kana may be composed.
 */
export function lettersIn(text: string): string[] {
  return text.match(LETTER) ?? []
}

const LETTER =
  /(?:[\u1100-\u115F\uA960-\uA97C]+[\u1160-\u11A7\uD7B0-\uD7C6]*|[\uAC00-\uD7A3])[\u11A8-\u11FF\uD7CB-\uD7FB]*\p{M}*|.[\p{M}\uFF9E\uFF9F]*/gsu

/**
 * Text as people look for it: without case, accents, vowel points and what else one keyboard has and
 * the next one lacks. Marks of scripts in which they are letters (Devanagari, Thai, kana) stay.
 */
export function fold(text: string): string {
  return text
    .replace(/´/g, "'")
    .normalize('NFKD')
    .replace(SHORT_I, '\u0439')
    .replace(MARKS, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(LETTERS, (letter) => FOLDED[letter] ?? '')
    .replace(NASALS, '\u0902')
}

/** Of Hindi: `हिन्दी` is written `हिंदी` as often. */
const NASALS = /[\u0919\u091E\u0923\u0928\u092E]\u094D|\u0901/g

/** The breve of й makes it another letter, as the dots of ё do not. */
const SHORT_I = /[\u0438\u0418]\u0306/g

const MARKS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them is meant by itself
  /[\u0300-\u036F\u0483-\u0487\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED\u093C\u1AB0-\u1AFF\u1DC0-\u1DFF\p{DI}]+/gu

const FOLDED: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i' },
  ...{
    ŋ: 'n',
    ŧ: 't',
    ƀ: 'b',
    ɨ: 'i',
    ƶ: 'z',
    ĸ: 'k',
    ς: 'σ',
    ə: 'e',
    ɓ: 'b',
    ɗ: 'd',
    ƙ: 'k',
    ґ: 'г',
    ɛ: 'e',
    ɔ: 'o',
    ɖ: 'd',
    ƒ: 'f',
    ƴ: 'y',
    // What Japanese names are written with on paper, and on many a keyboard.
    髙: '高',
    﨑: '崎',
    𠮷: '吉',
  },
  // Forms of alef, yeh, kaf, heh and the carriers of hamza, which keyboards and habits tell apart.
  ...{
    ٱ: 'ا',
    ى: 'ي',
    ی: 'ي',
    ې: 'ي',
    ک: 'ك',
    ة: 'ه',
    ۀ: 'ه',
    ہ: 'ه',
    ھ: 'ه',
    ە: 'ه',
    ۃ: 'ه',
    ے: 'ي',
    ڪ: 'ك',
  },
  // Apostrophes and dashes as keyboards, phones and word processors have them.
  ...{ '’': "'", '‘': "'", ʼ: "'", ʻ: "'", '′': "'", '`': "'", '׳': "'" },
  ...{ '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '״': '"' },
  ...{ '‐': '-', '‒': '-', '–': '-', '—': '-', '−': '-' },
  ...digitsFrom('٠۰०০੦૦୦௦౦೦൦๐໐༠၀០᠐'),
}

/** The digits of each script stand in a row, from these zeros on. */
function digitsFrom(zeros: string) {
  const digits = [...zeros].flatMap((zero) =>
    Array.from({ length: 10 }, (_, number): [string, string] => [
      String.fromCodePoint(Number(zero.codePointAt(0)) + number),
      String(number),
    ]),
  )
  return Object.fromEntries(digits)
}

const LETTERS = new RegExp(`[${Object.keys(FOLDED).join('')}]`, 'gu')
