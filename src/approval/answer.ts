import type { Bot } from '../bots.ts'
import type { Approval } from '../tables/room/approvals.ts'
import type { Message } from '../tables/room/message.ts'
import { Steps } from '../tables/room/steps.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import { namesBeside, type Tables } from '../tables.ts'
import { answeredBy, refusalNotice } from './wording.ts'
import { answerIn } from './yes-no.ts'

/** Somebody's yes or no to what the bot has asked for. */
export interface Answer {
  answer: 'yes' | 'no'
  approvals: Approval[]
}

/** Null when the message is no answer, or not of somebody whose answer counts: then it is like any other. */
export function answerTo(tables: Tables, bot: Bot, message: Message): Answer | null {
  const { approvals, now } = tables
  const answer = givenIn(tables, bot, message)
  if (!answer) return null

  const late = approvals.late(now()).map(({ id }) => id)
  const waiting = approvals.waiting().filter(({ id }) => !late.includes(id))
  const answered = answeredBy(waiting, message.author, bot.approvers)
  return answered.length ? { answer, approvals: answered } : null
}

/**
 * An edit decides nothing: what was delivered says it, and still says it. Of what was only found in the list
 * nobody knows what it said when it was sent, so it is never a yes.
 */
function givenIn(tables: Tables, bot: Bot, message: Message) {
  const { text, file, delivered = text, found } = message
  const answer = file ? null : answerOf(delivered)
  const isMeant = answer !== null && answer === answerOf(text) && !(found && answer === 'yes')
  return isMeant ? answer : null

  function answerOf(words: string) {
    const answers = namesBeside(words, tables, bot).map((name) => answerIn(words, name))
    return answers.find((one) => one !== null) ?? null
  }
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
