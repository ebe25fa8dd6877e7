import { charsetOf, textIn } from './charset.ts'
import { docxAsText } from './docx.ts'
import { htmlAsText } from './html.ts'
import type { Kind } from './kind.ts'
import { type Part, partsOf } from './parts.ts'
import { MOST_OF_A_TEXT } from './prose.ts'
import type { Source } from './source.ts'

/** All that can be read of a document, in parts. `isWhole`: there is no more of it. */
export interface Text {
  parts: Part[]
  isWhole: boolean
}

export function textOf(source: Source, kind: Kind): Text {
  const { text, isWhole } = rawTextOf(source, kind)
  return { parts: partsOf(text), isWhole }
}

function rawTextOf(source: Source, kind: Kind) {
  if (kind === 'docx' || kind === 'html') {
    const pieces = () => textIn(source, charsetOf(source) ?? 'windows-1252')
    const prose = kind === 'docx' ? docxAsText(source) : htmlAsText(pieces())
    return { text: prose.toString(), isWhole: !prose.isFull }
  }
  let text = ''
  for (const piece of textIn(source, charsetOf(source) ?? 'windows-1252')) {
    text += piece
    if (text.length > MOST_OF_A_TEXT)
      return { text: text.slice(0, MOST_OF_A_TEXT).toWellFormed(), isWhole: false }
  }
  return { text: text.replace(/\r\n?/g, '\n'), isWhole: true }
}
