import type { Text } from '../../files.ts'
import { untrusted } from '../untrusted.ts'

const MOST_PLACES = 20
const AROUND = 120

/** Where some words stand, whatever their case. */
export function findIn(parts: Text['parts'], wanted: string) {
  const words = wanted.toLowerCase()
  const places: { part: number; text: string }[] = []
  let count = 0
  for (const { number, text } of parts) {
    // Of some letters the small form is longer: then the place is near enough.
    const small = text.toLowerCase()
    for (let at = small.indexOf(words); at >= 0; at = small.indexOf(words, at + words.length)) {
      count++
      if (places.length >= MOST_PLACES) continue
      const around = text.slice(Math.max(0, at - AROUND), at + words.length + AROUND).toWellFormed()
      places.push({ part: number, text: `…${around.replace(/\s+/g, ' ')}…` })
    }
  }
  const lines = places.map(({ part, text }) => `part ${part}: ${text}`)
  return { found: count, ...(count && { places: untrusted(lines.join('\n')) }) }
}
