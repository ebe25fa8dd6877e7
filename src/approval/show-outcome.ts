import { type Campfire, closed, isForGood, isSame, listFrom, quiet } from '../campfire.ts'
import { HOUR, withDeadline } from '../clock.ts'
import { inShort, log } from '../log.ts'
import { campfireFor, type Runtime } from '../runtime.ts'
import { languageIn, sentencesAmong } from '../sentences.ts'
import type { ToShow } from '../tables/room/approvals.ts'
import { type Reply, readReplies } from '../tables/room/reply-states.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'

/** For all that is to be shown: whoever comes meanwhile may wait for it. */
const PATIENCE = 3_000
const AGAIN = HOUR
/** The message stands on the first page after what was known when it was intended, or nearly. */
const MOST_PAGES = 2

/**
 * Once a request is answered, withdrawn or a day old its message says so: people who come later see a
 * question that nobody has to answer. The intent stands in the rows since that was decided; the edit repeats
 * safely. Where nothing can be edited nothing is done.
 */
export async function showOutcomes(tables: Tables, runtime: Runtime) {
  const { approvals, now } = tables
  if (!runtime.report.canEdit()) return

  // What is forgotten meanwhile is known here still.
  const shown = approvals.outcomes
    .toShow(now())
    .filter((one) => !mayBePutBack(tables, runtime, one))
  const due = shown.flatMap((one) => outcomeIn(tables, one) ?? [])
  if (!due.length) return
  await withDeadline(PATIENCE, async (signal) => {
    const campfire = campfireFor(tables, runtime, runtime.quota.within(signal))
    for (const outcome of due) await tryToShow(tables, campfire, outcome)
  })
}

interface Showing {
  turn: number
  /** The message that is to say it. Null: there is none. */
  reply: Reply | null
  words: string
}

/** What nobody has begun to do waits for a yes again where a limit is used up. */
function mayBePutBack({ approvals, turns }: Tables, { report }: Runtime, { turn }: ToShow) {
  const unended = report.limits() ? turns.unended() : []
  return unended.some(({ id }) => approvals.areToRun(turn, { in: id }))
}

/** Null while the turn may still post it. */
function outcomeIn(tables: Tables, one: ToShow): Showing | null {
  const row = tables.turns.find(one.turn)
  if (row && row.ended === null) return null
  return { turn: one.turn, reply: row && messageOf(tables, row), words: wordsOf(tables, one, row) }
}

/** The last message of the request. A turn that was stopped may have said something else in its place. */
function messageOf({ sql, numbers }: Tables, { id, verdict, sentence }: TurnRow): Reply | null {
  const { epoch, turn } = numbers.era()
  if (epoch > 0 && id <= turn) return null
  const isRequest = ({ part, file, body, state, message }: Reply) =>
    part > 0 &&
    file === null &&
    message !== null &&
    (state === 'posted' || state === 'doubtful') &&
    (verdict === null || (body !== '' && body !== sentence))
  return readReplies(sql, id).findLast(isRequest) ?? null
}

function wordsOf(tables: Tables, { asker, outcome, by }: ToShow, row: TurnRow | null) {
  // In the language in which it was asked.
  const language = languageIn(row?.prompt ?? null)
  const { approval } = sentencesAmong(tables.turns, asker, language)
  const name = by === null ? null : tables.people.nameOf(by)
  const who = name && quiet(name)
  switch (outcome) {
    case 'granted':
      return approval.granted(who)
    case 'refused':
      return approval.refused(who)
    default:
      return approval[outcome]
  }
}

async function tryToShow(tables: Tables, campfire: Campfire, outcome: Showing) {
  const { approvals, place, now } = tables
  const { turn } = outcome
  try {
    await show(tables, campfire, outcome)
    approvals.outcomes.showAt(turn, null)
  } catch (error) {
    log.warn('approval.not_shown', { ...place, turn, error: inShort(error) })
    approvals.outcomes.showAt(turn, isForGood(error) ? null : now() + AGAIN)
  }
}

/** What a person has made of the message stays. Of one whose words are forgotten this is all that it says. */
async function show({ place }: Tables, campfire: Campfire, { reply, words, turn }: Showing) {
  if (reply?.message == null) return
  const { body, cursor, message } = reply
  const { messages } = await listFrom(campfire, cursor ?? 0, MOST_PAGES)
  const standing = messages.find(({ id, author }) => id === message && author.id === place.bot)
  const isOurs =
    standing && (body === '' || isSame(standing, { body, file: null }, campfire.people()))
  if (isOurs) await campfire.edit(message, `${body && `${closed(body)}\n\n`}*${words}*`)
  log.info('approval.shown', { ...place, turn, message, edited: isOurs === true })
}
