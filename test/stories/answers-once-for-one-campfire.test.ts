import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import worker from '../../src/index.ts'
import type { Room } from '../../src/room.ts'
import { isEmpty } from '../../src/storage.ts'
import { callOf } from '../faults/faults.ts'
import { tablesIn } from '../support/rows.ts'
import { useWorld } from '../support/world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const world = useWorld()

describe('an address that is written another way', () => {
  it.each([
    'https://Chat.Example.com',
    'https://chat.example.com:443/',
    'https://chat.example.com.',
  ])('leads to the same room: %s', async (CAMPFIRE_URL) => {
    world.model.says('One.').says('Two.')
    await world.asks(world.david, 'one')
    await world.unheard(() => world.says(world.david, 'two'))
    await delivers({ ...env, CAMPFIRE_URL } as unknown as Env)
    await world.rings()

    expect(world.answers()).toEqual(['One.', 'Two.'])
  })

  it('leads to the same room by its old name, after a move', async () => {
    world.model.says('One.')
    await world.asks(world.david, 'one')
    await world.unheard(() => world.says(world.david, 'two'))
    const CAMPFIRE_ID = 'https://chat.example.com'
    const CAMPFIRE_URL = 'https://talk.example.com'
    await delivers({ ...env, CAMPFIRE_URL, CAMPFIRE_ID } as unknown as Env)

    expect(await world.rows('SELECT count(*) AS n FROM messages')).toEqual([{ n: 2 }])
  })
})

describe('an object of an address that is not ours any more', () => {
  const old = () => env.ROOMS.getByName('https://Chat.example.com/rooms/1/bots/3')

  it('finishes what waits there, and answers nothing as missed', async () => {
    world.model.says('One.').says('Still yours.').says('Two.')
    await world.asks(world.david, 'one')
    const id = await world.unheard(() =>
      world.says(world.kevin, 'from before the address was put right'),
    )
    await runInDurableObject(old(), async (_, { storage }) => {
      tablesIn(storage).exec(
        `INSERT INTO messages (id, author, name, text, at, due) VALUES (?, 4, 'Kevin', 'hello?', ?, ?)`,
        id,
        Date.now(),
        Date.now(),
      )
    })
    await evictDurableObject(old())
    await ringOld()
    expect(world.answers()).toEqual(['One.', 'Still yours.'])

    await world.unheard(() => world.says(world.jason, 'two'))
    for (const wait of [MINUTE, 10 * MINUTE, HOUR, 24 * HOUR]) {
      vi.setSystemTime(Date.now() + wait)
      await ringOld()
      await world.rings()
    }
    expect(world.answers()).toEqual(['One.', 'Still yours.', 'Two.'])
    const taken = await runInDurableObject(old(), (_, { storage }) =>
      tablesIn(storage).exec('SELECT id FROM messages').toArray(),
    )
    expect(taken).toEqual([{ id }])
  })

  it('takes nothing new: what is only spelled otherwise is handed on, the rest refused', async () => {
    const room = { name: 'Watercooler', direct: false }
    const arrival = { id: 900, author: { id: 1, name: 'David' }, text: 'hello?', room }
    await old().receive(arrival)
    expect(await world.rows('SELECT id FROM messages')).toEqual([{ id: 900 }])

    const other = env.ROOMS.getByName('https://elsewhere.example.com/rooms/1/bots/3')
    await runInDurableObject(other, async (instance: Room, { storage }) => {
      await expect(instance.receive(arrival)).rejects.toThrow('no longer')
      expect(isEmpty(storage.sql)).toBe(true)
    })
    await old().receive(arrival)
    world.model.says('Hello.')
    await world.rings()
    expect(world.answers()).toEqual(['Hello.'])
  })

  async function ringOld() {
    await runInDurableObject(old(), async (instance: Room) => await instance.alarm())
  }
})

describe('a message that no delivery brought us', () => {
  it('is left alone where somebody has answered it as our bot', async () => {
    world.model.says('One.')
    await world.asks(world.david, 'one')
    const missed = await world.unheard(() => world.says(world.jason, 'two'))
    wait(14 * MINUTE)
    speaksAsBot('<p>Two, from elsewhere.</p>')
    await world.passes(HOUR)

    expect(world.answers()).toEqual(['One.', 'Two, from elsewhere.'])
    expect(await receiptOf(missed)).toEqual([{ state: 'silent', reason: 'answered elsewhere' }])
    expect(await world.wakesIn()).toBe(MINUTE)
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)
    expect(world.answers()).toHaveLength(2)
  })

  it('is answered where what was said as our bot came too late, or before it', async () => {
    world.model.says('One.').says('Two, by us.')
    await world.asks(world.david, 'one')
    speaksAsBot('<p>Good morning.</p>')
    await world.unheard(() => world.says(world.jason, 'two'))
    wait(16 * MINUTE)
    speaksAsBot('<p>Good night.</p>')
    await world.passes(HOUR)

    expect(world.answers()).toEqual(['One.', 'Good morning.', 'Good night.', 'Two, by us.'])
  })

  it('is answered although we have answered others since, with words and a file', async () => {
    const file = { name: 'list.csv', type: 'csv', content: 'a,b\n1,2\n' }
    world.model.says('One.').uses('attach_file', file).says('Above.').says('Two, late.')
    await world.asks(world.david, 'one')
    await world.unheard(() => world.says(world.jason, 'two'))
    await world.asks(world.kevin, 'a list, please')
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(['One.', 'list.csv', 'Above.', 'Two, late.'])
  })

  it('is answered although Campfire has said in our name that we were late', async () => {
    world.model.says('One.').says('Two.')
    await world.asks(world.david, 'one')
    await world.unheard(() => world.says(world.jason, 'two'))
    speaksAsBot('Failed to respond within 7 seconds')
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(['One.', 'Two.'])
  })

  it('is answered although the number of our answer to somebody else was lost', async () => {
    world.model.says('One.').says('For Kevin.').says('Two.')
    await world.asks(world.david, 'one')
    await world.unheard(() => world.says(world.jason, 'two'))
    world.fault = async (request, when) => {
      const isCreate = request.method === 'POST' && /rooms.*messages$/.test(request.url)
      return when === 'after' && isCreate ? new Response('', { status: 201 }) : undefined
    }
    await world.asks(world.kevin, 'three')
    world.fault = null
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(['One.', 'For Kevin.', 'Two.'])
  })

  it('is answered although nobody can say just then where our answer to somebody else stands', async () => {
    const { model, david, jason, kevin } = world
    model.says('One.').says('For Kevin.')
    await world.asks(david, 'one')
    await world.unheard(() => world.says(jason, 'two'))
    let isTaken = false
    world.fault = async (request, when) => {
      if (isTaken && callOf(request) === 'list') return new Response('', { status: 503 })
      if (when === 'before' || callOf(request) !== 'create') return undefined
      isTaken = true
      return new Response('', { status: 201 })
    }
    await world.asks(kevin, 'three')
    world.fault = null
    model.says('Two.')
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(['One.', 'For Kevin.', 'Two.'])
    const [answer] = await world.rows("SELECT message FROM replies WHERE body = 'For Kevin.'")
    expect(answer?.message).toBe(idOf('For Kevin.'))
  })

  it('is answered although our answer to somebody else has arrived, and we have still to learn that', async () => {
    world.model.says('One.').says('For Kevin.').says('Two.')
    await world.asks(world.david, 'one')
    await world.unheard(() => world.says(world.jason, 'two'))
    wait(2 * MINUTE)
    world.fault = async (request, when) => {
      const isCreate = request.method === 'POST' && /rooms.*messages$/.test(request.url)
      return when === 'after' && isCreate ? new Response('', { status: 500 }) : undefined
    }
    await world.says(world.kevin, 'three')
    await world.handles()
    world.fault = null
    await world.passesBy(5 * MINUTE)

    expect(world.answers()).toEqual(['One.', 'For Kevin.', 'Two.'])
  })
})

/** The newest message, to a Worker that was told of its Campfire in other words. */
async function delivers(other: Env) {
  const message = world.campfire.messagesIn(world.watercooler).at(-1)
  if (!message) throw new Error('Nobody has spoken')
  const body = {
    user: { id: message.creator.id, name: message.creator.name },
    room: { id: 1, name: 'Watercooler', path: `/rooms/1/${world.assistant.key}/messages` },
    message: { id: message.id, body: { html: 'two', plain: 'two' }, path: '' },
  }
  const request = new Request('https://firekeeper.example.com/webhook', {
    method: 'POST',
    body: JSON.stringify(body),
  })
  expect((await worker.fetch(request, other)).status).toBe(204)
}

function speaksAsBot(html: string) {
  const { campfire, watercooler, assistant } = world
  campfire.post({ room: watercooler.id, creator: assistant.id, html, file: null, via: 'api' })
}

function idOf(words: string) {
  const { campfire, watercooler, assistant } = world
  return campfire.postsOf(assistant, watercooler).find(({ plain }) => plain === words)?.id
}

function wait(ms: number) {
  vi.setSystemTime(Date.now() + ms)
}

async function receiptOf(message: number) {
  return await world.rows(
    `SELECT state, reason FROM turns JOIN messages ON turn = turns.id WHERE messages.id = ${message}`,
  )
}
