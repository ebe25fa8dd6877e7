import type { Book } from '../book.ts'
import { endFor } from './ends.ts'
import { wasForgotten } from './forgotten.ts'
import { lostIn, takerOf } from './restored.ts'
import { inShort, type Scene, wordsOf } from './scene.ts'

/** What was acknowledged, or could be found, is taken by one turn, whose end is about it. */
export function judgeMessages(scene: Scene, book: Book) {
  const { asked, turns, room } = scene
  const first = firstHeard(scene)
  for (const question of asked) {
    const { id, acknowledged, deleted, saying } = question
    const what = `message ${id} (${[saying.kind, saying.fate, saying.regret].filter(Boolean).join(', ')})`
    const by = turns.filter(({ messages }) => messages.includes(id))
    const before = lostIn(scene).filter((lost) => lost.id === id)
    const turn = takerOf(scene, question, by)
    if (by.length > 1 + before.length)
      book.find('taken twice', room, `${what}: ${by.map(inShort).join('; ')}`)

    const isForgotten = wasForgotten(scene, question)
    const isFindable = scene.lists && id > first && !deleted && !isForgotten
    const known = acknowledged ? 'acknowledged' : 'never delivered'
    if (turn) {
      const end = endFor(scene, turn, question)
      book.count(`${known}, ${end ?? 'lost'}`)
      if (!end) book.find('lost', room, `${what}: ${inShort(turn)} ${wordsOf(scene, turn)}`)
    } else if (acknowledged || isFindable) {
      book.find('lost', room, `${what}: ${known}, and no turn took it`)
    } else {
      const past = scene.lists ? 'before the first' : 'nobody can list'
      const why = deleted ? 'deleted' : isForgotten ? 'forgotten since' : past
      book.count(`${known}, unheard of (${why})`)
    }
  }
}

/** Nobody counted on us before. What was under way when the first was answered may have been first. */
function firstHeard({ asked }: Scene) {
  const answered = Math.min(...asked.map(({ acknowledged }) => acknowledged ?? Infinity))
  const underWay = asked.filter(({ sent }) => sent !== null && sent <= answered)
  return underWay.length ? Math.max(...underWay.map(({ id }) => id)) : Infinity
}
