import type { Arrival } from '../message.ts'

/**
 * Tells other words of the same author from the same words again (FNV-1a, 32 bits); what the list and a
 * delivery show differently, spaces, is no part of it. It outlives the words, so it is short: nobody who reads
 * it could say which words they were.
 */
export function wordsHash({ text, file }: Pick<Arrival, 'text' | 'file'>) {
  const words = `${text}\0${file ?? ''}`.replace(/[\s\p{Cf}]+/gu, '')
  let hash = 0x811c9dc5
  for (let at = 0; at < words.length; at++) {
    hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193)
  }
  return hash >>> 0
}
