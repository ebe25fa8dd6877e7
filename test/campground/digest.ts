/** Forty hex digits that look like a SHA-1. Not a secret: this Campfire is for play. */
export function digest(text: string): string {
  return [1, 2, 3, 4, 5].map((salt) => murmur(text, salt).toString(16).padStart(8, '0')).join('')
}

function murmur(text: string, salt: number) {
  let hash = Math.imul(salt, 0x9e3779b1)
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x5bd1e995)
    hash ^= hash >>> 13
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
