/** A part of a text for the model: a person's own words, or all else that stands there. */
interface Part {
  words: string
  isSaid: boolean
}

/**
 * The words of people in their places, and what is not theirs. Not what a bot has said, nor what is quoted of it: that
 * may be the model's own. Nor what stands behind a notice of ours, in which the model's own wishes are told in its
 * words. Nor a summary, or what is remembered: the model has written those.
 */
export function partsOf(text: string): Part[] {
  const end = text.search(/<hint>|Your request was /)
  const said = end < 0 ? text : text.slice(0, end)
  const parts: Part[] = []
  let at = 0
  for (const { index, 1: attributes = '', 2: words = '' } of said.matchAll(MESSAGE)) {
    const start = index + '<message>'.length + attributes.length
    parts.push({ words: said.slice(at, start), isSaid: false })
    if (attributes.includes(' bot="yes"')) parts.push({ words, isSaid: false })
    else parts.push(...ownWords(words))
    at = start + words.length
  }
  return [...parts, { words: text.slice(at), isSaid: false }]
}

function ownWords(words: string): Part[] {
  return words.split(QUOTE).map((part, index) => ({ words: part, isSaid: index % 2 === 0 }))
}

const MESSAGE = /<message([^>]*)>([\s\S]*?)<\/message>/g
const QUOTE = /(<quote[^>]*>[\s\S]*?<\/quote>)/g

/**
 * The same text for an API that opens by itself whatever address stands in what is sent as ours: only those that
 * people have said are addresses in it. So an address that the model has put together stays closed, also where it
 * comes back in a summary or in what it has remembered.
 */
export function withAddressesClosed(text: string) {
  return partsOf(text)
    .map(({ words, isSaid }) => (isSaid ? words : words.replace(ADDRESS, '$1[:]//')))
    .join('')
}

const ADDRESS = /\b(https?):\/\//gi
