import type { Member } from '../bots.ts'
import type { Abilities, Campfire } from '../campfire.ts'
import { log } from '../log.ts'
import { Claude } from '../model.ts'
import { requestFor } from '../turn/approval.ts'
import { Draft } from '../turn/draft.ts'
import { morePrompt } from '../turn/prompt.ts'
import { type Sentences, sentencesAfter, sentencesBefore } from '../turn/sentences.ts'
import { Signs } from '../turn/signs.ts'
import { makeKnown } from '../turn/verdict.ts'
import type { Turn } from '../turn.ts'
import { asRemark, wantsOwnTurn } from './begin.ts'
import { eraseAll } from './expiry.ts'
import type { Message } from './message.ts'
import { type Parts, roomIn } from './parts.ts'
import { referenceOf } from './place.ts'
import { prefaceOf } from './preface.ts'
import { lastReplyId, Replies } from './replies.ts'
import { Results } from './results.ts'
import { settingsIn, settled } from './settings.ts'
import type { Shift } from './shift.ts'
import { Steps } from './steps.ts'
import type { TurnRow, Verdict } from './turns.ts'

export interface Opening {
  row: TurnRow
  member: Member
  env: Env
  shift: Shift
  signal: AbortSignal
  campfire: Campfire
  abilities: Abilities
  /** `new`: nothing was tried yet. `crashed`: what was under way may have taken effect. */
  how: 'new' | 'resumed' | 'crashed'
}

/** Puts the real world together for a turn. */
export function openTurn(parts: Parts, opening: Opening): Turn {
  const { row, member, env, shift, signal, campfire, abilities, how } = opening
  const { place, sql, facts, turns, session, archive, pins } = parts
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
      // A word that needs no model tells nothing of a language; what was said before it may.
      sentences ??=
        row.prompt === null && row.verdict !== 'parked'
          ? sentencesBefore(turn.memory().turns, row.asker)
          : sentencesAfter(row.prompt)
      return sentences
    },
    bot: settled(member.bot, settingsIn(facts)),
    botUserId: member.userId,
    direct: roomIn(parts).direct,
    row,
    steps,
    replies,
    archive,
    shift,
    signal,
    model: new Claude({
      apiKey: env.ANTHROPIC_API_KEY,
      baseURL: env.ANTHROPIC_BASE_URL,
      fetch: shift.fetch,
    }),
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
    request: () => requestFor(parts.approvals.askedBy(row.id), turn.direct),
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

/** The end of a turn, and what is remembered of it. */
function seal(parts: Parts, turn: Turn, verdict: Verdict) {
  const { turns, session, now } = parts
  const { row, steps } = turn
  if (row.prompt !== null && verdict !== 'parked') {
    archiveAnswer(parts, turn)
    const { id, prompt, sentence } = row
    // A turn that was to be parked was opened without its steps: the rows have them.
    if (row.crashes >= 3) session.letGo()
    else session.remember(row.session, { id, prompt, steps: steps.all, sentence })
  }
  turns.change(row, { state: verdict, ended: now(), due: null })
  log.info('turn.over', {
    ...turn.ref,
    verdict,
    tier: row.tier,
    steps: steps.all.length,
    crashes: row.crashes,
    ms: now() - row.started,
  })
}

/** What the bot said, not what it said of its own troubles. */
function archiveAnswer({ archive, place, now }: Parts, { row, replies, bot }: Turn) {
  const stands = replies.all.filter(({ state }) =>
    ['posted', 'doubtful', 'missing'].includes(state),
  )
  const whole = stands.find(({ file }) => file)?.body
  const text = whole ?? stands.map(({ body }) => body).join('\n\n')
  const message = stands[0]?.message ?? null
  if (text && !row.error) {
    archive.add({ message, author: place.bot, name: bot.name, at: now(), text })
  }
}
