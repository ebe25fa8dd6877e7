import type { Bot } from '../bots/bot.ts'
import { answeredBy, answerIn, lateSentence, refusalNotice } from '../turn/approval.ts'
import type { Approval } from './approvals.ts'
import { expire } from './expiry.ts'
import type { Message } from './message.ts'
import type { Parts } from './parts.ts'
import { Steps } from './steps.ts'
import type { TurnRow } from './turns.ts'
import { wordsFor } from './words.ts'

/** Somebody's yes or no to what the bot has asked leave for. */
interface Leave {
  answer: 'yes' | 'no'
  approvals: Approval[]
}

/** Null when the message is no answer, or not of somebody whose answer counts: then it is like any other. */
export function leaveIn({ approvals, now }: Parts, bot: Bot, message: Message): Leave | null {
  const answer = message.file ? null : answerIn(message.text, bot.name)
  if (!answer) return null

  const late = approvals.late(now()).map(({ id }) => id)
  const waiting = approvals.waiting().filter(({ id }) => !late.includes(id))
  const answered = answeredBy(waiting, message.author, bot.approvers)
  return answered.length ? { answer, approvals: answered } : null
}

/** What the model is told beside the message, when the answer is no. */
export function refusalIn(leave: Leave | null) {
  return leave?.answer === 'no' ? `\n<hint>${refusalNotice(leave.approvals)}</hint>` : ''
}

/** Written with the turn's row: from here on the tools are this turn's, to be run once. */
export function settle({ approvals, sql, now }: Parts, bot: Bot, row: TurnRow, leave: Leave) {
  const isYes = leave.answer === 'yes'
  for (const { id } of leave.approvals) approvals.settle(id, isYes ? 'granted' : 'refused')
  if (isYes) {
    const uses = leave.approvals.map(({ tool, input }) => ({ name: tool, input }))
    new Steps(sql, row.id).approve(uses, bot.model, now())
  }
}

/** Nobody has answered for a day: that is told, as a turn that has nothing to ask the model. */
export function tellLate(parts: Parts, bot: Bot): TurnRow | null {
  const { approvals, turns, session, inbox, now } = parts
  const late = approvals.late(now())
  const [first] = late
  if (!first) return null

  const asked = turns.find(first.turn)
  const sentences = wordsFor(parts, first.asker, { prompt: asked?.prompt ?? null })
  expire(parts, bot)
  for (const { id } of late) approvals.settle(id, 'expired')
  return turns.begin({
    session: session.current()?.id ?? 0,
    kind: 'told',
    asker: first.asker,
    asker_name: '',
    tier: session.tier(),
    prompt: null,
    sentence: lateSentence(late, sentences),
    reason: 'approval expired',
    signs: null,
    started: now(),
    takenThrough: inbox.through(),
  })
}
