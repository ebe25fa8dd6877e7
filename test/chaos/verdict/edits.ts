import type { Book } from '../book.ts'
import type { Scene } from './scene.ts'

/** What an administrator has made of a message that was done with stays. */
export function judgeEdits({ world, room, turns, standing }: Scene, book: Book) {
  for (const { id, text, at } of world.administrator.edits) {
    const post = standing.find((one) => one.id === id)
    if (!post) continue
    const turn = turns.find(({ replies }) => replies.some(({ message }) => message === id))
    const ended = turn?.endedAt == null ? Infinity : Date.parse(turn.endedAt)
    if (post.text.startsWith(text)) book.count('edited by an administrator, and stays')
    else if (ended > at) book.count('edited before its turn was over')
    else book.find('edits undone', room, `message ${id}: "${post.text}", not "${text}"`)
  }
}
