import { closed } from '../campfire.ts'
import { EVERY_LANGUAGE } from '../sentences.ts'
import type { ReplyNeeds } from './needs.ts'

/** What the model had said by then, and why there is no more of it. */
export function endedEarly(words: string, why: string) {
  return `${closed(words)}\n\n${why}`
}

/**
 * The end is decided, and so is what the room is told: a sentence of our own, and no other would be better.
 * Words of the model are never that, however the turn ended: they may be what is refused, or what brings us
 * down. The asker's language may have changed since it was written.
 */
export function isDecided({ verdict, sentence }: Pick<ReplyNeeds['row'], 'verdict' | 'sentence'>) {
  return verdict !== null && !WHYS.some((why) => sentence?.endsWith(`\n\n${why}`))
}

const WHYS = EVERY_LANGUAGE.flatMap(({ atEnd, stoppedHere }) => [atEnd, stoppedHere])
