import { type Ask, CampfireError } from './error.ts'
import { wellFormed } from './message.ts'

/** What Campfire takes as a message: never one that shows nothing. */
export function messageOf(written: string, ask: Ask) {
  const html = wellFormed(written)
  const seen = html.replace(/<(?!hr|action-text-attachment)[^>]*>|&nbsp;/g, '')
  // v1.4.9 would post an empty bubble, and an edit would empty the message in every version.
  return isBlank(seen) ? refuseBlank(ask) : html
}

export function boostOf(content: string, ask: Ask) {
  const text = wellFormed(content).trim()
  return isBlank(text) ? refuseBlank(ask) : text
}

function refuseBlank(ask: Ask): never {
  throw new CampfireError('refused', ask, { detail: 'blank' })
}

function isBlank(text: string) {
  return /^[\s\p{Cf}\u2800]*$/u.test(text)
}
