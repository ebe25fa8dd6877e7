import * as z from 'zod'
import { type Campfire, isForGood } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import type { AccountReport } from '../runtime.ts'
import { campfireWith } from '../runtime.ts'
import { roomIn, type Tables } from '../tables.ts'
import { WAITING } from './signs.ts'
import type { Tidying } from './tidying.ts'

/** So many people are told at once: a turn has requests of its own to make. */
const MOST_AT_ONCE = 20

interface Waiting {
  /** Whose turn it is; null where they wait for another like everyone else. */
  asker: number | null
  key: string
  report: AccountReport
  fetch?: typeof fetch
}

/** Tells everyone who waits while another's turn runs that they were heard: once, on what they said first. */
export async function signWaiting(tables: Tables, { asker, ...line }: Waiting) {
  if (line.report.abilities().boost === false) return

  const campfire = campfireWith(tables, line)
  const unsigned = firstOfEach(tables, asker).slice(0, MOST_AT_ONCE)
  await Promise.all(unsigned.map((message) => signOne(tables, campfire, message)))
}

/** Of each of them what they said first, unless they have a sign already. */
function firstOfEach(tables: Tables, asker: number | null) {
  const { inbox, people } = tables
  const { direct } = roomIn(tables)
  const waiting = inbox.waiting().filter(({ author }) => author !== asker)
  const told = new Set(waiting.flatMap(({ author, sign }) => (sign === null ? [] : [author])))
  const first = new Map<number, number>()
  for (const { id, author, mentioned } of waiting) {
    // A bot may be met with silence, and has no use for signs.
    const isHeard = (mentioned || !direct) && people.roleOf(author) !== 'bot'
    // Deliveries overtake one another.
    if (id !== null && isHeard && !told.has(author))
      first.set(author, Math.min(id, first.get(author) ?? id))
  }
  return [...first.values()]
}

async function signOne(tables: Tables, campfire: Campfire, message: number) {
  const { inbox, place } = tables
  inbox.sign(message, UNKNOWN)
  try {
    const { id } = await campfire.boost(message, WAITING)
    // Taken meanwhile, it no longer waits, and nobody else knows of this sign.
    if (!inbox.sign(message, id)) await takeDown(tables, campfire, { message, boost: id })
  } catch (error) {
    log.warn('sign.failed', { ...place, error: inShort(error) })
  }
}

/** The intent: it may stand, and is never put up again. */
const UNKNOWN = 0

/** Those that Campfire would not take down when nobody waited any more: the next look does it. */
export async function takeDownLeft(tables: Tables, campfire: Campfire, tidying: Tidying) {
  for (const sign of leftIn(tables)) {
    if (await tidying.try(() => campfire.unboost(sign.message, sign.boost))) forget(tables, sign)
  }
}

/** It is known until it is gone, and taking it down twice does no harm. */
async function takeDown(tables: Tables, campfire: Campfire, sign: Sign) {
  await campfire.unboost(sign.message, sign.boost).catch((error: unknown) => {
    log.warn('sign.failed', { ...tables.place, error: inShort(error) })
    if (!isForGood(error)) keep(tables, sign)
  })
}

/** The newest, as many as some looks can take down. */
function keep(tables: Tables, sign: Sign) {
  tables.facts.set(LEFT, [...leftIn(tables), sign].slice(-MOST_LEFT))
}

/** Read anew: another may have been left while this one was taken down. */
function forget(tables: Tables, { boost }: Sign) {
  tables.facts.set(
    LEFT,
    leftIn(tables).filter((left) => left.boost !== boost),
  )
}

const MOST_LEFT = 50

function leftIn({ facts }: Tables) {
  return facts.get(LEFT, z.array(Sign)) ?? []
}

const LEFT = 'signs left'
const Sign = z.object({ message: z.int(), boost: z.int() })
type Sign = z.infer<typeof Sign>
