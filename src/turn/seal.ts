import { log } from '../log.ts'
import { TAKEN_BACK } from '../prompt.ts'
import { isTelling } from '../reply.ts'
import { leaveOutPersonal } from '../step.ts'
import { isUnbegun } from '../tables/room/answers.ts'
import { MOST_DEATHS } from '../tables/room/attempts.ts'
import { isUnknown } from '../tables/room/reply-states.ts'
import type { Step } from '../tables/room/step.ts'
import type { Verdict } from '../tables/room/turns.ts'
import { nameHere, type Tables } from '../tables.ts'
import type { Turn } from './turn-context.ts'

/** An ordinary turn never was, and need not touch the index of those that are. */
const NOT_ASIDE = { aside: 0 } as const

type Ending = Pick<Turn, 'bot' | 'campfire' | 'ref' | 'replies' | 'row' | 'steps'>

/** The end of a turn, and what is remembered of it. */
export function seal(tables: Tables, turn: Ending, verdict: Verdict) {
  const { turns, session, people } = tables
  const now = tables.now()
  const { row, steps } = turn
  leaveOutPersonal(steps, turn.bot.tools)
  withdrawUnbegun(tables, turn, verdict)
  if (row.prompt !== null && verdict !== 'parked') {
    archiveAnswer(tables, turn, now)
    const { id, prompt, sentence } = row
    // A turn that was to be parked was opened without its steps: the rows have them.
    // Others went first: it stands before them in the rows, and the cache has them without it.
    if (row.deaths >= MOST_DEATHS || row.aside) session.invalidateCache()
    else {
      const files = row.files && { files: row.files }
      session.remember(row.session, { id, prompt, steps: steps.all, sentence, ...files })
    }
  }
  turns.change(row, {
    state: verdict,
    ended: now,
    due: null,
    outage: null,
    edits: (row.edits ?? 0) + turn.campfire.edits,
    ...(row.aside && NOT_ASIDE),
  })
  // It was under way when its session was reset, or all that was asked was taken back.
  if (row.reason === TAKEN_BACK || (row.prompt !== null && session.isErased(row.session))) {
    session.erase(row.id - 1, row.id, people.named())
  }
  log.info('turn.over', {
    ...turn.ref,
    verdict,
    asker: row.asker,
    tier: row.tier,
    steps: steps.all.length,
    ...tokensOf(steps.all),
    crashes: row.crashes,
    ms: now - row.started,
  })
}

/** What was approved, and is not begun when its turn is over, is withdrawn, unless it waits for another yes. */
function withdrawUnbegun({ approvals, now }: Tables, { row, steps }: Ending, verdict: Verdict) {
  // A turn that was to be parked was opened without its steps.
  if (verdict !== 'parked' && !steps.all.some(isUnbegun)) return
  const unbegun = approvals.unbegunIn(row.id)
  if (unbegun.length) approvals.settle(unbegun, 'withdrawn', now())
}

function tokensOf(steps: Pick<Step, 'usage'>[]) {
  const usage = steps.flatMap((step) => step.usage ?? [])
  const sum = (counts: (number | null)[]) => counts.reduce<number>((all, n) => all + (n ?? 0), 0)
  const cached = sum(usage.map((one) => one.cache_read_input_tokens))
  const read = sum(usage.flatMap((one) => [one.input_tokens, one.cache_creation_input_tokens]))
  return { tokensIn: read + cached, cached, tokensOut: sum(usage.map((one) => one.output_tokens)) }
}

/** At the turn's end, by which it is known to be its answer. What the bot said, not what it said of its own troubles. */
function archiveAnswer(tables: Tables, { row, replies, bot }: Ending, at: number) {
  const { archive, place } = tables
  const ofDoubt = isUnknown(replies.all) ? row.sentence : null
  const stands = replies.all.filter(
    ({ state, body }) => ['posted', 'doubtful', 'missing'].includes(state) && body !== ofDoubt,
  )
  const whole = stands.find(({ file }) => file)?.body
  const text = whole ?? stands.map(({ body }) => body).reduce(goingOn, '')
  const message = stands[0]?.message ?? null
  if (text && !row.error) {
    const name = nameHere(tables, bot)
    archive.add({ message, author: place.bot, name, at, text })
  }
}

/** What was said again so that somebody was told is remembered once. */
function goingOn(text: string, body: string) {
  return isTelling(text, body) ? text : [text, body].filter(Boolean).join('\n\n')
}
