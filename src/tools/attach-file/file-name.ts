export const LONGEST_NAME = 80

/** All of it made safe, what stands before a slash as well, with the ending of its type. */
export function safeFileName(
  name: string,
  { ending, others }: { ending: string; others: string[] },
) {
  const stem = withoutEnding(name.toWellFormed(), [ending, ...others])
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[^\p{L}\p{N}\p{M} ._+()-]+/gu, '-')
    .replace(/^[-. ]+|[-. ]+$/g, '')
    .replace(/ ?-[-. ]*-/g, '-')

  // What is too long for the room is posted as answer.md, and looked for by that name.
  const cut = shorten(stem || 'file', LONGEST_NAME - ending.length - 1)
  const own = cut.toLowerCase() === 'answer' ? 'answer-1' : cut
  return `${RESERVED.test(own) ? `file-${own}` : own}.${ending}`
}

/** Windows can keep no file of such a name, whatever its ending. */
const RESERVED = /^(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³])(?:\.|$)/i

function withoutEnding(name: string, endings: string[]) {
  const last = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase()
  return last && endings.includes(last) ? name.slice(0, -last.length - 1) : name
}

function shorten(stem: string, longest: number) {
  return [...stem].length > longest ? [...stem].slice(0, longest).join('').trim() : stem
}
