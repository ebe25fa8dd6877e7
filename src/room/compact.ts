import * as z from 'zod'
import type { Bot } from '../bots/bot.ts'
import { inShort, log } from '../log.ts'
import { type Model, ModelError } from '../model.ts'
import { askForCompaction, worstCaseOfCompaction } from '../turn/compacting.ts'
import { type Plan, planCompaction } from '../turn/compaction.ts'
import { requestOf } from '../turn/request.ts'
import type { Compaction } from './compactions.ts'
import type { Parts } from './parts.ts'
import { prefaceOf } from './preface.ts'
import type { SessionRow } from './session.ts'

/** After one that came to nothing, so that a model that fails is not asked after each turn. */
const PATIENCE = 15 * 60_000
const REFUSED = 'compaction refused by'

interface Outside {
  model: Model
  signal: AbortSignal
}

interface Job extends Plan {
  kind: Compaction['kind']
  session: SessionRow
  bot: Bot
}

/**
 * Tells the old part of a session in short: after a turn, while the prompt cache still holds all of it,
 * and in the background, so that no turn waits for it. Null: there is nothing to do.
 */
export function compact(parts: Parts, bot: Bot, outside: Outside): Promise<void> | null {
  const job = jobFor(parts, bot)
  return job && run(parts, job, outside)
}

/** It takes the place of what it tells; never while a turn is open, so never in the midst of one. */
export function takeInCompaction({ compactions, session, turns, pins, now }: Parts) {
  const last = compactions.last()
  if (last?.state !== 'ready' || turns.open()) return

  const current = session.current()
  const fits = current?.id === last.session && current.from_turn < last.from_turn
  if (fits) session.compacted(current, last, pins.inWords())
  compactions.ended(last.id, fits ? 'used' : 'failed', now(), fits ? null : 'outdated')
}

function jobFor(parts: Parts, bot: Bot): Job | null {
  const { session, turns, compactions, facts, now } = parts
  const current = session.current()
  const newest = turns.last()
  if (!current || !newest || newest.ended === null || newest.model) return null

  const plan = planCompaction(session.past(current, newest.id + 1), bot.compactAt)
  if (!plan) return null
  const last = compactions.last()
  if (last?.state === 'ready') return null
  if (last?.state === 'asked') compactions.ended(last.id, 'lost', now(), 'lost')
  const isVain = last && last.state !== 'used' && now() - last.asked < PATIENCE
  if (isVain) return null
  const kind = facts.get(REFUSED, z.string()) === bot.model ? 'told' : 'signed'
  return { ...plan, kind, session: current, bot }
}

async function run(parts: Parts, job: Job, outside: Outside): Promise<void> {
  const { compactions, session, turns, facts, place, now } = parts
  const { bot, kind } = job
  const past = session.past(job.session, (turns.last()?.id ?? 0) + 1)
  const transcript = { ...prefaceOf(parts, job.session), turns: past, notice: null }
  const prompt = requestOf(bot, transcript)
  const asking = {
    session: job.session.id,
    kind,
    model: bot.model,
    from_turn: job.fromTurn,
    stubs_before: job.stubsBefore,
    cost: worstCaseOfCompaction(kind, prompt),
  }
  const id = compactions.ask(asking, now())
  const ref = { room: place.room, bot: place.bot, compaction: id, kind }

  try {
    const summary = await askForCompaction(kind, prompt, outside)
    if (summary) compactions.answered(id, summary, now())
    else compactions.ended(id, 'failed', now(), 'empty')
    log.info('session.compacted', { ...ref, ok: summary !== null })
  } catch (error) {
    const reason = error instanceof ModelError ? error.kind : 'unexpected'
    compactions.ended(id, 'failed', now(), reason)
    log.warn('session.not_compacted', { ...ref, error: inShort(error) })
    // Not every model, and not every gateway, knows of it. The model itself can tell it in words.
    if (kind === 'signed' && (reason === 'compaction' || reason === 'invalid')) {
      facts.set(REFUSED, bot.model)
      await run(parts, { ...job, kind: 'told' }, outside)
    }
  }
}
