import { answeredIn, turnsAnswering } from '../tables/room/replies/own-messages.ts'
import { readSteps } from '../tables/room/steps/read-steps.ts'
import type { Tables } from '../tables.ts'
import { withoutMessages } from './deleted-words.ts'
import { NOTICES } from './notices.ts'
import { isTakenBack } from './read-back.ts'

/**
 * What somebody has deleted in the room leaves the archive, and all that the model has read of it: prompts,
 * what was said while it worked, what tools have found. Where nothing that was asked is left, what was
 * answered and done goes too; and so does an answer of ours that was deleted itself. False: there was nothing new.
 */
export function dropDeleted(tables: Tables, deleted: ReadonlySet<number>) {
  if (!deleted.size) return false
  const { archive, session, forgotten } = tables
  const known = forgotten.deleted()
  const news = [...deleted].filter((id) => !known.includes(id))
  if (!news.length) return false

  const from = firstTurnThatMayShow(tables, Math.min(...news))
  session.rewrite(from, withoutMessages(news))
  dropAnswers(tables, {
    from,
    turns: turnsWithout(tables, news),
  })
  archive.drop(new Set(news))
  forgotten.addDeleted(news)
  return true
}

/** What was seen deleted while its answer was in doubt, and known by its words alone: now they go as well. */
export function dropTakenBack(tables: Tables, turn: number) {
  const isGone = () => turnsAnswering(tables.sql, tables.forgotten.deleted()).includes(turn)
  if (hasLostAll(tables, turn) || isGone()) dropAnswers(tables, { from: turn, turns: [turn] })
}

/** Turns that are over and have lost all that was asked in them, or the answer. */
function turnsWithout(tables: Tables, news: number[]) {
  const { inbox, sql, turns } = tables
  const lost = inbox.received.turnsOf(news).filter((turn) => hasLostAll(tables, turn))
  return [...lost, ...turnsAnswering(sql, news)].filter((turn) => turns.find(turn)?.ended != null)
}

function hasLostAll({ sql, turns }: Tables, turn: number) {
  const notices = (readSteps(sql, turn) ?? []).map(({ notice }) => notice)
  return isTakenBack([turns.find(turn)?.prompt ?? null, ...notices])
}

function dropAnswers(
  { archive, session, sql, place }: Tables,
  of: { from: number; turns: number[] },
) {
  for (const turn of of.turns) session.dropAnswer(turn, NOTICES.deleted)
  if (!of.turns.length) return
  const isMeant = ({ id }: { id: number }) => of.turns.includes(id)
  const since = Math.min(of.from, ...of.turns)
  archive.dropAnswers({
    bot: place.bot,
    isMeant: answeredIn(sql, isMeant, { since, unknown: false }),
  })
}

/** The first turn since it was said, and some before, that were begun with what was said earlier. */
function firstTurnThatMayShow({ inbox, session, turns }: Tables, message: number) {
  const next = inbox.received.firstTurnSince(message) ?? (turns.last()?.id ?? 0) + 1
  const current = session.current()
  return Math.min(next - BEFORE, current?.from_turn ?? next)
}

const BEFORE = 5
