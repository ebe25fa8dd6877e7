import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { Files } from '../../src/tables/room/files.ts'
import { useWorld } from '../support/world.ts'

const MINUTE = 60_000
const DAY = 86_400_000

const world = useWorld()

/** Campfire's own word that there is no such room for us. */
const goneRoom = () => new Response(null, { status: 404, headers: { 'x-version': '1.5.0' } })

function campfireAnswers(answer: () => Response) {
  world.fault = async (request, when) =>
    when === 'before' && request.url.includes('/messages') ? answer() : undefined
}

function standing() {
  return env.ACCOUNTS.getByName('https://chat.example.com')
    .rooms()
    .then(([room]) => room?.health?.out ?? null)
}

async function kept() {
  const [said] = await world.rows('SELECT count(*) AS n FROM said')
  const [pins] = await world.rows("SELECT count(*) AS n FROM pins WHERE fact <> ''")
  const [words] = await world.rows('SELECT count(*) AS n FROM turns WHERE prompt IS NOT NULL')
  const [files] = await world.rows('SELECT count(*) AS n FROM file_chunks')
  return [said?.n, pins?.n, words?.n, files?.n]
}

async function passesUntilAMinuteBefore() {
  const { deletes = 0 } = (await standing()) ?? {}
  await world.passesBy(deletes - Date.now() - MINUTE)
}

/** Somebody has talked to the bot and had it remember something; then it is taken out of the room. */
async function isTakenOut() {
  const { model, david } = world
  model.uses('memory', { action: 'remember', of: 'room', fact: 'Lunch is at noon.' }).says('Kept.')
  await world.asks(david, 'remember that lunch is at noon')
  await runInDurableObject(world.room(), async (_, { storage }) => {
    const given = {
      author: david.id,
      origin: 'dropped' as const,
      at: Date.now(),
      message: null,
      turn: 1,
    }
    await new Files(storage.sql).add({ ...given, name: 'menu.txt' }, new Uint8Array([65, 66]))
  })
  campfireAnswers(goneRoom)
  await world.passesBy(70 * MINUTE)
}

describe('a bot that was taken out of a room', () => {
  beforeEach(isTakenOut)

  it('has said so for thirty days before it deletes what was kept there', async () => {
    const out = await standing()
    expect(out).toMatchObject({ deleted: null })
    expect((out?.deletes ?? 0) - (out?.since ?? 0)).toBe(30 * DAY)
    expect(await kept()).toEqual([2, 1, 1, 1])

    await world.passesBy(29 * DAY)
    expect(await kept()).toEqual([2, 1, 1, 1])

    await world.passesBy(2 * DAY)
    expect(await kept()).toEqual([0, 0, 0, 0])
    expect((await standing())?.deleted).not.toBeNull()
    expect(await world.wakesIn()).toBeNull()
  })

  it('keeps everything when it is back before that', async () => {
    await world.passesBy(29 * DAY)
    world.fault = null
    await world.passesBy(3 * DAY)

    expect(await kept()).toEqual([2, 1, 1, 1])
    expect(await standing()).toBeNull()
  })

  it('keeps everything when somebody speaks to it there, whatever a list says', async () => {
    const { model, david } = world
    world.fault = null
    model.says('Here.')
    await world.asks(david, 'are you there?')
    await world.passesBy(70 * MINUTE)

    expect(await standing()).toBeNull()
  })

  it.each([
    ['nobody answers', () => new Response('Bad gateway', { status: 502 })],
    ['somebody else answers', () => new Response(null, { status: 404 })],
    ['its key is not taken', () => new Response(null, { status: 401 })],
    ['Campfire fails', () => new Response(null, { status: 500, headers: { 'x-version': '1' } })],
  ])('waits for a sure answer while %s', async (_, answer) => {
    campfireAnswers(answer)
    await world.passesBy(60 * DAY)
    expect(await kept()).toEqual([2, 1, 1, 1])

    campfireAnswers(goneRoom)
    await world.passesBy(2 * DAY)
    expect(await kept()).toEqual([0, 0, 0, 0])
  })

  it('deletes nothing before its operator could read of it', async () => {
    await passesUntilAMinuteBefore()
    await world.rows(`UPDATE facts SET value = json_remove(value, '$.health') WHERE name = 'told'`)
    await evictDurableObject(world.room())
    await world.passesBy(2 * MINUTE)
    expect(await kept()).toEqual([2, 1, 1, 1])

    await world.passesBy(2 * DAY)
    expect(await kept()).toEqual([0, 0, 0, 0])
  })

  it('has deleted it all or nothing, wherever it dies over it', async () => {
    await passesUntilAMinuteBefore()
    let asked = 0
    world.fault = async (request, when) => {
      if (!request.url.includes('/messages')) return undefined
      if (when === 'before' && ++asked === 1) await world.dies()
      return goneRoom()
    }
    await world.passesBy(2 * MINUTE).catch(() => {})
    expect(asked).toBe(1)
    expect(await kept()).toEqual([2, 1, 1, 1])

    // The platform rings an alarm again that has not come to its end.
    await world.handles()
    await world.passesBy(2 * DAY)
    expect(await kept()).toEqual([0, 0, 0, 0])
  })
})

describe('one answer that a room is gone', () => {
  it('is anybody’s; the same one minutes later is Campfire’s', async () => {
    const { model, david } = world
    model.says('Hello.')
    await world.asks(david, 'hello')
    campfireAnswers(goneRoom)
    await world.passes(MINUTE)
    expect(await standing()).toBeNull()

    await world.passesBy(10 * MINUTE)
    expect(await standing()).not.toBeNull()
  })
})
