import { log } from '../log.ts'
import { MOST_DEATHS } from '../tables/room/attempts.ts'
import type { Step } from '../tables/room/step.ts'
import type { Verdict } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import type { Turn } from './turn-context.ts'

/** An ordinary turn never was, and need not touch the index of those that are. */
const NOT_ASIDE = { aside: 0 } as const

type Ending = Pick<Turn, 'bot' | 'ref' | 'replies' | 'row' | 'steps'>

/** The end of a turn, and what is remembered of it. */
export function seal(tables: Tables, turn: Ending, verdict: Verdict) {
  const { turns, session, now } = tables
  const { row, steps } = turn
  if (row.prompt !== null && verdict !== 'parked') {
    archiveAnswer(tables, turn)
    const { id, prompt, sentence } = row
    // A turn that was to be parked was opened without its steps: the rows have them.
    // Others went first: it stands before them in the rows, and the cache has them without it.
    if (row.deaths >= MOST_DEATHS || row.aside) session.invalidateCache()
    else session.remember(row.session, { id, prompt, steps: steps.all, sentence })
  }
  turns.change(row, {
    state: verdict,
    ended: now(),
    due: null,
    outage: null,
    ...(row.aside && NOT_ASIDE),
  })
  log.info('turn.over', {
    ...turn.ref,
    verdict,
    asker: row.asker,
    tier: row.tier,
    steps: steps.all.length,
    ...tokensOf(steps.all),
    crashes: row.crashes,
    ms: now() - row.started,
  })
}

function tokensOf(steps: Pick<Step, 'usage'>[]) {
  const usage = steps.flatMap((step) => step.usage ?? [])
  const sum = (counts: (number | null)[]) => counts.reduce<number>((all, n) => all + (n ?? 0), 0)
  const cached = sum(usage.map((one) => one.cache_read_input_tokens))
  const read = sum(usage.flatMap((one) => [one.input_tokens, one.cache_creation_input_tokens]))
  return { tokensIn: read + cached, cached, tokensOut: sum(usage.map((one) => one.output_tokens)) }
}

/** What the bot said, not what it said of its own troubles. */
function archiveAnswer({ archive, place, now }: Tables, { row, replies, bot }: Ending) {
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
