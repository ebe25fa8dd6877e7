import { split, splitForPush } from '../campfire.ts'
import { SENTENCES, type Sentences } from '../sentences.ts'
import type { Part } from '../tables/room/reply-states.ts'
import { isTelling } from './tell.ts'

const MOST_PARTS = 4

/**
 * What is posted: the text in one or a few messages; the whole as a file where that is too much. A push
 * carries the words of the create. The first part of what grew stands already, and was short when people
 * were told of it; those after it are created short as well, where they are too long for a push.
 */
export function splitReply(
  text: string,
  voice: { readonly sentences: Pick<Sentences, 'whole'> } = { sentences: SENTENCES },
  grew = false,
): Part[] {
  const [first = text, ...rest] = grew ? split(text) : splitForPush(text)
  return rest.length < MOST_PARTS
    ? [first, ...rest].map((body, part) => ({
        body,
        file: null,
        began: grew && part > 0 ? beginningOf(body) : null,
      }))
    : [
        { body: `${first}\n\n${voice.sentences.whole}`, file: null },
        { body: text, file: 'answer.md' },
      ]
}

/** Null: all of it fits into a push. */
function beginningOf(body: string) {
  const [began = null, ...rest] = splitForPush(body)
  return rest.length ? began : null
}

/** Whether this was intended to say that, in whatever words we say where the whole of it is. */
export function isPartOf(text: string, body: string) {
  return [false, true].some((grew) => {
    const [{ body: first } = { body: text }, ...rest] = splitReply(
      text,
      { sentences: { whole: '' } },
      grew,
    )
    const isLong = rest.some(({ file }) => file)
    return (
      [first, ...rest.map((part) => part.body)].includes(body) ||
      (isLong && body.startsWith(first)) ||
      isTelling(text, body)
    )
  })
}
