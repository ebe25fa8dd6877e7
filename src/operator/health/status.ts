import type { Context } from 'hono'
import type { ActRow, RosterEntry, Trouble } from '../../account.ts'
import { DAY } from '../../clock.ts'
import { VERSION } from '../../runtime.ts'
import { type App, account, hearTheNews, nameOfBot, numberIn } from '../app.ts'
import { namesToAsk } from '../stats.ts'
import type { Act, Acts, Status, Where } from './schemas.ts'

const PARKED_FOR = 30 * DAY
const FAILING_FOR = 7 * DAY
/** Of each kind; who has more has one fault many times. */
const MOST = 50
const NEWEST_ACTS = 10
const ACTS_A_PAGE = 100

/** `GET /status`. Of each room it knows what that has told; those that have something to do are asked. */
export async function status(c: Context<App>): Promise<Status> {
  const now = Date.now()
  const roster = await account(c).rooms()
  const silent = await hearTheNews(c, namesToAsk(roster, now))
  const [fresh, troubles, acts] = await Promise.all([
    account(c).rooms(),
    account(c).troubles(now - PARKED_FOR),
    account(c).acts(NEWEST_ACTS),
  ])
  const whereOf = placesIn(c, fresh)
  return {
    version: VERSION,
    now: time(now),
    out: fresh.flatMap((entry) => outTold(whereOf, entry)).slice(0, MOST),
    parked: troubles
      .filter(({ state }) => state === 'parked')
      .flatMap(({ name, turn, at }) =>
        whereOf(name).map((where) => ({ ...where, turn, at: time(at) })),
      )
      .slice(0, MOST),
    failing: failing(
      whereOf,
      troubles.filter(({ at }) => at >= now - FAILING_FOR),
    ).slice(0, MOST),
    silent: silent.flatMap(whereOf),
    missed: fresh.flatMap((entry) => missedTold(whereOf, entry)).slice(0, MOST),
    acts: acts.map(actTold),
  }
}

/** `GET /acts`. */
export async function actsIn(c: Context<App>): Promise<Acts> {
  const before = numberIn(c.req.query('before')) ?? undefined
  const acts = await account(c).acts(ACTS_A_PAGE, before)
  const last = acts.at(-1)
  return {
    acts: acts.map(actTold),
    next: acts.length === ACTS_A_PAGE && last ? last.number : null,
  }
}

type WhereOf = (name: string) => Where[]

/** Of a room that is on the roster: of any other nobody knows where it is. */
function placesIn(c: Context<App>, roster: RosterEntry[]): WhereOf {
  const byName = new Map(roster.map((entry) => [entry.name, entry]))
  return (name) => {
    const entry = byName.get(name)
    if (!entry) return []
    const { room, bot, title, direct } = entry
    return [{ room, bot, botName: nameOfBot(c, bot), name: title, direct }]
  }
}

function outTold(whereOf: WhereOf, { name, health }: RosterEntry): Status['out'] {
  const out = health?.out
  if (!out) return []
  const { since, deletes, deleted } = out
  const times = {
    since: time(since),
    deletesAt: time(deletes),
    deletedAt: deleted === null ? null : time(deleted),
  }
  return whereOf(name).map((where) => ({ ...where, ...times }))
}

function missedTold(whereOf: WhereOf, { name, health }: RosterEntry): Status['missed'] {
  const missed = health?.missed
  if (!missed) return []
  return whereOf(name).map((where) => ({ ...where, ...missed, at: time(missed.at) }))
}

function failing(whereOf: WhereOf, troubles: Trouble[]): Status['failing'] {
  const byRoom = Map.groupBy(troubles, ({ name }) => name)
  const counted = [...byRoom].flatMap(([name, [last, ...others]]) => {
    if (!last) return []
    const all = [last, ...others]
    const parked = all.filter(({ state }) => state === 'parked').length
    const counts = { failed: all.length - parked, parked, turn: last.turn, at: time(last.at) }
    return whereOf(name).map((where) => ({ ...where, ...counts }))
  })
  return counted.toSorted((a, b) => b.failed + b.parked - a.failed - a.parked)
}

function actTold({ at, ...act }: ActRow): Act {
  return { ...act, at: time(at) }
}

function time(ms: number) {
  return new Date(ms).toISOString()
}
