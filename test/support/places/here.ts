import { runInDurableObject } from 'cloudflare:test'
import { vi } from 'vitest'
import type { Said, Someone } from '../../campground/composer.ts'
import { useBotChanges } from '../bots.ts'
import { tablesWith } from '../tables-with.ts'
import { until } from '../until.ts'
import { useWorld } from '../world.ts'

/** Of no language, so that no index shortens it; and short enough for a boost. */
export const MARK = 'zyxomark'
export const SECOND = 1_000

export interface Place {
  what: string
  /** Brings the word there. Gives back what David said, for whoever deletes that. */
  put(room: Someone): Promise<number[]>
  /** Only where several people talk. */
  inRooms?: true
  /**
   * Where it stands on purpose when this was done: what setup/operating.md names as a limit. `sent`: all that the
   * model is still told of it after the deletion, block by block.
   */
  stays?: { deleted?: string[]; expired?: string[]; sent?: string[] }
}

export type Here = ReturnType<typeof useHere>

/** What brings the word somewhere, and tells where it stands. */
export function useHere() {
  const world = useWorld()
  const assistant = useBotChanges()

  return { world, assistant, standsIn, asked, posts, steered, wanted, meeting, refusing, growing }

  async function standsIn(room: Someone) {
    return await runInDurableObject(world.room(room), (_, { storage }) =>
      tablesWith(storage.sql, MARK),
    )
  }

  async function asked(room: Someone, text: string, script: () => unknown) {
    script()
    return [await world.asks(world.david, text, room)]
  }

  async function posts(person: Someone, what: Said, room: Someone) {
    const id = await world.posts(person, what, room)
    vi.setSystemTime(Date.now() + SECOND)
    await world.rings(room)
    return id
  }

  async function steered(room: Someone, then: () => void) {
    assistant({ fallbackModel: undefined })
    const gate = Promise.withResolvers<void>()
    const before = world.model.prompts.length
    world.model.uses('search_conversation', { words: 'x' }, { saying: 'Let me see.' })
    world.model.waits(gate.promise)
    then()
    const first = await world.says(world.david, 'look', room)
    const ringing = world.rings(room)
    await until(() => world.model.prompts.length > before)
    const second = await world.says(world.david, MARK, room)
    gate.resolve()
    await ringing
    await world.rings(room)
    world.model.forget()
    return [first, second]
  }

  async function wanted(room: Someone) {
    assistant({ approval: { boost: 'always' } })
    const id = await world.posts(world.jason, { text: 'a good idea' }, world.watercooler)
    return await asked(room, 'boost it', () =>
      world.model.uses('boost', { message_id: id, content: MARK }),
    )
  }

  /** The first request of this kind is carried out, and its answer is lost. */
  async function meeting(method: string, times: number, work: () => Promise<number[]>) {
    let seen = 0
    world.fault = async (request, when) => {
      const isMet =
        when === 'after' && request.method === method && /rooms.*messages/.test(request.url)
      const isBoost = request.url.includes('/boosts')
      return isMet && !isBoost && seen++ < times ? new Response('', { status: 504 }) : undefined
    }
    const ids = await work()
    vi.setSystemTime(Date.now() + 30 * SECOND)
    for (const room of [world.watercooler, world.direct]) await world.rings(room)
    world.fault = null
    return ids
  }

  /** Campfire fails at each post that has the word in it. */
  async function refusing(work: () => Promise<number[]>) {
    world.fault = async (request, when) => {
      const isPost = request.method === 'POST' && /rooms.*\/messages$/.test(request.url)
      const isMet = when === 'before' && isPost && (await request.text()).includes(MARK)
      return isMet ? new Response('', { status: 500 }) : undefined
    }
    const ids = await work()
    world.fault = null
    return ids
  }

  function growing() {
    const pieces = [`The ${MARK} grows.\n\n`, 'And on.\n\n', 'The end.']
    world.model.says(pieces.join(''), {
      pieces,
      before: async () => {
        for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
        vi.setSystemTime(Date.now() + 3 * SECOND)
      },
    })
  }
}
