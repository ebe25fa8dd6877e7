/** The same words, whatever their case and the spaces between them. */
export function isSpelledAlike(one: string, other: string) {
  return plain(one) === plain(other)
}

function plain(text: string) {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()
}
