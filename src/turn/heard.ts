import { readsAsAnswer } from '../approval.ts'
import type { Bot } from '../bots.ts'
import {
  asShown,
  earlierEdits,
  NOTICES,
  ownWordsBefore,
  type Remark,
  saysNothing,
  silentlyHeard,
  together,
  type View,
} from '../prompt.ts'
import { isSaid, type Message, type Taken } from '../tables/room/message.ts'
import type { SessionRow } from '../tables/room/sessions.ts'
import { namesBeside, type Tables } from '../tables.ts'
import { controlWord } from './commands.ts'

/**
 * What a turn takes as it stands in the room: in the words of now, and without what was deleted. Nor is what
 * came late, and was said before its author had us forget it, anybody's to read or to answer any more.
 */
export function asItStands({ forgotten }: Tables, taken: Taken, view: View | null): Taken {
  return { ...taken, messages: standing(taken.messages), context: standing(taken.context) }

  function standing(messages: Message[]) {
    const left = messages.filter(
      (message) => !view?.gone.has(message.id ?? 0) && !forgotten.cameBefore(message),
    )
    const shown = view ? asShown(left, view.shown) : left
    return shown.map((message) => ({ ...message, quote: forgotten.cut(message.quote) }))
  }
}

/** All that the model is told of the room beside the messages of the asker. */
export function heardIn(
  tables: Tables,
  taken: Taken,
  { view, session, turn }: { view: View | null; session: SessionRow; turn: number },
) {
  const { people } = tables
  const said = taken.context.filter(isSaid)
  const waiting = said.map((message) => ({
    ...message,
    bot: people.roleOf(message.author) === 'bot',
    waits: true,
  }))
  const silent = view ? [] : silentlyHeard(tables)
  const pointed = pointedAt(tables, taken, { view, silent })
  const asked = new Set([...taken.messages, ...pointed].map(({ id }) => id))
  const unasked = (view?.said ?? silent).filter(({ id }) => !asked.has(id))
  const context = together(unasked, waiting).map((remark) => whole(remark, taken, view))
  const known = new Set([...asked, ...context.map(({ id }) => id)])
  const edits = view ? earlierEdits(tables, { shown: view.shown, session, turn }) : []
  const edited = edits.filter(({ id }) => !known.has(id))
  return { ...taken, context, pointed, edited, more: view?.more ?? false, isBlind: !view }
}

/** Beside what they say: that what reads as a word to us or as a yes counts for nothing. */
export function uncountedIn(tables: Tables, bot: Bot, { messages }: Taken) {
  const reads = messages.some(({ edited, found, file, text }) => {
    const names = (edited || found) && !file ? namesBeside(text, tables, bot) : []
    return names.some((name) => controlWord(text, name) || readsAsAnswer(text, name))
  })
  return reads ? `\n<hint>${NOTICES.editsDecideNothing}</hint>` : ''
}

/** Whoever says nothing means what they said before, unless they quote something. */
function pointedAt(
  { inbox }: Tables,
  { asker, messages }: Taken,
  { view, silent }: { view: View | null; silent: Remark[] },
): Remark[] {
  const points = messages.every(
    (message) => isSaid(message) && !message.file && !message.quote && saysNothing(message.text),
  )
  if (!points) return []
  if (!view) return ownWordsBefore(silent, { asker: asker.id, messages })
  const said = [...view.shown.values()]
    .filter(({ author }) => author === asker.id)
    .map((shown) => shown.remark())
    .toSorted((a, b) => Number(a.id) - Number(b.id))
  const taken = inbox.received.takenAfter(view.oldest - 1)
  const answered = new Set(taken.flatMap(({ id, silently }) => (silently ? [] : [id])))
  return ownWordsBefore(said, { asker: asker.id, messages }, (id) => answered.has(id))
}

/** Of what is long only the beginning was read, and the asker's own words count whole. */
function whole(remark: Remark, { asker }: Taken, view: View | null): Remark {
  const shown = remark.author === asker.id && remark.id !== null && view?.shown.get(remark.id)
  return shown ? { ...remark, text: shown.file ? '' : shown.remark().text } : remark
}
