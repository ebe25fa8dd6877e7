import { MINUTE, spelledTime } from '../clock.ts'
import { NOTICES } from '../prompt.ts'
import { finalText } from '../reply.ts'
import type { Sentences } from '../sentences.ts'
import type { Message } from '../tables/room/message.ts'
import { isScheduled } from '../tables/room/turns.ts'
import { roomIn, type Tables } from '../tables.ts'
import type { Turn } from './turn-context.ts'

/** Why a turn keeps silent whose task somebody cancelled after it had come due. */
export const CALLED_OFF = 'cancelled'

export function isCalledOff({ reminders }: Pick<Tables, 'reminders'>, { schedule }: Message) {
  if (!schedule) return false
  const state = reminders.find(schedule)?.state
  return state === undefined || state === 'cancelled'
}

/**
 * Its words are of a session that had read what strangers wrote: a task that was set up there, or what is tried again.
 * So the one that goes by them asks as that one would.
 */
export function isOfStrangers(
  { reminders, turns, session }: Pick<Tables, 'reminders' | 'session' | 'turns'>,
  { schedule, again }: Pick<Message, 'again' | 'schedule'>,
) {
  if (schedule) return reminders.find(schedule)?.isTainted === true
  const before = again === undefined ? null : turns.find(again)
  return before !== null && session.wasTainted(before.session)
}

/** What the model is told of a task that is due, behind its words. Empty for what somebody has just said. */
export function taskNotice({ reminders, now }: Tables, { schedule, at }: Message): string {
  const reminder = schedule ? reminders.find(schedule) : null
  if (!reminder) return ''
  const { number, zone, missed } = reminder
  const hints = [
    `Nobody has said this just now: it is task ${number}, which the asker has set up for this time, ` +
      `${spelledTime(at, zone)}. Do it now, and give the room its result alone, with links to the messages that ` +
      `it is about. "Today" and "yesterday" are days of ${zone}. The asker may not be here: ask nothing back.`,
    `Where there is nothing worth telling, as on a quiet day, answer ${NOTICES.nothingToTell} and not a word ` +
      'more: then nothing is posted.',
    ...(now() - at >= MINUTE * 5
      ? ['You are late with it: say so in a word, and what time it was due.']
      : []),
    ...(missed
      ? [`${missed} before it were missed, and are not made up for: say so in a word.`]
      : []),
  ]
  return hints.map((hint) => `\n<hint>${hint}</hint>`).join('')
}

type Answered = Pick<Turn, 'row' | 'steps' | 'replies' | 'sentences'>

/** The model was asked by a schedule, and has found that nobody needs to read of it. */
export function hasNothingToTell(turn: Answered) {
  const { row, steps, replies } = turn
  if (!isScheduled(row) || row.verdict || row.sentence || replies.all.length) return false
  const last = finalText(steps.all, turn).trim().split('\n').at(-1) ?? ''
  return last.replace(/[^\p{L} ]/gu, '').trim() === NOTICES.nothingToTell
}

/** What is to come has words of its own, and stays: whoever has us forget is to know. */
export function forgottenIn(tables: Tables, { forgotten, reminder }: Sentences) {
  const said = forgotten[roomIn(tables).direct ? 'direct' : 'room']
  return tables.reminders.open().length ? `${said} ${reminder.kept}` : said
}
