import type { Bot } from '../bots/bot.ts'
import { controlWord } from '../turn/control.ts'
import { turnPrompt } from '../turn/prompt.ts'
import { expire } from './expiry.ts'
import type { Message, Taken } from './inbox.ts'
import { type Parts, roomIn } from './parts.ts'
import type { TurnKind, TurnRow } from './turns.ts'

/** Takes what waits into a new turn. All of it is written as one: there is no `await` in here. */
export function beginTurn(parts: Parts, bot: Bot): TurnRow | null {
  const { inbox, turns, session, archive } = parts
  const now = parts.now()
  const taken = inbox.next(now, wantsOwnTurn)
  if (!taken) return null

  expire(parts, bot)
  const id = (turns.last()?.id ?? 0) + 1
  const tier = session.tier()
  const current = session.current() ?? session.begin(now, id)
  if (session.isTooLong(current, id)) session.dropOldest(current, id)

  const kind = kindOf(taken)
  const row = turns.begin({
    session: current.id,
    kind,
    asker: taken.asker.id,
    asker_name: taken.asker.name,
    tier,
    prompt: kind === 'talk' ? turnPrompt(taken, place(parts), now) : null,
    started: now,
    takenThrough: taken.through,
  })
  inbox.mark(taken.messages, row.id)
  if (kind === 'talk') for (const message of taken.messages) archive.add(asRemark(message))
  return row
}

function kindOf({ messages: [first] }: Taken): TurnKind {
  const word = first && !first.file ? controlWord(first.text) : null
  return word === 'help' || word === 'forget' ? word : 'talk'
}

function wantsOwnTurn(message: Message) {
  const word = message.file ? null : controlWord(message.text)
  return word === 'help' || word === 'forget'
}

function place(parts: Parts) {
  const { name, direct } = roomIn(parts)
  return { room: name, direct }
}

function asRemark({ id, author, name, at, text, file }: Message) {
  return { message: id, author, name, at, text: file ? `[file: ${file}] ${text}`.trim() : text }
}
