import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { Account } from '../../src/account.ts'
import { nameOf } from '../../src/address.ts'
import { Room } from '../../src/room.ts'
import { account, botNow, saves, tells, tellsSome } from '../support/bot-page.ts'
import { PIRATE, useSavedBot } from '../support/saved-bot.ts'
import { within } from '../support/until.ts'
import { bill, KILLED, OUT_OF_ORDER } from '../support/worker.ts'

const MINUTE = 60_000
const { world, systemOf } = useSavedBot()

describe('a room', () => {
  it('that sleeps learns on waking, beside its first list', async () => {
    const { model, david } = world
    model.says('Hello.').says('Arr!')
    await world.asks(david, 'hi')
    await saves({ instructions: PIRATE })
    await evictDurableObject(world.room())
    await world.talksElsewhere()
    answersAfter(new Promise((resolve) => setTimeout(resolve, 100)))
    await world.asks(david, 'hi')

    expect(systemOf(-1)).toContain('pirate')
  })

  it('that is new goes by it from its first turn on', async () => {
    await saves({ instructions: PIRATE })
    world.model.says('Arr!')
    await world.asks(world.david, 'hi')

    expect(systemOf(-1)).toContain('pirate')
  })

  it('waits for nobody while it is awake, and asks once in its life', async () => {
    const asked = vi.spyOn(Account.prototype, 'botVersion')
    const { model, david } = world
    model.says('One.').says('Two.').says('Three.')
    await world.asks(david, 'one')
    await saves({ instructions: PIRATE })
    await world.asks(david, 'two')
    expect(systemOf(-1)).not.toContain('pirate')
    await tells()
    await world.asks(david, 'three')

    expect(systemOf(-1)).toContain('pirate')
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('goes on with what it has where the account is slow, and learns when the answer comes', async () => {
    await saves({ instructions: PIRATE })
    const gate = Promise.withResolvers<void>()
    answersAfter(gate.promise)
    world.model.says('Hello.').says('Arr!')
    await within(3_000, world.asks(world.david, 'hi'))
    expect(systemOf(-1)).not.toContain('pirate')

    gate.resolve()
    await vi.waitFor(async () => {
      expect(await world.rows("SELECT 1 FROM facts WHERE name = 'bot version'")).toHaveLength(1)
    })
    await world.asks(world.david, 'hi')
    expect(systemOf(-1)).toContain('pirate')
  })

  it('goes on without an account', async () => {
    vi.spyOn(Account.prototype, 'botVersion').mockImplementation(() => {
      throw new Error(OUT_OF_ORDER)
    })
    world.model.says('Hello.')
    await world.asks(world.david, 'hi')

    expect(world.answers()).toEqual(['Hello.'])
  })

  it('that cannot be reached learns later', async () => {
    const { model, david } = world
    model.says('Hello.').says('Arr!')
    await world.asks(david, 'hi')
    vi.spyOn(Room.prototype, 'learnVersion').mockImplementationOnce(() => {
      throw new Error(OUT_OF_ORDER)
    })
    await saves({ instructions: PIRATE })
    await tells()
    expect((await botNow()).reached).toEqual({ rooms: 1, told: 0 })

    vi.setSystemTime(Date.now() + MINUTE)
    await tells()
    expect((await botNow()).reached).toEqual({ rooms: 1, told: 1 })
    await world.asks(david, 'hi')
    expect(systemOf(-1)).toContain('pirate')
  })

  it('is told though the alarm for it was lost, once anybody asks for the account', async () => {
    const { model, david } = world
    model.says('Hello.').says('Arr!')
    await world.asks(david, 'hi')
    await saves({ instructions: PIRATE })
    await runInDurableObject(account(), (_, { storage }) => storage.deleteAlarm())
    await evictDurableObject(account())
    await tells()
    await world.asks(david, 'hi')

    expect(systemOf(-1)).toContain('pirate')
  })

  it('writes and reads no row more for it in a hot turn', async () => {
    const { model, david } = world
    const costs: number[][] = []
    for (const [turn, words] of ['One.', 'Two.', 'Three.', 'Four.', 'Five.'].entries()) {
      if (turn === 3) {
        await saves({ instructions: PIRATE })
        await tells()
      }
      model.says(words)
      bill.start()
      await world.asks(david, `question ${turn}`)
      costs.push([bill.written(), bill.read()])
    }

    // The fourth writes down what it is told now, once.
    expect(systemOf(-1)).toContain('pirate')
    expect(costs[4]?.[0]).toBe(costs[2]?.[0])
    expect(costs[4]?.[1]).toBeLessThan(235)
  })

  it('goes back to no older version because somebody tells it late', async () => {
    const version = (number: number, instructions: string) =>
      world.room().learnVersion({ bot: 'assistant', number, words: { instructions } })
    await version(2, PIRATE)
    await version(1, 'You are a monk.')
    world.model.says('Arr!')
    await world.asks(world.david, 'hi')

    expect(systemOf(-1)).toContain('pirate')
  })
})

describe('a hundred rooms', () => {
  const report = { bot: 3, busy: false, waiting: 0, turns: [] }
  const nameIn = (room: number) => nameOf({ url: 'https://chat.example.com', room, bot: 3 })

  async function knowing() {
    const { reached } = await botNow()
    return reached?.told
  }

  it('are told thirty at a time, and a death in the middle goes on with whoever is left', async () => {
    for (let room = 1; room <= 100; room++)
      await account().report(nameIn(room), { ...report, room })
    const heard: string[] = []
    let isDying = false
    const death = Promise.withResolvers<true>()
    const { learnVersion } = Room.prototype
    vi.spyOn(Room.prototype, 'learnVersion').mockImplementation(function (this: Room, version) {
      if (isDying) throw new Error(OUT_OF_ORDER)
      const count = heard.push(Reflect.get(this, 'ctx').id.name)
      const answer = learnVersion.call(this, version)
      if (count <= 30 || count > 40) return answer
      // Ten more have heard, and nobody will write down that they have.
      isDying = count === 40
      if (isDying) void accountDies()
      return death.promise as never
    })
    await saves({ instructions: PIRATE })
    await tellsSome()
    expect([new Set(heard).size, await knowing()]).toEqual([30, 30])

    await expect(tellsSome()).rejects.toThrow(KILLED)
    isDying = false
    death.resolve(true)
    // The platform runs a handler again that has died.
    await runInDurableObject(account(), (instance: Account) => instance.alarm())
    await tells()

    expect([new Set(heard).size, await knowing()]).toEqual([100, 100])
    expect(heard).toHaveLength(110)
    const facts = await runInDurableObject(env.ROOMS.getByName(nameIn(77)), (_, { storage }) =>
      storage.sql.exec("SELECT value FROM facts WHERE name = 'bot version'").toArray(),
    )
    expect(JSON.stringify(facts)).toContain('pirate')
    expect(await tellsSome()).toBe(false)
  })

  async function accountDies() {
    await runInDurableObject(account(), async (_, ctx) => {
      await ctx.storage.sync()
      ctx.abort(KILLED)
    }).catch(() => {})
  }
})

/** The account is asked by whoever wakes, and takes so long. */
function answersAfter(gate: Promise<unknown>) {
  const { botVersion } = Account.prototype
  vi.spyOn(Account.prototype, 'botVersion').mockImplementation(async function (
    this: Account,
    ...asked: Parameters<Account['botVersion']>
  ) {
    await gate
    return botVersion.apply(this, asked)
  } as never)
}
