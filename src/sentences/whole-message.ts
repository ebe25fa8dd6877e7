/**
 * The words of a message that may be one word to us: in any case, width and punctuation, without the
 * name of whoever is called, before or after. Campfire leaves our mention out of what it delivers; the flat
 * shape does not.
 */
export function wordsOf(text: string, name = ''): string[] {
  const folded = text
    .replace(/[’‘`´]/g, "'")
    .normalize('NFKC')
    .toLowerCase()
  const called = name && folded.trim()
  const said = called ? withoutName(called, `@${name.normalize('NFKC').toLowerCase()}`) : folded
  return said
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .split(' ')
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .filter(Boolean)
}

function withoutName(text: string, name: string) {
  if (text.startsWith(name) && !/^[\p{L}\p{N}]/u.test(text.slice(name.length))) {
    return text.slice(name.length)
  }
  const end = text.replace(/[^\p{L}\p{N}]+$/u, '')
  return end.endsWith(name) ? end.slice(0, -name.length) : text
}

/** They say how, and not what. */
export const politeWords: ReadonlySet<string> = new Set(
  `please|bitte|danke|thanks|thank you|s'il te plaît|s'il vous plaît|s'il te plait|s'il vous plait|svp|stp|merci|
por favor|gracias|per favore|per piacere|grazie|obrigado|obrigada|alsjeblieft|alstublieft|bedankt|dank je|
お願いします|ありがとう|请|請|谢谢|謝謝`
    .replace(/\n/g, '')
    .split('|'),
)
