import { ProgressNote } from '../reply.ts'
import { botHere, campfireFor, type Runtime } from '../runtime.ts'
import { sentencesAfter } from '../sentences.ts'
import { Replies } from '../tables/room/replies.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { wordsFor } from './words.ts'

/** For a turn that is at work, with its replies, or one that was put down. */
export function progressNoteOf(
  tables: Tables,
  runtime: Runtime,
  { row, replies }: { row: TurnRow; replies?: Replies },
) {
  const { sql, place, turns, numbers, now } = tables
  const { member, report } = runtime
  return new ProgressNote({
    bot: botHere(tables, member),
    row,
    get replies() {
      replies ??= new Replies(sql, row.id)
      return replies
    },
    campfire: campfireFor(tables, runtime),
    canOnlyPost: () => canOnlyPost(report.abilities()),
    words: (isAnswering) => {
      // What brought us down may be in the turns before.
      const words = row.deaths ? sentencesAfter(row.prompt) : wordsFor(tables, row.asker, row)
      return row.failures && !isAnswering ? words.tryingAgain : words.working
    },
    cursor: () => numbers.cursor(),
    change: (changes) => turns.change(row, changes),
    now,
    ref: { room: place.room, bot: member.bot.name, turn: row.id },
  })
}

function canOnlyPost({ list, edit }: { list?: boolean; edit?: boolean }) {
  return list === false || edit === false
}
