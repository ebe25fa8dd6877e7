import type { Bot } from '../bots.ts'
import { DAY } from '../clock.ts'
import { isClaimed, type Message } from '../tables/room/message.ts'
import { wasSaid } from '../tables/room/replies/own-messages.ts'
import { namesBeside, type Tables } from '../tables.ts'
import { numberOf, openRequests, type Request } from './request.ts'
import { answerIn } from './yes-no.ts'

/** Somebody's yes or no. */
export interface Answer {
  answer: 'yes' | 'no'
  /** What it answers. Null: no request, so it counts for nothing. */
  request: Request | null
}

/** Null when the message is no yes or no, or when nothing was asked lately: then it is like any other. */
export function answerTo(tables: Tables, bot: Bot, message: Message): Answer | null {
  const answer = givenIn(tables, bot, message)
  if (!answer || !tables.approvals.wereAny(lately(tables))) return null
  return { answer, request: mayAnswer(message) ? requestMeant(tables, bot, message) : null }
}

/**
 * An edit decides nothing: what was delivered says it, and still says it. Of what was only found in the list
 * nobody knows what it said when it was sent, so it is never a yes.
 */
function givenIn(tables: Tables, bot: Bot, message: Message) {
  const { text, file, delivered = text, found, schedule, dropped } = message
  const answer = file || schedule || dropped ? null : answerOf(delivered)
  const isMeant = answer !== null && answer === answerOf(text) && !(found && answer === 'yes')
  return isMeant ? answer : null

  function answerOf(words: string) {
    const answers = namesBeside(words, tables, bot).map((name) => answerIn(words, name))
    return answers.find((one) => one !== null) ?? null
  }
}

/** The model knows of what was asked in its session; people remember a while longer. */
function lately({ session, now }: Tables) {
  return Math.min(now() - 3 * DAY, session.current()?.started ?? Number.POSITIVE_INFINITY)
}

/**
 * Where Campfire has not given it its number nobody knows when it was said, and whoever knows the secret of
 * the flat shape may name anybody.
 */
function mayAnswer({ id, author }: Message) {
  return id !== null && !isClaimed(author)
}

/**
 * A yes must say what it is for. A quote says it; without one it is for the newest thing that we said to
 * whoever answers, if that is a request, and its asker has been told nothing since either. In doubt it
 * counts for nothing: a yes that was wrong cannot be taken back.
 */
function requestMeant(tables: Tables, bot: Bot, message: Message): Request | null {
  const standing = openRequests(tables).filter(({ messages }) => messages.length > 0)
  const theirs = standing.filter((request) => isAskedOf(request, bot, message.author))
  const { quote } = message
  if (quote) {
    const quoted = theirs.find(({ messages }) => messages.includes(quote.messageId ?? 0))
    return quoted ?? null
  }
  const newest = theirs.find((request) => isAfter(message, request))
  return newest && isNewestSaid(tables, newest, message) ? newest : null
}

function isAskedOf({ asker, approvers }: Request, bot: Bot, author: number) {
  const isNamed = (approvers ?? bot.approvers).includes(author) && bot.approvers.includes(author)
  return asker === author || isNamed
}

/** It was said when all of the request stood in the room. */
function isAfter({ id }: Message, request: Request) {
  const number = numberOf(request)
  return id !== null && number !== null && id > number
}

function isNewestSaid({ sql, approvals }: Tables, { turn, asker }: Request, message: Message) {
  const { id, author } = message
  const turns = approvals.turnsAsking(author, turn)
  const since = { askers: [asker, author], turns, after: turn, before: id ?? 0 }
  return !wasSaid(sql, since)
}
