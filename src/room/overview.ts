import type { Member } from '../bots.ts'
import { sessionEnds } from './expiry.ts'
import { type Parts, roomIn } from './parts.ts'
import { referenceOf } from './place.ts'
import { settingsIn, settled } from './settings.ts'

const RECENT = 20

/** How much waits here, and for how long. */
export function queueOf({ inbox, turns, now }: Parts) {
  const waiting = inbox.waiting()
  const open = turns.open()
  const since = [...waiting.map(({ at }) => at), ...(open ? [open.started] : [])]
  return {
    waiting: inbox.count(),
    running: open ? 1 : 0,
    oldestMs: since.length ? Math.max(0, now() - Math.min(...since)) : null,
  }
}

/** State, settings and the newest turns; no words that anybody said. */
export function overviewOf(parts: Parts, member: Member | null) {
  const { turns, session, facts } = parts
  const settings = settingsIn(facts)
  const bot = member && settled(member.bot, settings)
  const current = session.current()
  const ends = bot && sessionEnds(parts, bot)
  return {
    ...parts.place,
    name: roomIn(parts).name,
    direct: roomIn(parts).direct,
    queue: queueOf(parts),
    session: current && {
      startedAt: time(current.started),
      expiresAt: time(ends),
      fromTurn: current.from_turn,
    },
    settings: bot && { ttlMinutes: bot.ttlMinutes, model: bot.model, set: settings },
    turns: turns.newest(RECENT).map((turn) => ({
      id: turn.id,
      reference: referenceOf(parts.place, turn),
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
    })),
  }
}

/** The session as JSON Lines, oldest first: one object for each turn. */
export function exportSession({ session, turns }: Parts) {
  const current = session.current()
  if (!current) return ''

  const summary = current.summary ? [{ summary: current.summary }] : []
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

function time(ms: number | null) {
  return ms === null ? null : new Date(ms).toISOString()
}
