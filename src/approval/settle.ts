import type { Bot } from '../bots.ts'
import { isSaid, type Message } from '../tables/room/message.ts'
import { Steps } from '../tables/room/steps.ts'
import type { TurnKind, TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import type { Answer } from './answer.ts'
import { numberOf, openRequests, type Request } from './request.ts'
import { NOTHING_APPROVED, refusalNotice, withdrawalNotice } from './wording.ts'

/** What becomes of open requests by what somebody says. */
export interface Consequence {
  answer: Answer | null
  withdrawn: Request[]
}

interface Saying {
  messages: Message[]
  answer: Answer | null
  /** Of the turn that takes them. */
  kind: TurnKind
}

export function consequenceOf(tables: Tables, { answer, ...saying }: Saying): Consequence {
  const isCounted = answer?.request != null
  // It may be meant for a request still, and is no talk: there it can be said again, to the point.
  const isVain = answer?.answer === 'yes' && !isCounted
  const withdrawn = isCounted || isVain ? [] : withdrawnBy(tables, { answer, ...saying })
  return { answer, withdrawn }
}

function withdrawnBy(tables: Tables, { messages, answer, kind }: Saying): Request[] {
  switch (kind) {
    case 'help':
    case 'why':
      return []
    case 'forget':
      return openRequests(tables)
    case 'talk':
    case 'told': {
      const asker = messages[0]?.author
      const theirs = openRequests(tables).filter((request) => request.asker === asker)
      // A no is one, whenever it was said.
      return answer ? theirs : theirs.filter((request) => wasSaidAfter(messages, request))
    }
  }
}

/** Of what was said while the request was still on its way nobody can say that it goes on from there. */
function wasSaidAfter(taken: Message[], request: Request) {
  const number = numberOf(request)
  // What is due by a schedule, tried again, or came through a link, nobody has said just now.
  const messages = taken.filter(isSaid)
  if (!messages.length) return false
  return number === null || messages.some(({ id }) => id === null || id > number)
}

/** What the model is told of it, behind what was said. */
export function noticeOf({ answer, withdrawn }: Consequence) {
  const notices = [
    ...(answer?.answer === 'yes' && !answer.request ? [NOTHING_APPROVED] : []),
    ...(answer?.answer === 'no' && answer.request ? [refusalNotice(answer.request.approvals)] : []),
    ...withdrawn
      .filter(({ messages }) => messages.length > 0)
      .map(({ approvals }) => withdrawalNotice(approvals)),
  ]
  return notices.map((notice) => `\n<hint>${notice}</hint>`).join('')
}

/** Written with the turn's row: from here on the tools are this turn's, to be run once. */
export function settle(
  { approvals, sql, now }: Tables,
  bot: Bot,
  row: TurnRow,
  { answer, withdrawn }: Consequence,
) {
  for (const request of withdrawn) approvals.settle(request.approvals, 'withdrawn', now())
  if (!answer?.request) return

  const isYes = answer.answer === 'yes'
  approvals.settle(answer.request.approvals, isYes ? 'granted' : 'refused', now(), row.asker)
  if (isYes) {
    const { turn, approvals: wishes } = answer.request
    const uses = wishes.map(({ tool, input }) => ({ name: tool, input }))
    new Steps(sql, row.id).approve({ turn, uses }, bot.model, now())
  }
}
