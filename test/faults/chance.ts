import { vi } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE

/** What happens by chance, in stories that `npm run chaos` told first. */
export function useChance() {
  const world = useWorld()
  const assistant = useBotChanges()

  return { world, assistant, grows, loses, comesLate, posts, diesAt, ring, lives, replies }

  /** So slowly that it takes more than a minute. */
  function grows() {
    const pieces = ['One', 'Two', 'Three', 'Four'].map((word) => `${`${word} `.repeat(60)}\n\n`)
    world.model.says(pieces.join(''), {
      pieces,
      before: async () => {
        for (let turns = 0; turns < 5; turns++) await new Promise((done) => setTimeout(done))
        vi.setSystemTime(Date.now() + 25 * SECOND)
      },
    })
  }

  /** It was on its way, and nobody answers. */
  function loses(most: number, where = world) {
    let lost = 0
    where.fault = async ({ method, url }, when) => {
      const isCreate = method === 'POST' && /rooms.*messages$/.test(url)
      return when === 'before' && isCreate && lost++ < most
        ? new Response('', { status: 504 })
        : undefined
    }
  }

  function comesLate(text: string) {
    const { campfire, assistant, watercooler } = world
    const html = text.trim().replace(/^/, '<p>').replace(/$/, '</p>')
    campfire.post({ room: watercooler.id, creator: assistant.id, html, file: null, via: 'api' })
  }

  function posts() {
    return world.campfire.postsOf(world.assistant, world.watercooler).map(({ id }) => id)
  }

  function diesAt(isIt: (request: Request, when: string) => boolean, { most }: { most: number }) {
    let deaths = 0
    world.fault = async (request, when) => {
      if (deaths >= most || !isIt(request, when)) return undefined
      deaths++
      return await world.dies()
    }
    return () => deaths
  }

  async function ring(times: number) {
    for (let rings = 0; rings < times; rings++) {
      await world.handles()
    }
  }

  /** The same, with the rests in between. */
  async function lives(times: number) {
    for (let lived = 0; lived < times; lived++) {
      await world.lives()
    }
  }

  async function replies(where = world) {
    return await where.rows('SELECT part, state FROM replies ORDER BY part')
  }
}
