import type { Bot } from '../bots.ts'
import type { Approval } from '../tables/room/approvals.ts'
import { isClaimed, type Message } from '../tables/room/message.ts'
import { Steps } from '../tables/room/steps.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { answeredBy, refusalNotice } from './wording.ts'
import { answerIn } from './yes-no.ts'

/** Somebody's yes or no to what the bot has asked for. */
export interface Answer {
  answer: 'yes' | 'no'
  approvals: Approval[]
}

/** Null when the message is no answer, or not of somebody whose answer counts: then it is like any other. */
export function answerTo({ approvals, now }: Tables, bot: Bot, message: Message): Answer | null {
  // Whoever knows the secret of the flat shape may name anybody, so nobody has said yes.
  if (isClaimed(message.author)) return null
  const answer = message.file ? null : answerIn(message.text, bot.name)
  if (!answer) return null

  const late = approvals.late(now()).map(({ id }) => id)
  const waiting = approvals.waiting().filter(({ id }) => !late.includes(id))
  const answered = answeredBy(waiting, message.author, bot.approvers)
  return answered.length ? { answer, approvals: answered } : null
}

/** What the model is told beside the message, when the answer is no. */
export function refusalIn(given: Answer | null) {
  return given?.answer === 'no' ? `\n<hint>${refusalNotice(given.approvals)}</hint>` : ''
}

/** Written with the turn's row: from here on the tools are this turn's, to be run once. */
export function settle({ approvals, sql, now }: Tables, bot: Bot, row: TurnRow, given: Answer) {
  const isYes = given.answer === 'yes'
  for (const { id } of given.approvals) approvals.settle(id, isYes ? 'granted' : 'refused')
  if (isYes) {
    const uses = given.approvals.map(({ tool, input }) => ({ name: tool, input }))
    new Steps(sql, row.id).approve(uses, bot.model, now())
  }
}
