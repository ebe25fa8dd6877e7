/**
 * Text as a person sees it. What has no look of its own (tags of U+E0000, bidi controls, zero-width
 * signs, fillers) can carry words to a model that nobody in the room can read, and split our fences.
 */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (run, at: number) => keptOf(run, text, at))
}

const INVISIBLE = /[\p{DI}\uFFF9-\uFFFB\x00-\x08\x0E-\x1F\x7F-\x9F]+/gu

/** What of a run of such signs shapes the picture or the letter that it stands at: most often nothing. */
function keptOf(run: string, text: string, at: number) {
  const before = characterBefore(text, at)
  const [after = ''] = text.slice(at + run.length, at + run.length + 2)
  const [first = ''] = run
  if (/[^#*\d\P{ASCII}]/u.test(before)) return ''
  if (PICTURE.test(before)) {
    if (FLAGS.includes(before + run)) return run
    if (/^[\uFE0E\uFE0F]?\u200D$/.test(run) && PICTURE.test(after)) return run
    return /[\uFE0E\uFE0F]/.test(first) ? first : ''
  }
  if (/[#*0-9]/.test(before)) return run === '\uFE0F' && after === '\u20E3' ? run : ''
  if (/[\u200C\u200D]/.test(run)) {
    return run === first && JOINING.test(before) && JOINING.test(after) ? run : ''
  }
  return HAS_VARIANTS.test(before) && VARIANT.test(first) ? first : ''
}

const PICTURE = /[\p{Extended_Pictographic}\p{EMod}\p{RI}]/u
/** The flags of this kind that are drawn anywhere: those of England, Scotland and Wales. */
const FLAGS = ['gbeng', 'gbsct', 'gbwls'].map((region) => {
  const tags = Array.from(region, (letter) => 0xe0000 + letter.charCodeAt(0))
  return String.fromCodePoint(0x1f3f4, ...tags, 0xe007f)
})
/** In these scripts a joiner changes how the letters beside it are drawn. */
const JOINING =
  /[\p{sc=Arabic}\p{sc=Devanagari}\p{sc=Bengali}\p{sc=Gujarati}\p{sc=Gurmukhi}\p{sc=Kannada}\p{sc=Malayalam}\p{sc=Oriya}\p{sc=Tamil}\p{sc=Telugu}\p{sc=Sinhala}\p{sc=Khmer}\p{sc=Mongolian}]/u
const HAS_VARIANTS = /[\p{sc=Han}\p{sc=Mongolian}]/u
const VARIANT = /[\uFE00-\uFE02\u180B-\u180F\u{E0100}-\u{E01EF}]/u

function characterBefore(text: string, at: number) {
  const [first = '', second = ''] = text.slice(Math.max(0, at - 2), at)
  return second || first
}
