import { split } from '../campfire.ts'
import { SENTENCES, type Sentences } from '../sentences.ts'
import type { Part } from '../tables/room/reply-states.ts'

const MOST_PARTS = 4

/** What is posted: the text in one or a few messages; the whole as a file where that is too much. */
export function splitReply(text: string, { whole }: Sentences = SENTENCES): Part[] {
  const [first = text, ...rest] = split(text)
  return rest.length < MOST_PARTS
    ? [first, ...rest].map((body) => ({ body, file: null }))
    : [
        { body: `${first}\n\n${whole}`, file: null },
        { body: text, file: 'answer.md' },
      ]
}

/** Whether this was intended to say that, in whatever words we say where the whole of it is. */
export function isPartOf(text: string, body: string) {
  const [{ body: first } = { body: text }, ...rest] = splitReply(text, { ...SENTENCES, whole: '' })
  const isLong = rest.some(({ file }) => file)
  return (
    [first, ...rest.map((part) => part.body)].includes(body) || (isLong && body.startsWith(first))
  )
}
