import { inShort, log } from '../log.ts'
import { requestFor } from '../turn/approval.ts'
import { Draft } from '../turn/draft.ts'
import { morePrompt } from '../turn/prompt.ts'
import { type Sentences, sentencesAfter } from '../turn/sentences.ts'
import { Signs } from '../turn/signs.ts'
import { makeKnown } from '../turn/verdict.ts'
import type { Turn } from '../turn.ts'
import { asRemark, wantsOwnTurn } from './begin.ts'
import { countCrash } from './crash.ts'
import { eraseAll } from './expiry.ts'
import { botHere } from './member.ts'
import type { Message } from './message.ts'
import { campfireFor, modelFor, type Outside } from './outside.ts'
import { lastReplyId } from './own-messages.ts'
import { type Parts, roomIn } from './parts.ts'
import { referenceOf } from './place.ts'
import { prefaceOf } from './preface.ts'
import { Replies } from './replies.ts'
import { Results } from './results.ts'
import { seal } from './seal.ts'
import { takesMention } from './speaking.ts'
import { Steps } from './steps.ts'
import type { TurnRow } from './turns.ts'
import { wordsFor } from './words.ts'

interface Opening {
  row: TurnRow
  signal: AbortSignal
  /** `new`: nothing was tried yet. `crashed`: what was under way may have taken effect. */
  how: 'new' | 'resumed' | 'crashed'
}

/** Null when the turn's own rows cannot be read: it is put down, and in the end parked. */
export function openTurn(parts: Parts, outside: Outside, opening: Opening): Turn | null {
  const { turns, place, now } = parts
  const { row } = opening
  try {
    return putTogether(parts, outside, opening)
  } catch (error) {
    log.error('turn.not_opened', { ...place, turn: row.id, error: inShort(error) })
    countCrash(parts, row)
    if (row.ended === null) {
      const due = now() + 1_000 * 2 ** row.crashes
      turns.change(row, { state: 'paused', due })
    }
    return null
  }
}

/** The real world, for a turn. */
function putTogether(parts: Parts, outside: Outside, { row, signal, how }: Opening): Turn {
  const { member, shift, reporter } = outside
  const { place, sql, turns, session, archive, pins } = parts
  const abilities = reporter.abilities()
  const campfire = campfireFor(parts, outside)
  // What brought us down may be in the steps, and nothing of a parked turn needs them.
  const steps = new Steps(sql, row.id, row.verdict === 'parked' ? [] : undefined)
  const replies = new Replies(sql, row.id, how === 'new' ? [] : undefined)
  const current = () => session.current()
  const separate = (message: Message) => wantsOwnTurn(parts, turn.bot, message)

  let sentences: Sentences | undefined

  const turn: Turn = {
    get signs() {
      return signs
    },
    get draft() {
      return draft
    },
    get sentences() {
      // What brought us down may be in the turns before.
      sentences ??=
        row.verdict === 'parked' ? sentencesAfter(row.prompt) : wordsFor(parts, row.asker, row)
      return sentences
    },
    bot: botHere(parts, member),
    botUserId: member.userId,
    direct: roomIn(parts).direct,
    row,
    steps,
    replies,
    archive,
    shift,
    signal,
    model: modelFor(outside),
    campfire,
    unsure: how !== 'new' && replies.all.some(({ state }) => state !== 'posted'),
    untold: () => current()?.summary === null,
    pins: {
      all: () => pins.all(),
      add: (fact) => pins.add(row.asker, fact, parts.now()),
      remove: (number) => pins.remove(number),
    },
    results: new Results(sql),
    memory() {
      const remembered = current()
      if (!remembered) return { summary: null, turns: [] }
      return { ...prefaceOf(parts, remembered), turns: session.past(remembered, row.id) }
    },
    before() {
      const remembered = current()
      const before = remembered && session.before(remembered)
      if (!before) return { summary: null, turns: [] }
      return { ...prefaceOf(parts, before), turns: session.pastBefore(remembered) }
    },
    summarized(summary) {
      const remembered = current()
      if (remembered) session.summarize(remembered, summary)
    },
    makeRoom(all) {
      const remembered = current()
      return remembered !== null && session.dropOldest(remembered, row.id, all)
    },
    readInWords: () => parts.compactions.unsign(current()?.compaction ?? null),
    forget() {
      archive.forget(roomIn(parts).direct ? null : row.asker)
      pins.forget(roomIn(parts).direct ? null : row.asker)
      session.end('forgotten', parts.now())
      eraseAll(parts)
    },
    needsLeave(tool) {
      const need = turn.bot.approval[tool] ?? 'never'
      const since = current()?.started ?? parts.now()
      if (need === 'once') return !parts.approvals.wasGranted(row.asker, tool, since)
      return need === 'always'
    },
    askLeave(tool, input) {
      parts.approvals.ask({ turn: row.id, asker: row.asker, tool, input }, parts.now())
    },
    request() {
      const { bot } = turn
      const others = bot.approvers.filter((id) => id !== row.asker)
      const isAlone = turn.direct && !takesMention(parts, bot)
      const asked = {
        tools: bot.tools,
        asker: isAlone ? null : row.asker_name || null,
        approvers: others.map((id) => parts.people.nameOf(id)),
        bot: parts.people.nameOf(member.userId),
        direct: isAlone,
      }
      return requestFor(parts.approvals.askedBy(row.id), asked, turn.sentences)
    },
    hearMore() {
      const more = turn.bot.whileWorking === 'steer' ? parts.inbox.more(row.asker, separate) : []
      if (!more.length) return null
      parts.inbox.mark(more, row.id)
      signs.takeOver(more)
      for (const message of more) archive.add(asRemark(message))
      return morePrompt(more, parts.now(), turn.bot.timeZone)
    },
    canGrow: () => abilities.list === true && abilities.edit !== false,
    cursor: () => Math.max(parts.inbox.lastKnownId() ?? 0, lastReplyId(sql) ?? 0) || null,
    change: (changes) => turns.change(row, changes),
    seal: (verdict) => seal(parts, turn, verdict),
    progress: () => ({ started: row.started, now: parts.now(), steps: steps.all }),
    now: parts.now,
    random: () => Math.random(),
    ref: { room: place.room, bot: member.bot.name, turn: row.id },
    reference: referenceOf(place, row),
  }

  const signs = new Signs(turn)
  const draft = new Draft(turn)
  if (how === 'new') signs.show()
  // A hand-over puts nothing down that is under way.
  if (how === 'crashed' || row.failures) makeKnown(turn)
  if (how === 'crashed') doubtNext(replies)
  return turn
}

/** The one that was to be posted next may have been. */
function doubtNext(replies: Replies) {
  const next = replies.all.find(({ state }) => state === 'intended')
  if (next?.message === null) replies.doubt(next)
}
