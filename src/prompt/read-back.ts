// What a prompt tells, read back from it. Words cannot forge a tag: see tags.ts.

/** A prompt without what these messages said, also where somebody quotes it: they were deleted. */
export function withoutWords(prompt: string, messages: number[]) {
  const ids = messages.join('|')
  const tag = new RegExp(`<message id="(${ids})"[^>]*>[^]*?</message>`, 'g')
  const quote = new RegExp(`<quote id="(${ids})"[^>]*>[^]*?</quote>`, 'g')
  return prompt
    .replace(tag, '<message id="$1" deleted="yes"></message>')
    .replace(quote, '<quote id="$1" deleted="yes"></quote>')
}

/** The newest message that a prompt shows. */
export function newestIdIn(prompt: string): number | null {
  const ids = Array.from(prompt.matchAll(/<message id="(\d+)"/g), ([, id]) => Number(id))
  return ids.length ? ids.reduce((a, b) => Math.max(a, b)) : null
}

/** Each message that these tell, in their order; what was deleted has no author. */
export function wordsRead(told: (string | null)[]) {
  return told.flatMap((part) =>
    tagsIn(part ?? '').map(({ id, attributes, words }) => ({
      id,
      author: Number(/ author_id="(\d+)"/.exec(attributes)?.[1] ?? Number.NaN),
      words,
      file: attributes.includes(' file="'),
    })),
  )
}

/** Whether something of what was asked was reworded before it was answered. */
export function wasEdited(told: (string | null)[]) {
  return askedParts(told).some(
    ([all, inside = '']) =>
      all.startsWith('<asked edited=') ||
      tagsIn(inside).some(({ attributes }) => attributes.includes(' edited="yes"')),
  )
}

/** What was asked, by message, in the words that were read last; what is deleted is not asked any more. */
export function askedIn(told: (string | null)[]) {
  const asked = new Map<number, string>()
  for (const [, inside = ''] of askedParts(told)) {
    for (const { id, attributes, words } of tagsIn(inside)) {
      if (attributes.includes(' file="')) continue
      if (attributes.includes(DELETED)) asked.delete(id)
      else asked.set(id, words)
    }
  }
  return asked
}

/** Each message that was asked, as people see it; what was deleted has no words. */
export function askedBy(prompt: string) {
  return askedParts([prompt]).flatMap(([, inside = '']) =>
    Array.from(inside.matchAll(ANY_TAG), ([, attributes = '', words = '']) => ({
      id: Number(/\bid="(\d+)"/.exec(attributes)?.[1]) || null,
      author: unescaped(/ author="([^"]*)"/.exec(` ${attributes}`)?.[1] ?? ''),
      file: unescaped(/ file="([^"]*)"/.exec(attributes)?.[1] ?? '') || null,
      text: words.replace(QUOTED, ''),
    })),
  )
}

function unescaped(attribute: string) {
  return attribute
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

/** Nothing is left of what was asked. */
export function isTakenBack(told: (string | null)[]) {
  const asked = askedParts(told).map(([all]) => all)
  const tags = asked.join('\n').match(/<message [^>]*>/g) ?? []
  return tags.length > 0 && tags.every((tag) => tag.includes(DELETED))
}

function askedParts(told: (string | null)[]) {
  return told.flatMap((part) => [...(part ?? '').matchAll(ASKED)])
}

function tagsIn(text: string) {
  return Array.from(text.matchAll(TAG), ([, id, attributes = '', words = '']) => ({
    id: Number(id),
    attributes,
    words: words.replace(QUOTED, ''),
  }))
}

const DELETED = ' deleted="yes"'
const ASKED = /<asked[^>]*>\n(.*?)\n<\/asked>/gs
const TAG = /<message id="(\d+)"([^>]*)>(.*?)<\/message>/gs
const ANY_TAG = /<message ?([^>]*)>(.*?)<\/message>/gs
const QUOTED = /^<quote[^>]*>.*?<\/quote>\n/s
