import { referenceOf } from '../address.ts'
import type { Bot, Member } from '../bots.ts'
import { indexProgress } from '../history.ts'
import { prefaceOf } from '../prompt.ts'
import { botHere } from '../runtime.ts'
import { sessionEnds } from '../session.ts'
import { repliesOf } from '../tables/room/reply-states.ts'
import { type Settings, settingsIn } from '../tables/room/settings.ts'
import { requestsBetween } from '../tables/room/steps/read-steps.ts'
import { roomIn, type Tables } from '../tables.ts'
import { versionOf } from './made-by.ts'

const RECENT = 20

/** How much waits here, and for how long. */
export function queueOf({ inbox, turns, now }: Tables) {
  const waiting = inbox.waiting()
  const open = turns.unended()
  const since = [...waiting.map(({ at }) => at), ...open.map(({ started }) => started)]
  return {
    waiting: inbox.count(),
    running: open.length,
    oldestMs: since.length ? Math.max(0, now() - Math.min(...since)) : null,
  }
}

/** State, settings and the newest turns; no words that anybody said. */
export function overviewOf(tables: Tables, member: Member | null, before?: number) {
  const { turns, inbox, sql, session, facts } = tables
  const settings = settingsIn(facts)
  const bot = member && botHere(tables, member)
  const current = session.current()
  const ends = bot && sessionEnds(tables, bot)
  const newest = turns.newest(RECENT, before)
  const between = { first: newest.at(-1)?.id ?? 0, last: newest[0]?.id ?? 0 }
  const taken = inbox.received.takenBetween(between)
  const replies = repliesOf(sql, between)
  const requests = requestsBetween(sql, between)
  return {
    ...tables.place,
    name: roomIn(tables).name,
    direct: roomIn(tables).direct,
    queue: queueOf(tables),
    session: current && {
      startedAt: time(current.started),
      expiresAt: time(ends),
      fromTurn: current.from_turn,
    },
    goesBy: (bot && versionOf(tables, bot)) ?? ('file' as const),
    settings: bot && settingsOf(bot, settings),
    index: bot && indexProgress(tables, bot),
    turns: newest.map((turn) => ({
      id: turn.id,
      reference: referenceOf(tables.place, turn),
      kind: turn.kind,
      state: turn.state,
      reason: turn.reason,
      tier: turn.tier,
      askerId: turn.asker,
      startedAt: time(turn.started),
      endedAt: time(turn.ended),
      dueAt: time(turn.due),
      crashes: turn.crashes,
      failures: turn.failures,
      stoppedBy: turn.stopped_by,
      error: turn.error,
      requests: requests.flatMap(({ turn: of, ...one }) => (of === turn.id ? [one] : [])),
      messages: taken.flatMap(({ id, turn: by }) => (by === turn.id ? [id] : [])),
      replies: replies.flatMap(({ turn: of, ...reply }) => (of === turn.id ? [reply] : [])),
      signs: turn.signs ?? [],
    })),
  }
}

/** As they are by now, and which of them were set here. */
function settingsOf(bot: Bot, set: Settings) {
  const { ttlMinutes, model, reply, speaks, index, limits } = bot
  return { ttlMinutes, model, reply, speaks, index, limits, set }
}

/** The session as JSON Lines, oldest first: one object for each turn. */
export function exportSession(tables: Tables) {
  const { session, turns } = tables
  const current = session.current()
  if (!current) return ''

  const { summary: told } = prefaceOf(tables, current)
  const summary = told ? [{ summary: told }] : []
  const before = (turns.last()?.id ?? 0) + 1
  const lines = session.past(current, before).map(({ id, prompt, steps, sentence }) => ({
    turn: id,
    prompt,
    steps: steps.map(({ number, kind, state, model, notice, content, stop, uses }) => ({
      number,
      kind,
      state,
      model,
      notice,
      content,
      stop,
      results: uses.map(({ id, state, result }) => ({ tool_use_id: id, state, result })),
    })),
    ...(sentence && { sentence }),
  }))
  return [...summary, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('')
}

function time(ms: number): string
function time(ms: number | null): string | null
function time(ms: number | null) {
  return ms === null ? null : new Date(ms).toISOString()
}
