import * as z from 'zod'
import type { Bot } from '../bots.ts'
import { type Call, countedIn, type Paid, type RoomBudget } from '../budget.ts'
import { inShort, log } from '../log.ts'
import { isOpaque, type Model, ModelError } from '../model.ts'
import { instructionsOf, prefaceOf, requestOf, roomMemory } from '../prompt.ts'
import type { Compaction } from '../tables/room/compactions.ts'
import type { SessionRow } from '../tables/room/sessions.ts'
import type { Tables } from '../tables.ts'
import { askForCompaction, inWords, worstCaseOfCompaction } from './compaction-call.ts'
import { type Plan, planCompaction } from './compaction-plan.ts'

/** After one that came to nothing, and longer after each more: a model that fails is paid all the same. */
const BACKOFF = 15 * 60_000
const LONGEST_BACKOFF = 24 * 60 * 60_000
/** So long a model that refused the signed kind is asked in words. */
const REFUSED_FOR = 24 * 60 * 60_000
/** What fails as if it would pass, so often in a row and a quarter of an hour apart, does not pass. */
const MOST_PASSING = 2
const REFUSED = 'signed compaction refused'
const Refused = z.object({ model: z.string(), at: z.number() })
/** The newest turn that was over then: its tokens were counted with all that is told in short now. */
const COMPACTED_AFTER = 'compacted after turn'

interface Means {
  model: Model
  budget: RoomBudget
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
export function compact(tables: Tables, bot: Bot, means: Means): Promise<void> | null {
  const job = jobFor(tables, bot)
  return job && run(tables, job, means)
}

/** It takes the place of what it tells; never while a turn is open, so never in the midst of one. */
export function takeInCompaction(tables: Tables) {
  const { compactions, session, turns, facts, now } = tables
  const last = compactions.last()
  if (last?.state !== 'ready' || turns.open() || turns.nextAside() !== null) return

  const current = session.current()
  const fits = current?.id === last.session && current.from_turn < last.from_turn
  if (!fits) return compactions.failed(last.id, 'outdated', now())
  const before = (turns.last()?.id ?? 0) + 1
  session.compacted(current, last, { words: roomMemory(tables), before })
  compactions.used(last.id)
  facts.set(COMPACTED_AFTER, turns.last()?.id ?? 0)
}

function jobFor(tables: Tables, bot: Bot): Job | null {
  const { session, turns, compactions, facts, now } = tables
  const current = session.current()
  const newest = turns.last()
  if (!current || !newest || newest.ended === null) return null

  const past = session.past(current, newest.id + 1)
  const before = past.findLast(({ id }) => id < newest.id)
  // Out for a while, it tells more of it when it is back; out for good, the other one has to.
  const isOut = newest.model !== null && before && turns.find(before.id)?.model === newest.model
  if (newest.model && !isOut) return null
  const model = newest.model ?? bot.model
  const counted = past.at(-1)?.id ?? 0
  if (counted <= (facts.get(COMPACTED_AFTER, z.int()) ?? 0)) return null
  const { summary, pins } = prefaceOf(tables, current)
  const preface = (summary?.length ?? 0) + (pins?.length ?? 0)
  const plan = planCompaction(past, bot.compactAt, preface)
  if (!plan) return null
  const last = compactions.last()
  if (last?.state === 'ready') return null
  const times = Math.max(compactions.vain(current.id), 1)
  const backoff = Math.min(BACKOFF * 2 ** (times - 1), LONGEST_BACKOFF)
  const isVain = last?.session === current.id && last.state !== 'used'
  if (isVain && now() - last.asked < backoff) return null
  const refused = facts.get(REFUSED, Refused)
  const isRefused = refused?.model === model && now() - refused.at < REFUSED_FOR
  const kind = isRefused ? 'told' : 'signed'
  return { ...plan, kind, session: current, bot: { ...bot, model } }
}

async function run(tables: Tables, job: Job, means: Means): Promise<void> {
  const { model, budget } = means
  const { compactions, session, turns, facts, place, now } = tables
  const { bot, kind } = job
  const past = session.past(job.session, (turns.last()?.id ?? 0) + 1)
  const transcript = { ...prefaceOf(tables, job.session), turns: past, notice: null }
  const without = model.without(bot.model)
  const request = requestOf(bot, transcript, {
    instructions: instructionsOf(bot),
    searchesTools: !without.has('tool_search'),
    without,
    files: tables.files,
    session: job.session.id,
    now: now(),
  })
  const paid = await payFor(tables, budget, {
    prompt: inWords(request.prompt),
    // It begins as the last request did.
    counted: countedIn(bot.model, past.at(-1)?.steps ?? []),
  })
  if (paid === 'not now' || session.current()?.id !== job.session.id) return
  const prompt = paid ? { ...request.prompt, maxTokens: paid.prompt.maxTokens } : request.prompt
  const reserve = paid?.reserve ?? null
  const asking = {
    session: job.session.id,
    kind,
    model: bot.model,
    from_turn: job.fromTurn,
    stubs_before: job.stubsBefore,
    cost: reserve?.amount ?? worstCaseOfCompaction(kind, prompt),
    reserve,
    turn: turns.last()?.id ?? null,
  }
  const id = compactions.ask(asking, now())
  const ref = { room: place.room, bot: place.bot, compaction: id, kind }

  const isWanted = () => session.current()?.id === job.session.id
  const failure = await attempt().finally(() => reserve && budget.settled())
  if (kind === 'told' || !failure) return
  const isOver = failure.mayBeIt && compactions.vain(job.session.id) >= MOST_PASSING
  if (failure.isPassing && !isOver) return
  // Not every model, and not every gateway, knows of it, and each refuses it in words of its own. The model
  // itself can tell it in words.
  facts.set(REFUSED, { model: bot.model, at: now() })
  if (isWanted() && !failure.isPassing) await run(tables, { ...job, kind: 'told' }, means)

  /** Null: it worked. */
  async function attempt() {
    try {
      const { outcome, summary, ...answer } = await askForCompaction(kind, prompt, {
        model,
        reserved: reserve?.amount ?? null,
      })
      // What was forgotten meanwhile stands in it.
      if (summary && !isWanted()) compactions.failed(id, 'outdated', now(), answer)
      else if (summary) compactions.answered(id, { ...answer, summary }, now())
      else compactions.failed(id, outcome, now(), answer)
      const { request } = answer
      log.info('session.compacted', { ...ref, ok: summary !== null, outcome, request })
      return summary ? null : { isPassing: false, mayBeIt: true }
    } catch (error) {
      const reason = error instanceof ModelError ? error.kind : 'unexpected'
      const isUnpaid = error instanceof ModelError && error.unpaid
      const request = error instanceof ModelError ? error.requestId : null
      compactions.failed(id, reason, now(), { request, ...(isUnpaid && { cost: 0 }) })
      log.warn('session.not_compacted', { ...ref, error: inShort(error), request })
      return {
        isPassing: !(error instanceof ModelError) || error.retryable || HOPELESS.has(reason),
        // Whoever does not know of it may break off, or fall silent.
        mayBeIt: isOpaque(reason) || reason === 'timeout',
      }
    }
  }
}

/**
 * It can wait until there is more left than others want: nobody asked for it. Null: no limit holds for it.
 */
async function payFor(
  { place, compactions, now }: Tables,
  budget: RoomBudget,
  asked: Pick<Call, 'prompt' | 'counted'>,
): Promise<Paid | null | 'not now'> {
  const turn = `${place.bot}-${place.room} compaction ${compactions.last()?.id ?? 0}`
  const call = { asker: null, turn, since: now(), ...asked }
  try {
    const isReady = await budget.ready(() => call, { waitMs: 0, isLast: true })
    if (budget.isFree(null)) return null
    return (isReady && budget.reserve(call)) || 'not now'
  } catch (error) {
    log.info('session.not_compacted', { room: place.room, bot: place.bot, error: inShort(error) })
    return 'not now'
  }
}

/** In words it would be refused just the same. */
const HOPELESS = new Set([
  'rejected_key',
  'permission',
  'spent',
  'unknown_model',
  'route',
  'stopped',
])
