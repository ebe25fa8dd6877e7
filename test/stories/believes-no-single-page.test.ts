import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import type { Someone } from '../campground/composer.ts'
import { callOf, lost } from '../faults/faults.ts'
import { settles } from '../faults/story.ts'
import { useWorld, type World } from '../support/world.ts'

const MINUTE = 60_000

describe('a page of a proxy that says there is nothing of the kind', () => {
  const world = useWorld()

  it('met by three rooms at once, and told apart, takes nothing from any of them', async () => {
    const rooms = roomsOf(world)
    for (const room of rooms) await answers(world, room, 'Before.')
    proxyAnswers(world)
    for (const room of rooms) await answers(world, room, 'Meanwhile.')
    world.fault = null
    for (const room of rooms) {
      vi.setSystemTime(Date.now() + 3 * MINUTE)
      await world.room(room).tellNow()
    }

    expect(await known()).toMatchObject({ list: true })
    for (const room of rooms) {
      await world.unheard(() => world.says(world.jason, 'two', room))
      world.model.says('Found.')
      await world.passes(MINUTE, room)
      expect(world.answers(room)).toEqual(['Before.', 'Meanwhile.', 'Found.'])
    }
  })

  it('on the first day, keeps nobody from being found two minutes later', async () => {
    proxyAnswers(world)
    await answers(world, world.watercooler, 'One.')
    world.fault = null
    await evictDurableObject(world.room())
    await world.unheard(() => world.says(world.jason, 'two'))
    world.model.says('Found.')
    await world.passesBy(2 * MINUTE)

    expect(world.answers()).toEqual(['One.', 'Found.'])
    expect(await known()).toMatchObject({ list: true })
  })

  it('on the first day, makes nobody send an answer twice that may stand already', async () => {
    const began = Date.now()
    let posts = 0
    world.fault = async (request, when) => {
      if (when === 'after' && callOf(request) === 'create' && posts++ === 0) return lost()
      const isAway = when === 'before' && callOf(request) === 'list'
      return isAway && Date.now() - began < MINUTE ? page() : undefined
    }
    world.model.says('Hello.')
    await world.says(world.david, 'hello?')
    await settles(world)

    expect(world.answers()).toEqual(['Hello.'])
    expect(posts).toBe(1)
  })

  it('on one edit, on the first day, leaves one whole answer', async () => {
    let edits = 0
    world.fault = async (request, when) =>
      when === 'before' && callOf(request) === 'edit' && edits++ === 0 ? page() : undefined
    await answers(world, world.watercooler, 'Warm.')
    const pieces = Array.from({ length: 5 }, (_, n) => `Paragraph ${n} grows.\n\n`)
    world.model.says(pieces.join(''), { pieces, before: grows })
    await world.says(world.david, 'tell me')
    await settles(world)

    expect(edits).toBeGreaterThan(1)
    expect(world.answers()).toEqual(['Warm.', expect.stringMatching(/^Paragraph 0.*4 grows\.$/s)])
  })
})

describe('what a Campfire can do no longer', () => {
  const world = useWorld()

  it('is unlearned when two rooms have met nothing else for minutes', async () => {
    const [one, two] = roomsOf(world)
    for (const room of [one, two]) await answers(world, room, 'Before.')
    proxyAnswers(world)
    for (const minutes of [0, 3, 3]) {
      vi.setSystemTime(Date.now() + minutes * MINUTE)
      await answers(world, one, 'Old.')
      await answers(world, two, 'Old.')
    }

    expect(await known()).toMatchObject({ list: false })
  })

  it('is not while one of them sees it in between', async () => {
    const [one, two] = roomsOf(world)
    for (const room of [one, two]) await answers(world, room, 'Before.')
    for (const away of [true, false, true, false, true]) {
      vi.setSystemTime(Date.now() + 3 * MINUTE)
      if (away) proxyAnswers(world)
      else world.fault = null
      await answers(world, one, 'Old.')
      await answers(world, two, 'Old.')
    }

    expect(await known()).toMatchObject({ list: true })
  })

  it('is not when the first of them has seen it work before the second met a page', async () => {
    const [one, two] = roomsOf(world)
    for (const room of [one, two]) await answers(world, room, 'Before.')
    for (const room of [one, two]) {
      proxyAnswers(world)
      await answers(world, room, 'Old.')
      vi.setSystemTime(Date.now() + 3 * MINUTE)
      await answers(world, room, 'Old.')
      world.fault = null
      await evictDurableObject(world.room(room))
      await answers(world, room, 'After.')
    }

    expect(await known()).toMatchObject({ list: true })
  })
})

describe('an old Campfire', () => {
  const world = useWorld('v1.4.9')

  it('is known as one when it was asked twice, minutes apart, also by another life', async () => {
    await answers(world, world.watercooler, 'One.')
    expect(await known()).toEqual({})
    await evictDurableObject(world.room())
    vi.setSystemTime(Date.now() + 3 * MINUTE)
    await answers(world, world.watercooler, 'Two.')
    await world.room().tellNow()

    expect(await known()).toMatchObject({ list: false })
  })

  it('is known by another life also where the account was told before of nothing', async () => {
    world.fault = async (request, when) =>
      when === 'before' && callOf(request) === 'list'
        ? new Response(null, { status: 503 })
        : undefined
    await answers(world, world.watercooler, 'One.')
    world.fault = null
    vi.setSystemTime(Date.now() + MINUTE)
    await answers(world, world.watercooler, 'Two.')
    await evictDurableObject(world.room())
    vi.setSystemTime(Date.now() + 3 * MINUTE)
    await answers(world, world.watercooler, 'Three.')
    await world.room().tellNow()

    expect(await known()).toMatchObject({ list: false })
  })
})

function roomsOf({ watercooler, office, direct }: World): [Someone, Someone, Someone] {
  return [watercooler, office, direct]
}

async function answers(world: World, room: Someone, text: string) {
  world.model.says(text)
  await world.asks(world.david, 'hello?', room)
}

/** Whatever is asked for that an old Campfire lacks. */
function proxyAnswers(world: World) {
  world.fault = async (request, when) => {
    const call = callOf(request)
    return when === 'before' && call && call !== 'create' && call !== 'attach' ? page() : undefined
  }
}

function page() {
  const html = { 'content-type': 'text/html' }
  return new Response('<html>404 Not Found</html>', { status: 404, headers: html })
}

async function grows() {
  for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
  vi.setSystemTime(Date.now() + 1_000)
}

async function known() {
  return await env.ACCOUNTS.getByName('https://chat.example.com').abilities()
}
