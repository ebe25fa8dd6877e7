import { Unreadable } from '../source.ts'

/** So much may stand between a key and its value; comments do not count. */
const LONGEST = 2_000

/**
 * Looks at each place where a PDF says how something is packed, wherever it stands: where the dictionary of a stream
 * begins can be forged. Packed twice, or in the old ways of which a few KB can become many MB, nobody sends what is meant
 * to be read. True: something in it is written in letters.
 */
export function checkFilters(signs: string): boolean {
  // A name may be written with numbers for its letters.
  const plain = signs.replace(/#([\da-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
  let isWritten = false
  for (const { 0: key, index } of plain.matchAll(KEY)) {
    const value = plain
      .slice(index + key.length, index + key.length + LONGEST)
      .replace(/%[^\r\n]*(?:[\r\n]|$)/g, ' ')
    const [whole = '', list = ''] = LIST.exec(value) ?? []
    const names = list.split('/').flatMap((name) => SHORT[name.trimEnd()] ?? [])
    const isEndless = whole.length === value.length && value.length > LONGEST / 2
    const isElsewhere =
      REFERENCE.test(value.slice(whole.length)) &&
      !EMBEDDED.test(plain.slice(Math.max(0, index - 100), index))
    const isOld = names.includes('old')
    const most = names[0] === 'written' ? 2 : 1
    if (isOld || isEndless || isElsewhere || names.length > most)
      throw new Unreadable(
        'The PDF is packed in a way that is not unpacked here, so its text is not read.',
      )
    isWritten ||= names.includes('written')
  }
  return isWritten
}

const KEY = /\/F(?:ilter)?(?=[\0\s()<>[\]{}/%])/g
const LIST = /^[\0\s]*\[?((?:[\0\s]*\/[^\0\s()<>[\]{}/%]*)*)[\0\s]*/
const REFERENCE = /^\d+[\0\s]+\d+[\0\s]+R\b/
/** A file that is in the PDF is named so, too. */
const EMBEDDED = /\/EF\s*<<[^<>]*$/

const SHORT: Record<string, 'packed' | 'old' | 'written' | 'hex'> = {
  FlateDecode: 'packed',
  Fl: 'packed',
  LZWDecode: 'old',
  LZW: 'old',
  RunLengthDecode: 'old',
  RL: 'old',
  ASCIIHexDecode: 'hex',
  AHx: 'hex',
  ASCII85Decode: 'written',
  A85: 'written',
}
