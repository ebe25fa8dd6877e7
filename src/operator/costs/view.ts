import type { Context } from 'hono'
import type { DaySums, Key } from '../../account.ts'
import { DAY } from '../../clock.ts'
import { type App, account, nameOfBot } from '../app.ts'
import type { BudgetsView } from '../schemas.ts'
import { addDays, SPLITS, type Split } from '../splits.ts'
import type { CostsQuery } from './sums.ts'

/** What was spent on a day, in a month, or by whatever the page is split by. */
export interface Spent {
  /** For people: a name, a day. */
  name: string
  turns: number
  calls: number
  costDollars: number
  callsWithoutPrice: number
  /** Of all that was read, how much came from the prompt cache. Null: nothing was read. */
  cacheRate: number | null
}

export interface CostsView {
  by: Split
  from: string
  to: string
  today: string
  timeZone: string
  total: Spent
  /** Days; months where there would be too many of them. */
  over: { unit: 'day' | 'month'; spent: Spent[] }
  /** The dearest first. */
  split: Spent[]
  /** So many more are in the table for a spreadsheet. */
  left: number
  limits: BudgetsView
  bots: string[]
}

const MOST_ROWS = 50
const MOST_DAYS = 92
/** Nothing said: so many days through today. So a page reads no more rows the older an installation is. */
const USUAL_DAYS = 30

export async function costsView(
  c: Context<App>,
  query: CostsQuery,
  bots: string[],
): Promise<CostsView> {
  const { day: today } = await account(c).today()
  const by = SPLITS.find((key) => query.by.includes(key)) ?? 'bot'
  const { from, to } = daysIn(c.req.query(), today)
  const [days, rows, limits, roster] = await Promise.all([
    account(c).costsBy(['day'], { from, to }),
    account(c).costsBy([by], { from, to }),
    account(c).budgets(),
    account(c).rooms(),
  ])
  const dearest = rows.rows.toSorted((a, b) => b.cost - a.cost)
  const shown = dearest.slice(0, MOST_ROWS)
  const people = by === 'person' ? await account(c).named(numbersIn(shown, by)) : []
  const names: Names = {
    bot: (bot) => nameOfBot(c, bot) ?? `user ${bot}, no longer in BOT_KEYS`,
    room: (room) => {
      const { title = null, direct = false } = roster.find((one) => one.room === room) ?? {}
      return title?.trim() ? title : `${direct ? 'Direct conversation' : 'Room'} ${room}`
    },
    person: (id) => people.find((one) => one.id === id)?.name ?? `user ${id}`,
  }
  return {
    by,
    from,
    to,
    today,
    timeZone: days.timeZone,
    total: spentIn('In all', together(days.rows)),
    over: overTime(days.rows, { from, to }),
    split: shown.map((row) => spentIn(nameIn(row, by, names), row)),
    left: dearest.length - shown.length,
    limits,
    bots,
  }
}

function daysIn({ from, to }: Record<string, string>, today: string) {
  const last = to || today
  const usual = addDays(last, 1 - USUAL_DAYS)
  return { from: from || usual, to: last }
}

/** Each day in between, also where nothing was spent. */
function overTime(rows: DaySums[], { from, to }: { from: string; to: string }): CostsView['over'] {
  const count = (Date.parse(to) - Date.parse(from)) / DAY + 1
  if (count > MOST_DAYS) {
    const months = Map.groupBy(rows, ({ day }) => String(day).slice(0, 7))
    const spent = [...months].map(([month, same]) => spentIn(month, together(same)))
    return { unit: 'month', spent }
  }
  const byDay = new Map(rows.map((row) => [String(row.day), row]))
  const days = Array.from({ length: count }, (_, index) => addDays(from, index))
  return { unit: 'day', spent: days.map((day) => spentIn(day, byDay.get(day))) }
}

function together(rows: DaySums[]): DaySums | undefined {
  const [first, ...others] = rows
  return (
    first &&
    others.reduce<DaySums>(
      (all, row) => ({
        turns: all.turns + row.turns,
        calls: all.calls + row.calls,
        unpriced: all.unpriced + row.unpriced,
        cost: all.cost + row.cost,
        input: all.input + row.input,
        cached: all.cached + row.cached,
        written: all.written + row.written,
        output: all.output + row.output,
      }),
      first,
    )
  )
}

function spentIn(name: string, sums: DaySums | undefined): Spent {
  const read = sums ? sums.input + sums.cached + sums.written : 0
  return {
    name,
    turns: sums?.turns ?? 0,
    calls: sums?.calls ?? 0,
    costDollars: (sums?.cost ?? 0) / 1_000_000,
    callsWithoutPrice: sums?.unpriced ?? 0,
    cacheRate: sums && read ? sums.cached / read : null,
  }
}

interface Names {
  bot: (bot: number) => string
  room: (room: number) => string
  person: (id: number) => string
}

function nameIn(row: DaySums, by: Split, names: Names) {
  const value = row[by]
  if (by === 'model') return String(value) || 'no model'
  const number = Number(value)
  if (by === 'person' && number === 0) return 'sessions told in short'
  if (by === 'person' && number < 0) return `somebody who says to be user ${-number}`
  return names[by](number)
}

function numbersIn(rows: DaySums[], key: Key) {
  return rows.map((row) => Number(row[key]))
}
