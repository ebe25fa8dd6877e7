import type { Bot } from '../bots.ts'
import { CampfireError, isGone, isUnsupported, type Page } from '../campfire.ts'
import { HOUR, MINUTE } from '../clock.ts'
import { inShort, log } from '../log.ts'
import { botHere, campfireFor, type Runtime } from '../runtime.ts'
import type { Tables } from '../tables.ts'
import { asPages } from './keep-pages.ts'

/** The platform is not to the millisecond, and waits for two seconds before it tries again. */
const LATE = 1_000
const MOST_DEATHS_AT_ONCE = 2

type Here = Pick<Runtime, 'member' | 'report'>

/** When the next page is due, in ms since 1970. Null: there is none. */
export function nextPage(tables: Tables, { member, report }: Here) {
  const { index, now, place, service, turns } = tables
  // Most rooms never have one, and then nothing more is looked up.
  if (!index.get() || !service.isServed) return null
  const bot = botHere(tables, member)
  if (bot.index === 'off') return index.isStored ? now() : null
  if (report.believed().list === false) return null
  // Whoever has just been answered may go on; and after so long the room is looked at anyway.
  const afterTurn = index.isStored ? 0 : (turns.last()?.ended ?? now()) + MINUTE
  const due = index.nextDue(now(), bot, spreadOf(place))
  return due === null ? null : Math.max(due, afterTurn)
}

/**
 * Lists one page further back, if one is due. Nobody waits for it: `signal` says that somebody has come, and
 * then the same page is listed later. In the room it changes nothing, so no row comes before it.
 */
export async function listBack(tables: Tables, runtime: Runtime, signal: AbortSignal) {
  const { index, now, place } = tables
  const due = nextPage(tables, runtime)
  if (due === null || due > now()) return
  const bot = botHere(tables, runtime.member)
  if (bot.index === 'off') return index.switchOff()
  const mayHaveDied = index.isFirstPage() && now() - due > LATE
  if (mayHaveDied && (await restsAfterDeath(tables, runtime))) return

  const before = index.cursor()
  if (before === undefined) return
  try {
    const campfire = campfireFor(tables, runtime, runtime.quota.within(signal))
    const page = await campfire.list(before === null ? undefined : { before })
    if (isPageBefore(page, before)) index.add(asPages(tables, page), now(), bot)
    else index.failed(now())
  } catch (error) {
    if (signal.aborted) return
    if (isUnsupported(error)) return index.restsADay(now())
    log.warn('room.not_indexed', { ...place, error: inShort(error) })
    goOnAfter(error, tables)
  }
}

/** The life before this one may have ended over this page. */
async function restsAfterDeath({ index, now }: Tables, { storage }: Runtime) {
  index.died(now())
  await storage.sync()
  return (index.get()?.deaths ?? 0) >= MOST_DEATHS_AT_ONCE
}

/** A cache on the way may give another page, which begins where we were: we would list that for ever, or end with it. */
function isPageBefore({ messages, more }: Page, before: number | null) {
  if (!messages.length) return !more
  return before === null || messages.every(({ id }) => id < before)
}

function goOnAfter(error: unknown, { index, now }: Tables) {
  if (isGone(error)) return index.goOnAbove(now())
  const isOfPage = error instanceof CampfireError && error.isOfPage
  const isSure = (index.get()?.failures ?? 0) > 0
  if (!isOfPage || !isSure || !index.passOver(now(), error.oldest)) index.failed(now())
}

/** Rooms do not all go on at midnight. */
function spreadOf({ room }: Tables['place']) {
  return (room * 7_919_000) % HOUR
}

/** For whoever runs this. */
export function indexProgress(tables: Tables, bot: Bot) {
  const { index, now, place } = tables
  const state = index.get()
  if (bot.index === 'off') return { state: 'off' as const }
  if (!state) return { state: 'not asked for' as const }
  const { since, isWhole } = index.reach()
  const due = index.nextDue(now(), bot, spreadOf(place))
  return {
    state: state.next ? ('listing' as const) : ('complete' as const),
    listed: state.listed,
    listedToday: index.today(now()),
    reachesBackTo: since === null ? null : new Date(since).toISOString(),
    toTheFirst: isWhole && state.next === null,
    nextPageAt: due === null ? null : new Date(due).toISOString(),
    failures: state.failures + state.deaths,
    passedOver: state.holes,
  }
}
