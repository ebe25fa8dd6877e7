import type { Bot } from '../../bots.ts'
import { lookBeforeTurn, type lookEarly } from '../../prompt.ts'
import { botHere, fieldsLeftOut, type Runtime, refreshServers } from '../../runtime.ts'
import type { Message } from '../../tables/room/message.ts'
import type { Tables } from '../../tables.ts'
import { beginNext, controlIn, fetchLinked } from '../../turn.ts'
import { madeBy } from '../made-by.ts'

/** Begins the turn that is due, once the room was looked at and what it needs is there. Null: none is. */
export async function beginDue(
  tables: Tables,
  runtime: Runtime,
  early: ReturnType<typeof lookEarly>,
) {
  const { turns, attempts } = tables
  const { news, report, member } = runtime
  const canBoost = report.abilities().boost !== false
  if (!news.hasAsked && isSomebodyDue(tables)) news.ask()
  const bot = botHere(tables, member)
  const isWord = (message: Message) => controlIn(tables, bot, message) !== null
  const view = await lookBeforeTurn(tables, runtime, { isWord, early })
  // Beside the list, and in a room that knows nothing yet: whoever is answered at once waits for nothing.
  const waits = () => (view !== null && !view.asksLater) || turns.last() === null
  if (news.isExpected && waits()) await news.settle()
  const unfetched = attempts.areMany() ? new Map() : await fetchLinked(tables, runtime)
  turns.madeBy = madeBy(tables, member.bot)
  await refreshTools(tables, runtime, bot)
  const row = beginNext(tables, runtime, { canBoost, view, unfetched })
  return row && { row, later: view?.asksLater }
}

/** What its servers offer, before a turn: hardly ever does anybody wait for it. */
async function refreshTools(tables: Tables, runtime: Runtime, { model }: Pick<Bot, 'model'>) {
  const { bot } = runtime.member
  if (!bot.mcp.length || !isSomebodyDue(tables)) return
  const isSearching = !fieldsLeftOut(tables, runtime).of(model).has('tool_search')
  const isBound = !isSearching && tables.session.current() !== null
  await refreshServers(tables, runtime, { bot, isBound })
}

function isSomebodyDue({ inbox, now }: Tables) {
  const due = inbox.nextDue()
  return due !== null && due <= now()
}
