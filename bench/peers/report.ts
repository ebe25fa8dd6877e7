import { median, short, table } from '../statistics.ts'
import type { Contestant } from './contestant.ts'
import type { Fate, Fates } from './fates.ts'
import type { Memory, Times, Writes } from './measure.ts'
import type { Overhead } from './town.ts'

export interface Result extends Pick<Contestant, 'id' | 'name' | 'what' | 'kind'> {
  times: Times
  memory?: Memory
  writes?: Writes | null
  fates?: Fates
  /** Why something of it is missing. */
  trouble: string[]
}

export function report(results: Result[], machine: string) {
  const head = ['', ...results.map(({ id }) => id)]
  const row = (name: string, cell: (result: Result) => string) => [name, ...results.map(cell)]
  const rows = [
    row('hot, ms (in + out)', ({ times }) => sumsOf(times.hot)),
    row('warm, ms', ({ times }) => sumsOf(times.warm)),
    row('cold, ms', ({ times }) => sumsOf(times.cold)),
    row('memory of all, MB', ({ memory }) => (memory ? megabytes(memory.base) : '–')),
    row('for a further room at work, MB', ({ memory }) =>
      memory ? megabytes(memory.atWork) : '–',
    ),
    row('for a further room in quiet, MB', ({ memory }) =>
      memory ? megabytes(memory.quiet) : '–',
    ),
    row('billed writes for a turn', ({ writes }) => writesIn(writes)),
    row('kill -9, answer half spoken', ({ fates }) => fateIn(fates?.speaking)),
    row('kill -9, just acknowledged', ({ fates }) => fateIn(fates?.acknowledged)),
    row('kill -9, posted and unheard', ({ fates }) => fateIn(fates?.unheard)),
  ]
  return [
    `Own overhead for a turn, median, on ${machine}`,
    '',
    table(head, rows),
    '',
    ...results.map(({ id, name, what }) => `${id}: ${name} (${what})`),
    ...results.flatMap(({ id, trouble }) => trouble.map((why) => `${id} not run: ${why}`)),
    '',
    ...goals(results),
  ].join('\n')
}

/** What issue 5 asks for, as ratios within this run. */
function goals(results: Result[]) {
  const of = (id: string) => results.find((result) => result.id === id)
  const us = of('firekeeper')
  if (!us) return []
  const hot = totalOf(us.times.hot) / totalOf(of('kept')?.times.hot ?? [])
  const warm = totalOf(of('fresh')?.times.warm ?? []) / totalOf(us.times.warm)
  const own = totalOf(us.times.warm) / totalOf(us.times.hot)
  const chat = totalOf(us.times.hot) / totalOf(of('chat')?.times.hot ?? [])
  const think = totalOf(us.times.hot) / totalOf(of('think')?.times.hot ?? [])
  return [
    `hot: ${short(hot)} × the kept-alive client (to reach: ≤ 0.75)`,
    `warm: ${short(warm)} × faster than a fresh client with resume (to reach: ≥ 20)`,
    `warm: ${short(own)} × hot (to reach: ≤ 1.5)`,
    `hot: ${short(chat)} × AIChatAgent, ${short(think)} × Think (to reach: < 1)`,
  ]
}

function totalOf(overheads: Overhead[]) {
  return overheads.length ? median(overheads.map((one) => one.in + one.out)) : Number.NaN
}

function sumsOf(overheads: Overhead[]) {
  if (!overheads.length) return '–'
  const parts = [overheads.map((one) => one.in), overheads.map(({ out }) => out)]
  return `${short(totalOf(overheads))} (${parts.map((times) => short(median(times))).join(' + ')})`
}

const megabytes = (bytes: number) => short(bytes / 1e6)

function writesIn(writes: Writes | null | undefined) {
  if (!writes) return '–'
  return Object.entries(writes)
    .map(([name, rows]) => `${short(rows)} ${name}`)
    .join(' + ')
}

/** The same for all of the rooms in most cases, and then it is said once. */
function fateIn(fates: Fate[] | undefined) {
  if (!fates?.length) return '–'
  const said = fates.map(wordsFor)
  const kinds = [...new Set(said)]
  const afters = fates.flatMap(({ afterMs }) => afterMs ?? [])
  const after = afters.length ? `, ${short(Math.max(...afters) / 1_000)} s` : ''
  const counted = kinds.map((kind) => `${said.filter((one) => one === kind).length} × ${kind}`)
  return `${counted.join(', ')}${after}`
}

function wordsFor({ answers, isWhole, isRemembered }: Fate) {
  if (answers === 0) return isRemembered ? 'no answer' : 'lost'
  return `${answers === 1 ? 'once' : `${answers} times`}${isWhole ? '' : ', garbled'}`
}
