import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Room } from '../../src/room.ts'
import { useBotChanges } from '../support/bots.ts'
import { half } from '../support/extent.ts'
import { alive, KILLED } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const KEYS = env.BOT_KEYS
const ROOM = 'https://chat.example.com/rooms/1/bots/3'

/** How a bot loses its room in the middle of an answer, and how it comes back. */
describe('a bot that', () => {
  const world = useWorld()
  const changes = useBotChanges()
  let keys = KEYS
  beforeEach(() => {
    keys = KEYS
  })

  const WAYS: [string, { goes(): void; returns(): void }][] = [
    [
      'has its key reset',
      {
        goes: () => world.campfire.change(world.assistant, { key: '3-resetresetre' }),
        returns: () => {
          keys = KEYS.replace(/3-\w+/, '3-resetresetre')
        },
      },
    ],
    [
      'is removed from the room',
      {
        goes: () => world.campfire.leave(world.watercooler, world.assistant),
        returns: () => world.campfire.join(world.watercooler, world.assistant),
      },
    ],
    [
      'is taken out of the configuration',
      {
        goes: () => {
          keys = KEYS.replace(/\w+=3-\w+,?/, '')
          alive.get(ROOM)?.abort(KILLED)
        },
        returns: () => {
          keys = KEYS
        },
      },
    ],
  ]
  const TIMES: [string, number][] = [
    ['a minute', MINUTE],
    ['five hours', 5 * HOUR],
    ['nine days', 9 * DAY],
  ]
  const FORMS: [string, string[]][] = [
    ['one part', ['It begins well.\n\n', 'And goes on.\n\n', 'And on.\n\n', 'To its end.']],
    ['several parts', Array.from({ length: 9 }, (_, n) => `Part ${n}. ${'word '.repeat(200)}\n\n`)],
  ]
  const ALL = WAYS.flatMap(([what, way]) =>
    TIMES.flatMap(([time, ms]) =>
      FORMS.slice(0, ms > DAY ? 1 : 2).map(([form, pieces]): [string, string, string, Case] => [
        what,
        time,
        form,
        { ...way, ms, pieces },
      ]),
    ),
  )

  it.each(half(ALL))(
    '%s, and is back after %s, leaves neither a sign nor half an answer (of %s)',
    async (_, __, ___, { goes, returns, ms, pieces }) => {
      const { model, david } = world
      model.says(pieces.join(''), {
        pieces,
        before: async (piece) => {
          for (let turns = 0; turns < 5; turns++)
            await new Promise((resolve) => setTimeout(resolve))
          vi.setSystemTime(Date.now() + 1_500)
          if (piece === 2) goes()
        },
      })
      for (let times = 0; times < 9; times++) model.says('Once more, from the start.')
      await world.says(david, 'a story')
      await rings()
      const [half = ''] = world.answers()
      expect(half).toMatch(/^(It begins well|Part 0)/)
      expect(signs()).toEqual(['👀'])
      await passesBy(ms)

      await evictDurableObject(world.room())
      returns()
      // Nobody says a word.
      await passesBy(26 * HOUR)
      model.forget()

      expect(signs()).toEqual([])
      expect(world.answers().join('\n')).toMatch(END)
      expect(await world.rows('SELECT id FROM turns WHERE ended IS NULL')).toEqual([])
    },
    60_000,
  )

  it('is shut out for more than a day while somebody else waits, leaves no sign on what they said either', async () => {
    const { campfire, model, david, jason, assistant } = world
    const pieces = ['It begins well.\n\n', 'And goes on.\n\n', 'To its end.']
    model.says(pieces.join(''), {
      pieces,
      before: async (piece) => {
        for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
        vi.setSystemTime(Date.now() + 1_500)
        if (piece === 1) await world.says(jason, 'and me?')
        for (let turns = 0; turns < 9; turns++) await new Promise((resolve) => setTimeout(resolve))
        if (piece === 2) campfire.change(assistant, { key: '3-resetresetre' })
      },
    })
    for (let times = 0; times < 9; times++) model.says('Once more, from the start.')
    await world.says(david, 'a story')
    await rings()
    expect(signs().toSorted()).toEqual(['⏳', '👀'])
    await passesBy(27 * HOUR)
    await evictDurableObject(world.room())
    keys = KEYS.replace(/3-\w+/, '3-resetresetre')
    await passesBy(26 * HOUR)
    model.forget()

    expect(signs()).toEqual([])
    expect(await world.rows('SELECT id FROM turns WHERE ended IS NULL')).toEqual([])
  }, 60_000)

  it('has its key reset while a request for a yes stands, runs it once after that yes, with the new one', async () => {
    const { campfire, model, david, assistant } = world
    changes({ approval: { boost: 'always' } })
    const idea = await world.posts(david, { text: 'a good idea' })
    model.uses('boost', { message_id: idea, content: '👏' })
    await world.says(david, 'boost it')
    await rings()
    expect(world.answers()).toEqual([expect.stringMatching(/^May I react/)])
    campfire.change(assistant, { key: '3-resetresetre' })
    await passesBy(11 * MINUTE)

    await evictDurableObject(world.room())
    keys = KEYS.replace(/3-\w+/, '3-resetresetre')
    model.says('Done.')
    const { message } = campfire.says(david, world.watercooler, { text: 'yes' })
    const author = { id: david.id, name: david.name }
    const room = { id: world.watercooler.id, name: world.watercooler.name, direct: false }
    const yes = { id: message.id, author, room, text: 'yes', mentioned: true }
    for (let times = 0; times < 2; times++)
      await runInDurableObject(world.room(), async (life: Room) => {
        Reflect.set(life, 'env', { ...env, BOT_KEYS: keys })
        await life.receive(yes)
      })
    await rings()
    await passesBy(2 * HOUR)

    expect(signs()).toEqual(['👏'])
    expect(world.answers()).toEqual([expect.stringMatching(/approved/i), 'Done.'])
  })

  interface Case {
    goes(): void
    returns(): void
    ms: number
    pieces: string[]
  }

  /** Rings whenever it is due. */
  async function passesBy(ms: number) {
    const end = Date.now() + ms
    for (;;) {
      const due = await world.wakesIn()
      if (due === null || Date.now() + due > end) break
      vi.setSystemTime(Date.now() + Math.max(0, due))
      await rings()
    }
    vi.setSystemTime(Math.max(end, Date.now()))
  }

  async function rings() {
    const ringing = runInDurableObject(world.room(), async (room: Room, { storage }) => {
      Reflect.set(room, 'env', { ...env, BOT_KEYS: keys })
      await storage.deleteAlarm()
      await room.alarm()
    })
    await ringing.catch((error: { durableObjectReset?: boolean }) => {
      if (!error.durableObjectReset) throw error
    })
  }

  function signs() {
    return world.campfire
      .messagesIn(world.watercooler)
      .flatMap(({ boosts }) => boosts.map(({ content }) => content))
  }
})

/** Finished, in the first words or in others, or marked. */
const END = /To its end|Part 8|Once more|cut off here|for more than a day|didn't accept it/
