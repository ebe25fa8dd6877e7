import { BudgetsView } from '../../../src/operator/schemas.ts'
import type { Book } from '../book.ts'
import type { Standing } from '../standing.ts'
import type { World } from '../world.ts'
import { postsOf, type Scene, type Turn } from './scene.ts'

/** Nothing was asked, as a limit is used up. */
export function isAtLimit({ error }: Pick<Turn, 'error'>) {
  return error === 'limit'
}

/** Of a turn that came to its limit: it says so, or keeps silent where this was said before. */
export function endAtLimit({ world }: Scene, { state }: Turn, standing: Standing[]) {
  if (!world.limits.length) return null
  if (state === 'failed' && standing.some(isLimit)) return 'told that a limit is used up'
  if (state === 'failed' && standing.some(({ isTiedUp }) => isTiedUp))
    return 'told that a limit is tied up'
  return state === 'silent' ? 'met with silence, as a limit is used up' : null
}

function isLimit({ limit }: Standing) {
  return limit !== null
}

/** As the operator sees it, whenever somebody looks. */
export async function lookAtLimits(world: World) {
  const view = BudgetsView.parse(await world.worker.budgets())
  for (const { for: whose, per, usd, spentUsd, reservedUsd, excessUsd } of view.budgets) {
    const isPassed = spentUsd + reservedUsd > usd + 1e-9 || excessUsd > 0
    if (isPassed) world.passed.add(`${whose} a ${per}: ${spentUsd} + ${reservedUsd} of ${usd}`)
  }
  world.looks++
  return view.budgets
}

/** Nothing was ever spent beyond a limit, all that was lent is home, and what is booked is what receipts say. */
export async function judgeMoney(world: World, book: Book) {
  if (!world.limits.length) return
  for (const what of world.passed) book.find('a limit passed', 0, what)
  book.count('looks at limits', world.looks)
  for (const { for: whose, per, reservedUsd } of await lookAtLimits(world)) {
    if (reservedUsd) book.find('reserved for nothing', 0, `${reservedUsd} of ${whose} a ${per}`)
  }
  const { booked, receipts, told } = await world.worker.money()
  book.count('cents spent', Math.round(booked / 10_000))
  if (booked !== receipts) {
    book.find(
      'sums unlike receipts',
      0,
      `${booked} is booked on limits, and receipts say ${receipts}`,
    )
  }
  if (told !== receipts) {
    book.find('sums unlike receipts', 0, `${told} is in the sums, and receipts say ${receipts}`)
  }
  judgeTelling(world, book)
}

/** A person hears once of a limit, until it begins anew, and whoever is met with silence has heard of it. */
function judgeTelling({ limitNews, restored }: World, book: Book) {
  const { told, toldOnTheWay, silent, spared } = limitNews
  for (const [whom, posts] of told) {
    book.count('told that a limit is used up, once for a person and a period')
    if (posts.size > 1) book.find('told of a limit twice', 0, `${whom}: messages ${[...posts]}`)
  }
  // What was told and then lost with Campfire's newest messages is not told again.
  if (restored?.posts.some(isLimit)) return
  const heard = [...told.keys()].map((whom) => Number.parseInt(whom, 10))
  for (const [person, turn] of silent) {
    if (heard.includes(person) || toldOnTheWay.has(person) || spared.has(person)) continue
    book.find('lost', 0, `${turn}: silence, and person ${person} was never told of a limit`)
  }
}

interface Told {
  turn: Turn
  posts: Standing[]
  /** What stands was put in the place of half an answer. */
  hasGrown?: boolean
}

/** Who was told of which limit, until when, by the words that stand, or stood; and who was met with silence. */
export class LimitNews {
  readonly told = new Map<string, Set<number>>()
  /** By a turn that had begun to answer, or had half an answer standing: it says why it ends, also to who has heard. */
  readonly toldOnTheWay = new Set<number>()
  readonly silent = new Map<number, string>()
  /** One of whose turns ended before it could tell anything. */
  readonly spared = new Set<number>()

  note(room: number, person: number, { turn, posts, hasGrown = false }: Told) {
    const hasBegun = hasGrown || turn.requests.some(({ state }) => state === 'answered')
    for (const { id, limit, isForYes } of posts) {
      if (limit === null) continue
      if (hasBegun || isForYes) {
        this.toldOnTheWay.add(person)
        continue
      }
      // The limit of a room is another one in each room.
      const whom = `${person}, ${limit}${limit.includes('room') ? ` (${room})` : ''}`
      this.told.set(whom, (this.told.get(whom) ?? new Set()).add(id))
    }
    const { state, reason, reference } = turn
    if (state === 'silent' && reason === 'limit') this.silent.set(person, reference)
    else if (state === 'silent' || state === 'stopped' || turn.stoppedBy) this.spared.add(person)
  }
}

export function noteTelling(scene: Scene, turn: Turn) {
  const { world, room } = scene
  const { standing, removed } = postsOf(scene, turn)
  const posts = [...standing, ...removed]
  const hasGrown = posts.some(({ id }) => (world.campfire.messages.find(id)?.edits ?? 0) > 0)
  // Not by its messages: after a restored backup these may be somebody else's.
  world.limitNews.note(room, turn.askerId, { turn, posts, hasGrown })
}
