import { CampfireError, isLikelyUndone, isPassing } from '../../campfire.ts'
import { DAY, HOUR, MINUTE } from '../../clock.ts'
import { inShort, log } from '../../log.ts'
import { findPosted, NEVER_SENT, reaches } from '../../reply.ts'
import { botHere, campfireFor, type Runtime } from '../../runtime.ts'
import { MOST_DEATHS, restAfter } from '../../tables/room/attempts.ts'
import type { ReminderPost } from '../../tables/room/reminders/posts.ts'
import { holdersOf, unplaced } from '../../tables/room/replies/own-messages.ts'
import type { Tables } from '../../tables.ts'
import { mayBeItsWords, postWithoutWords } from './without-words.ts'
import { wordsOf } from './wording.ts'

/** What was sent and never answered may take effect late: so long after it stands doubles are looked for. */
const LOOKS = [2 * MINUTE, 10 * MINUTE, HOUR]
const GIVEN_UP_AFTER = 7 * DAY
/** Where nobody can ask it is sent once more, and not while what met it most likely lasts. */
const BLIND_WAIT = 2 * MINUTE
/** Where every look fails it may be a message that breaks its page, or nothing is there: then it waits for so long. */
const GUESSES_AFTER = HOUR

/**
 * One step for a message that is due: it is posted, or looked for where it may have been. The same as a reply
 * (reply.ts), but that nothing waits for it and that its words are told anew as it grows late. False: Campfire is
 * not there, and all that is due waits with this one.
 */
export async function deliver(tables: Tables, runtime: Runtime, post: ReminderPost) {
  const { posts } = tables.reminders
  const { now, place } = tables
  const ref = { ...place, reminder: post.reminder, post: post.id }
  try {
    if (post.state !== 'intended' && post.state !== 'doubted') {
      await tidy(tables, runtime, post)
    } else if (mayTry(tables, post, ref)) {
      await send(tables, runtime, post)
      log.info('reminder.posted', { ...ref, state: post.state, lateMs: now() - post.due })
    }
    return true
  } catch (error) {
    log.warn('reminder.not_posted', { ...ref, error: inShort(error), failures: post.failures + 1 })
    const { list } = runtime.report.abilities()
    if (mayBeItsWords(tables, post, { error, canAsk: list === true })) {
      const placed = await postWithoutWords(tables, campfireFor(tables, runtime), post)
      if (placed) {
        stands(tables, post, placed.id)
        return true
      }
    }
    const isUncertain = error instanceof CampfireError && error.uncertain
    const isOver = now() - post.created >= GIVEN_UP_AFTER
    if (isOver) log.error('reminder.given_up', ref)
    const isAway = isPassing(error)
    const isBlind = isLikelyUndone(error) && list === false
    const until = now() + Math.max(waitAfter(error, post, now()), isBlind ? BLIND_WAIT : 0)
    posts.change(post, {
      failures: post.failures + 1,
      deaths: 0,
      // Behind the others: it may be its own words that Campfire breaks over.
      next: isOver ? null : until + 1,
      ...(isOver && { state: 'given up' }),
      ...(!isOver && isUncertain && { state: 'doubted' }),
    })
    if (isAway) posts.putOff(now(), until)
    return !isAway
  }
}

/**
 * A life before this one may have sent it, and may have died over it: what is tried then is counted before. False:
 * it rests, or is given up.
 */
function mayTry({ reminders: { posts }, now }: Tables, post: ReminderPost, ref: object) {
  if (post.state === 'intended' && !posts.isInherited(post)) return true
  const deaths = post.deaths + 1
  const isOver = deaths > MOST_DEATHS
  if (isOver) log.error('reminder.given_up', { ...ref, deaths })
  posts.change(post, {
    deaths,
    state: isOver ? 'given up' : 'doubted',
    next: isOver ? null : now() + restAfter(deaths),
  })
  return !isOver
}

async function send(tables: Tables, runtime: Runtime, post: ReminderPost) {
  const { posts } = tables.reminders
  const mayStand = post.state === 'doubted'
  const found = mayStand ? await find(tables, runtime, post) : NEVER_SENT
  if (found.id !== null) return stands(tables, post, found.id)
  if (isUnwanted(tables, post) && found.sure)
    return posts.change(post, { state: 'dropped', next: null })
  const isUnsure = mayStand && !found.sure
  const { unsure } = botHere(tables, runtime.member)
  if (isUnsure && unsure === 'may be missing')
    return posts.change(post, { state: 'missing', next: null })

  const campfire = campfireFor(tables, runtime)
  // Where nobody can say whether it stands it is sent once more, and whatever comes of that is its end.
  if (isUnsure) {
    const mayGuess = tables.now() - post.created >= GUESSES_AFTER
    await reaches({ campfire, ...triesOf(tables, post) }, mayGuess)
    posts.change(post, { state: 'doubtful', next: null })
  } else reword(tables, post, mayStand)
  try {
    const { id } = await campfire.post(post.body)
    if (!isUnsure) return stands(tables, post, id)
    posts.change(post, { message: id })
  } catch (error) {
    if (!isUnsure) throw error
    const isCertain = error instanceof CampfireError && !error.uncertain
    if (!isCertain) return log.error('reminder.may_be_missing', { post: post.id })
    posts.change(post, { state: 'doubted' })
    throw error
  }
}

/** Somebody has cancelled it since. */
function isUnwanted({ reminders }: Tables, { reminder, kind }: ReminderPost) {
  return kind === 'reminder' && reminders.find(reminder)?.state === 'cancelled'
}

/** It says by how much it is late, and that grows. */
function reword(tables: Tables, post: ReminderPost, mayStand: boolean) {
  const reminder = post.kind === 'reminder' ? tables.reminders.find(post.reminder) : null
  const isWanted = reminder !== null && reminder.state !== 'cancelled'
  const body = isWanted ? wordsOf(tables, reminder, post) : post.body
  if (body === post.body) return
  tables.reminders.posts.change(post, {
    body,
    ...(mayStand && { sent: [...new Set([...post.sent, post.body])] }),
  })
}

function stands({ reminders: { posts }, now }: Tables, post: ReminderPost, message: number | null) {
  const hasDoubt = post.failures > 0 || post.state === 'doubted'
  const next = hasDoubt ? now() + (LOOKS[0] ?? 0) : null
  posts.change(post, { state: 'posted', message, next, failures: 0, deaths: 0 })
}

async function find(tables: Tables, runtime: Runtime, post: ReminderPost) {
  const { sql, place } = tables
  const { body, cursor, message } = post
  const known = message === null ? [] : [message]
  const needs = {
    campfire: campfireFor(tables, runtime),
    botUserId: place.bot,
    ...triesOf(tables, post),
    since: (cursor: number) => tables.numbers.since(cursor, { id: null, started: post.created }),
    replies: {
      all: [],
      later: () => known,
      holders: (ids: number[]) => holdersOf(sql, ids),
      unplacedOfOthers: () => unplaced(sql),
      standBefore: () => [],
    },
    ref: { ...place, reminder: post.reminder },
  }
  const reply = { part: 1, file: null, body, cursor, began: null, state: 'doubted' as const }
  return await findPosted(needs, reply, post.sent)
}

/** As of a turn that has failed since it was to be posted. */
function triesOf({ inbox, now }: Tables, { failures, created }: ReminderPost) {
  const hasHeard = (since: number) => inbox.received.hasHeard(since)
  return { row: { failures, failing_since: created }, now, hasHeard }
}

/** It stands; whatever else has its words was a late request of ours. */
async function tidy(tables: Tables, runtime: Runtime, post: ReminderPost) {
  const { posts } = tables.reminders
  // One of them is it, and the others are removed: its own number is known to nobody there.
  const { message } = post
  try {
    const { id } = await find(tables, runtime, post)
    if (id !== null && message === null) posts.change(post, { message: id })
    else if (id !== null) await campfireFor(tables, runtime).delete(id)
  } catch (error) {
    if (!(error instanceof CampfireError)) throw error
    log.warn('reminder.not_tidied', { ...tables.place, error: inShort(error) })
  }
  const wait = LOOKS[post.failures + 1]
  posts.change(post, {
    failures: post.failures + 1,
    next: wait === undefined ? null : tables.now() + wait,
  })
}

/** While somebody still looks at the room it is tried often; then less and less. */
function waitAfter(error: unknown, { created }: ReminderPost, now: number) {
  const since = Math.max(0, now - created)
  const wait = since < DAY ? Math.min(Math.max(2_000, since / 5), 5 * MINUTE) : HOUR
  const asked = error instanceof CampfireError ? (error.retryAfterMs ?? 0) : 0
  // An alarm takes whole milliseconds: one that rings before its time would ring again at once.
  return Math.ceil(Math.max(wait, Math.min(asked, 10 * MINUTE)))
}
