import { referenceOf } from '../address.ts'
import { answerTo, consequenceOf, noticeOf, settle } from '../approval.ts'
import type { Bot } from '../bots.ts'
import { log } from '../log.ts'
import {
  againPrompt,
  keepInstructions,
  type Remark,
  roomMemory,
  TAKEN_BACK,
  turnPrompt,
  type View,
} from '../prompt.ts'
import { explain } from '../receipt.ts'
import { help, sentencesAfter } from '../sentences.ts'
import { expire, noteForgotten } from '../session.ts'
import { isSaid, type Message, type Taken } from '../tables/room/message.ts'
import { signsInRow, waitingSigns } from '../tables/room/turns/signs.ts'
import type { TurnKind, TurnRow } from '../tables/room/turns.ts'
import { nameHere, roomIn, type Tables } from '../tables.ts'
import { FORGOTTEN, wordsAgain } from './again.ts'
import { beginLate, noteFirstSilence } from './begin-late.ts'
import type { ControlWord } from './commands.ts'
import { filesGiven, unfetchedIn } from './files-given.ts'
import { asItStands, heardIn, uncountedIn } from './heard.ts'
import type { Unfetched } from './linked-files.ts'
import { CALLED_OFF, forgottenIn, isCalledOff, isOfStrangers, taskNotice } from './scheduled.ts'
import { controlIn, judge } from './should-speak.ts'
import { wordsFor } from './words.ts'

/** Takes what waits into a new turn. All of it is written as one: there is no `await` in here. */
export function beginTurn(tables: Tables, bot: Bot, outlook: Outlook): TurnRow | null {
  const { inbox, turns, session } = tables
  const { canBoost, view, alone = false, unfetched = new Map() } = outlook
  const now = tables.now()
  const separate = (message: Message) => wantsOwnTurn(tables, bot, message)
  const next = alone ? inbox.alone(now) : inbox.next(now, separate)
  if (!next) return beginLate(tables, bot)
  const taken = asItStands(tables, next, view)
  const [first] = taken.messages
  if (!first) return keepSilent(tables, taken, next.messages, whyGone(next, view))

  expire(tables, bot)
  const judgement = judge(tables, bot, taken)
  if ('notBefore' in judgement) {
    inbox.putOff(next.messages, judgement.notBefore)
    return beginTurn(tables, bot, outlook)
  }
  if (isCalledOff(tables, first)) return keepSilent(tables, taken, next.messages, CALLED_OFF)
  const again = first.again === undefined ? null : wordsAgain(tables, first.again)
  if (typeof again === 'string') return keepSilent(tables, taken, next.messages, again)
  const before = again
  if (!judgement.speak) {
    const isUnmentioned = judgement.reason === 'not mentioned' && roomIn(tables).direct
    if (isUnmentioned) noteFirstSilence(tables)
    return keepSilent(tables, taken, next.messages, judgement.reason)
  }

  const last = turns.last()
  const id = (last?.id ?? 0) + 1
  const tier = session.tier()
  const current = session.current() ?? session.begin(now, id, roomMemory(tables))
  if (last && hasStumbledTwice(tables, last)) session.startAt(current, id)
  if (session.isTooLong(current, id)) session.dropOldest(current, id)

  // Also on what is no part of the turn any more: it waits no longer.
  const waited = waitingSigns(next.messages)
  const rests = judgement.speak === 'rests'
  const answer = rests ? null : answerTo(tables, bot, first)
  const word = controlIn(tables, bot, first)
  const ownKind = rests || first.tooLong ? 'told' : word
  const kind = isOwnTurn(ownKind) ? ownKind : 'talk'
  const consequence = consequenceOf(tables, { messages: taken.messages, answer, kind })
  const isHeard = kind === 'talk' || rests
  const heard = isHeard ? heardIn(tables, taken, { view, session: current, turn: id }) : null
  const given = kind === 'talk' ? filesGiven(tables, taken.messages) : []
  const row = turns.begin({
    session: current.id,
    kind,
    asker: taken.asker.id,
    asker_name: taken.asker.name,
    tier,
    prompt:
      kind === 'talk'
        ? promptOf() +
          taskNotice(tables, first) +
          noticeOf(consequence) +
          uncountedIn(tables, bot, taken) +
          unfetchedIn(taken.messages, unfetched)
        : null,
    sentence: sentenceOf(first),
    instructions: kind === 'talk' ? keepInstructions(tables, bot) : null,
    files: given.length ? given.map(({ number }) => number) : null,
    reason: judgement.reason,
    signs: signsInRow([...waited, ...(canBoost ? signFor(taken, kind) : [])]),
    started: now,
    takenThrough: taken.through,
  })
  if (first.tooLong) {
    const words = sentencesAfter(session.lastPrompt(current))
    turns.change(row, { sentence: words.tooLong(referenceOf(tables.place, row)) })
  }
  if (kind === 'forget') noteForgotten(tables, first)
  settle(tables, bot, row, consequence)
  // What stands in a file is nobody's word here, and the model is about to see it.
  const hasStrange = given.length > 0 && !bot.trusted.includes('files')
  if (hasStrange || isOfStrangers(tables, first)) session.taint(row.id)
  if (rests) log.warn('turn.rests', { ...tables.place, turn: row.id, author: row.asker })
  if (kind === 'talk' || rests) keepWords(tables, taken.messages)
  if (kind === 'talk') keepPointed(tables, heard?.pointed ?? [])
  inbox.mark(next.messages, row.id)
  return row

  function sentenceOf(message: Message) {
    if (rests) return sentencesAfter(promptOf()).rests
    return isOwnTurn(word) ? sentenceFor(tables, bot, word, message) : null
  }

  function promptOf() {
    if (!heard) return ''
    if (before) return againPrompt(before, heard, place(tables, bot), now)
    return turnPrompt(
      { ...heard, given, hasWaited: hasWaited(taken, last) },
      place(tables, bot),
      now,
    )
  }
}

/** What a control word is answered with, in the language of whoever sent it. */
function sentenceFor(tables: Tables, bot: Bot, word: OwnTurn, { author, text, quote }: Message) {
  const sentences = wordsFor(tables, author, { word: text })
  const { direct } = roomIn(tables)
  switch (word) {
    case 'why':
      return explain(tables, { quote, author }, sentences)
    case 'help':
      return help({ ...bot, name: nameHere(tables, bot) }, direct, sentences)
    case 'forget':
      return forgottenIn(tables, sentences)
  }
}

/** What is known of the world outside when a turn begins. */
export interface Outlook {
  canBoost: boolean
  /** Null where nothing can be listed. */
  view: View | null
  /** Links to files that led to nothing. */
  unfetched?: Unfetched
  /** Earlier tries have brought us down. */
  alone?: boolean
}

/** It came while somebody else was answered, or has a sign that says so. */
function hasWaited({ asker, messages }: Taken, last: TurnRow | null) {
  const isAfterAnother = last && last.asker !== asker.id && last.state !== 'silent'
  const free = (isAfterAnother && last.ended) || 0
  return messages.some(({ at, sign }) => at < free || sign !== null)
}

/** Two turns in a row were parked: then what was said before may be what brings us down. */
function hasStumbledTwice({ turns }: Tables, last: TurnRow) {
  return last.state === 'parked' && turns.find(last.id - 1)?.state === 'parked'
}

function whyGone({ messages }: Taken, view: View | null) {
  return messages.some(({ id }) => id !== null && view?.gone.has(id)) ? TAKEN_BACK : FORGOTTEN
}

/** A silence is a turn like any other, and over at once. What was said is kept. */
function keepSilent(tables: Tables, taken: Taken, messages: Message[], reason: string): TurnRow {
  const { inbox, turns, session, place } = tables
  const signs = waitingSigns(messages)
  const row = turns.begin({
    silent: true,
    session: session.current()?.id ?? 0,
    kind: 'talk',
    asker: taken.asker.id,
    asker_name: taken.asker.name,
    tier: session.tier(),
    prompt: null,
    reason,
    signs: signsInRow(signs),
    started: tables.now(),
    takenThrough: taken.through,
  })
  // Nobody waits for these any more: the next look takes them down.
  if (signs.length) turns.change(row, { doubt: 1 })
  keepWords(tables, taken.messages)
  inbox.mark(messages, row.id)
  log.info('turn.silent', {
    room: place.room,
    bot: place.bot,
    turn: row.id,
    asker: row.asker,
    reason,
  })
  return row
}

/** The intent of the one that we put on the newest message. A word is answered at once. */
function signFor({ messages }: Taken, kind: TurnKind) {
  const newest = kind === 'talk' ? messages.at(-1)?.id : null
  return newest ? [{ message: newest, boost: null }] : []
}

export function wantsOwnTurn(tables: Tables, bot: Bot, message: Message) {
  const word = controlIn(tables, bot, message)
  const isAlone = !isSaid(message) || message.tooLong === true || isOwnTurn(word)
  return isAlone || answerTo(tables, bot, message) !== null
}

type OwnTurn = Exclude<ControlWord, 'stop'>

/** A `stop` that comes when there is nothing to stop is a message like any other. */
function isOwnTurn(word: ControlWord | 'told' | null): word is OwnTurn | 'told' {
  return word !== null && word !== 'stop'
}

function place(tables: Tables, bot: Bot) {
  const { name, direct } = roomIn(tables)
  const { people } = tables
  return {
    room: name,
    direct,
    called: nameHere(tables, bot),
    timeZone: bot.timeZone,
    mentionable: [...people.mentionable().keys()],
    ambiguous: people.ambiguous(),
  }
}

/** Before they are marked, and their words are gone. */
export function keepWords({ inbox, archive }: Pick<Tables, 'inbox' | 'archive'>, said: Message[]) {
  for (const message of said) if (isSaid(message)) archive.add(asRemark(inbox.whole(message)))
}

/** What was said to nobody is said to us by pointing at it; what was met with silence is there already. */
function keepPointed({ inbox, archive }: Tables, pointed: Remark[]) {
  const [first] = pointed
  if (!first) return
  const known = new Set(inbox.received.takenAfter(Number(first.id) - 1).map(({ id }) => id))
  for (const remark of pointed) if (!known.has(Number(remark.id))) archive.add(asRemark(remark))
}

function asRemark({ id, author, name, at, text, file }: Remark) {
  return { message: id, author, name, at, text: file ? `[file: ${file}] ${text}`.trim() : text }
}
