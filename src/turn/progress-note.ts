import { noteDue, ProgressNote } from '../reply.ts'
import { botHere, campfireFor, type Runtime } from '../runtime.ts'
import { sentencesAfter } from '../sentences.ts'
import { Replies } from '../tables/room/replies.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { wordsFor } from './words.ts'

type Here = Pick<Runtime, 'member' | 'report'>

/** When a turn that was put down is to say that it still waits, in ms since 1970. Null: it is not. */
export function progressDue(tables: Tables, here: Here, row: TurnRow) {
  return noteDue(toSayIn(tables, here, row))
}

/** For a turn that is at work, with its replies, or one that was put down. */
export function progressNoteOf(
  tables: Tables,
  runtime: Runtime,
  { row, replies }: { row: TurnRow; replies?: Replies },
) {
  const { place, turns, numbers, now } = tables
  return new ProgressNote({
    ...toSayIn(tables, runtime, row, replies),
    campfire: campfireFor(tables, runtime),
    words: (isAnswering) => {
      // What brought us down may be in the turns before.
      const words = row.deaths ? sentencesAfter(row.prompt) : wordsFor(tables, row.asker, row)
      return row.failures && !isAnswering ? words.tryingAgain : words.working
    },
    cursor: () => numbers.cursor(),
    change: (changes) => turns.change(row, changes),
    now,
    ref: { room: place.room, bot: runtime.member.bot.name, turn: row.id },
  })
}

function toSayIn(tables: Tables, { member, report }: Here, row: TurnRow, known?: Replies) {
  let replies = known
  return {
    bot: botHere(tables, member, row),
    row,
    replies: () => {
      replies ??= new Replies(tables.sql, row.id)
      return replies
    },
    canOnlyPost: () => !report.canEdit(),
  }
}
