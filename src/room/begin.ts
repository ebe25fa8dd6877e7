import type { Bot } from '../bots/bot.ts'
import { log } from '../log.ts'
import { together } from '../turn/context.ts'
import type { ControlWord } from '../turn/control.ts'
import { turnPrompt } from '../turn/prompt.ts'
import { help } from '../turn/sentences.ts'
import { signsInRow, waitingSigns } from '../turn/signs.ts'
import { expire } from './expiry.ts'
import { leaveIn, refusalIn, settle, tellLate } from './leave.ts'
import { silentlyHeard } from './lookout.ts'
import type { Message, Taken } from './message.ts'
import { type Parts, roomIn } from './parts.ts'
import { explain } from './receipts.ts'
import { controlIn, judge } from './speaking.ts'
import type { TurnKind, TurnRow } from './turns.ts'
import type { View } from './view.ts'
import { wordsFor } from './words.ts'

/** Takes what waits into a new turn. All of it is written as one: there is no `await` in here. */
export function beginTurn(parts: Parts, bot: Bot, outlook: Outlook): TurnRow | null {
  const { inbox, turns, session, archive } = parts
  const { canBoost, view, alone = false } = outlook
  const now = parts.now()
  const separate = (message: Message) => wantsOwnTurn(parts, bot, message)
  const next = alone ? inbox.alone(now) : inbox.next(now, separate)
  if (!next) return tellLate(parts, bot)
  const taken = withoutGone(next, view)
  const [first] = taken.messages
  if (!first) return keepSilent(parts, taken, next.messages, TAKEN_BACK)

  expire(parts, bot)
  const judgement = judge(parts, bot, taken)
  if ('notBefore' in judgement) {
    inbox.putOff(next.messages, judgement.notBefore)
    return beginTurn(parts, bot, outlook)
  }
  if (!judgement.speak) return keepSilent(parts, taken, next.messages, judgement.reason)

  const last = turns.last()
  const id = (last?.id ?? 0) + 1
  const tier = session.tier()
  const current = session.current() ?? session.begin(now, id, parts.pins.inWords())
  if (last && hasStumbledTwice(parts, last)) session.startAt(current, id)
  if (session.isTooLong(current, id)) session.dropOldest(current, id)

  const leave = leaveIn(parts, bot, first)
  const word = controlIn(parts, bot, first)
  const kind = isOwnTurn(word) ? word : 'talk'
  const row = turns.begin({
    session: current.id,
    kind,
    asker: taken.asker.id,
    asker_name: taken.asker.name,
    tier,
    prompt: kind === 'talk' ? promptOf() + refusalIn(leave) : null,
    sentence: isOwnTurn(word) ? sentenceFor(parts, bot, word, first) : null,
    reason: judgement.reason,
    signs: canBoost ? signsFor(taken, kind) : null,
    started: now,
    takenThrough: taken.through,
  })
  if (leave) settle(parts, bot, row, leave)
  inbox.mark(next.messages, row.id)
  if (kind === 'talk') for (const message of taken.messages) archive.add(asRemark(message))
  return row

  function promptOf() {
    return turnPrompt(heardIn(parts, taken, view), place(parts, bot), now)
  }
}

/** What a control word is answered with, in the language of whoever sent it. */
function sentenceFor(parts: Parts, bot: Bot, word: OwnTurn, { author, text, quote }: Message) {
  const sentences = wordsFor(parts, author, { word: text })
  const { direct } = roomIn(parts)
  switch (word) {
    case 'why':
      return explain(parts, quote, sentences)
    case 'help':
      return help(bot, direct, sentences)
    case 'forget':
      return sentences.forgotten[direct ? 'direct' : 'room']
  }
}

/** What is known of the world outside when a turn begins. */
export interface Outlook {
  canBoost: boolean
  /** Null where nothing can be listed. */
  view: View | null
  /** Earlier tries have brought us down. */
  alone?: boolean
}

/** Two turns in a row were parked: then what was said before may be what brings us down. */
function hasStumbledTwice({ turns }: Parts, last: TurnRow) {
  return last.state === 'parked' && turns.find(last.id - 1)?.state === 'parked'
}

const TAKEN_BACK = 'taken back'

/** Somebody who deletes what they said takes it back: it is nobody's to read or to answer any more. */
function withoutGone(taken: Taken, view: View | null): Taken {
  const stands = ({ id }: Message) => id === null || !view?.gone.has(id)
  return {
    ...taken,
    messages: taken.messages.filter(stands),
    context: taken.context.filter(stands),
  }
}

function heardIn(parts: Parts, taken: Taken, view: View | null) {
  const { people } = parts
  const waiting = taken.context.map((message) => ({
    ...message,
    bot: people.roleOf(message.author) === 'bot',
    waits: true,
  }))
  const asked = new Set(taken.messages.map(({ id }) => id))
  const said = (view?.said ?? silentlyHeard(parts)).filter(({ id }) => !asked.has(id))
  return { ...taken, context: together(said, waiting), more: view?.more ?? false }
}

/** A silence is a turn like any other, and over at once. What was said is kept. */
function keepSilent(parts: Parts, taken: Taken, messages: Message[], reason: string): TurnRow {
  const { inbox, turns, session, archive, place } = parts
  const row = turns.begin({
    silent: true,
    session: session.current()?.id ?? 0,
    kind: 'talk',
    asker: taken.asker.id,
    asker_name: taken.asker.name,
    tier: session.tier(),
    prompt: null,
    reason,
    signs: null,
    started: parts.now(),
    takenThrough: taken.through,
  })
  inbox.mark(messages, row.id)
  for (const message of taken.messages) archive.add(asRemark(message))
  log.info('turn.silent', { room: place.room, bot: place.bot, turn: row.id, reason })
  return row
}

/** The intent of the one that we put on the newest message, beside those that say that it waited. */
function signsFor({ messages }: Taken, kind: TurnKind) {
  const waited = waitingSigns(messages)
  // A word is answered at once, but it may have waited for its turn.
  const newest = kind === 'talk' ? messages.at(-1)?.id : null
  return signsInRow(newest ? [...waited, { message: newest, boost: null }] : waited)
}

export function wantsOwnTurn(parts: Parts, bot: Bot, message: Message) {
  return isOwnTurn(controlIn(parts, bot, message)) || leaveIn(parts, bot, message) !== null
}

type OwnTurn = Exclude<ControlWord, 'stop'>

/** A `stop` that comes when there is nothing to stop is a message like any other. */
function isOwnTurn(word: ControlWord | null): word is OwnTurn {
  return word !== null && word !== 'stop'
}

function place(parts: Parts, { timeZone }: Bot) {
  const { name, direct } = roomIn(parts)
  const { people } = parts
  const mentionable = [...people.mentionable().keys()]
  return { room: name, direct, timeZone, mentionable, ambiguous: people.ambiguous() }
}

export function asRemark({ id, author, name, at, text, file }: Message) {
  return { message: id, author, name, at, text: file ? `[file: ${file}] ${text}`.trim() : text }
}
