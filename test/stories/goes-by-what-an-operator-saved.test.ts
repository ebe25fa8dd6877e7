import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { Account } from '../../src/account.ts'
import { nameOf } from '../../src/address.ts'
import { assistant as file } from '../../src/bots/assistant.ts'
import { BotComparison, ReceiptView, Refusal } from '../../src/operator/schemas.ts'
import { Room } from '../../src/room.ts'
import { account, asksBots, botNow, saves, tells, tellsSome } from '../support/bot-page.ts'
import { useBotChanges } from '../support/bots.ts'
import { bill, KILLED, OUT_OF_ORDER } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const MINUTE = 60_000
const PIRATE = 'You are a pirate.\nYou say arr.'

const world = useWorld()
const change = useBotChanges()

const systemOf = (at: number) => JSON.stringify(world.model.prompts.at(at)?.system)
const bytesOfTools = (at: number) => JSON.stringify(world.model.prompts.at(at)?.tools)
const bytes = (at: number) => JSON.stringify(world.model.prompts.at(at)?.messages)
/** Without those that follow from its skills. */
const toolsOf = (at: number) =>
  world.model.prompts
    .at(at)
    ?.tools?.flatMap((tool) => ('name' in tool ? [String(tool.name)] : []))
    .filter((name) => !name.includes('skill'))

async function savedIn(turn: number) {
  const answer = await asksOfRoom(turn)
  return ReceiptView.parse(await answer.json()).version.saved
}

async function asksOfRoom(turn: number) {
  return await asksBots(`/../../rooms/1/assistant/turns/${turn}`)
}

describe('an operator', () => {
  it('changes the prompt, and the next answer follows it; goes back, and so does the bot', async () => {
    const { model, david } = world
    model.says('Hello.').says('Arr!').says('Hello again.')
    await world.asks(david, 'hi')
    await saves({ instructions: PIRATE, model: 'claude-opus-5-5', tools: ['boost'] })
    await tells()
    await world.asks(david, 'hi')
    expect(systemOf(-1)).toContain('You are a pirate.')
    expect(toolsOf(-1)).toEqual(['boost'])
    expect(model.prompts.at(-1)?.model).toBe('claude-opus-5-5')

    expect((await asksBots('/version', { method: 'DELETE' })).status).toBe(200)
    await tells()
    await world.asks(david, 'hi')
    expect(systemOf(-1)).toBe(systemOf(0))
    expect(model.prompts.at(-1)?.model).toBe(file.model)
    expect([await savedIn(1), await savedIn(2), await savedIn(3)]).toEqual(['file', 1, 'file'])
  })

  it('takes a tool away, and the skills that speak of it go with it', async () => {
    const tools = ['read_messages', 'search_conversation', 'attach_file']
    world.model.says('Hello.').says('Hello again.')
    await saves({ tools })
    await tells()
    await world.asks(world.david, 'hi')
    expect(systemOf(-1)).toMatch(/Your skills.*minutes/)
    expect(systemOf(-1)).not.toMatch(/weekly-report|spreadsheet-review/)

    await saves({ tools: ['boost'] })
    await tells()
    await world.asks(world.david, 'hi')
    expect(systemOf(-1)).not.toContain('Your skills')
    expect(bytesOfTools(-1)).not.toContain('use_skill')
  })

  it('sees who changed what and when, compares, and goes back to any version', async () => {
    await saves({ instructions: PIRATE })
    await saves({ effort: 'low', limits: { steps: 5 } })
    await asksBots('/version', { method: 'PATCH', body: { number: 1 } })

    const { versions, words, goesBy, differs, newest } = await botNow()
    expect(versions).toMatchObject([
      { number: 3, who: 'token', again: 1, changes: ['effort', 'limits'] },
      { number: 2, who: 'token', again: null, changes: ['effort', 'limits'] },
      { number: 1, who: 'token', again: null, changes: ['instructions'] },
    ])
    expect({ goesBy, newest, differs }).toEqual({ goesBy: 3, newest: 3, differs: ['instructions'] })
    expect(words).toMatchObject({ instructions: PIRATE, effort: null, limits: { steps: 30 } })

    const two = BotComparison.parse(await (await asksBots('/versions/2?with=3')).json())
    expect(two.fields).toEqual([
      { name: 'effort', before: null, after: 'low' },
      {
        name: 'limits',
        before: expect.objectContaining({ steps: 30 }),
        after: { minutes: 10, outputTokens: 60_000, steps: 5 },
      },
    ])
    const one = BotComparison.parse(await (await asksBots('/versions/1')).json())
    expect(one.with).toBe('file')
    expect(one.instructions?.filter(({ is }) => is === 'new').map(({ text }) => text)).toEqual(
      PIRATE.split('\n'),
    )
  })

  it('saves nothing where nothing is different, and undoes nothing they have not read', async () => {
    expect(await saves({ instructions: file.instructions })).toEqual({ version: 0, isNew: false })
    await saves({ instructions: PIRATE, from: 0 })
    expect(await saves({ instructions: PIRATE, from: 1 })).toEqual({ version: 1, isNew: false })

    const late = await asksBots('', { method: 'PATCH', body: { instructions: 'Hm.', from: 0 } })
    expect(late.status).toBe(409)
    expect((await botNow()).words.instructions).toBe(PIRATE)
  })

  it.each<[object, string]>([
    [{ tools: ['boost', 'fly'] }, 'tools: there is no tool named fly'],
    [{ tools: ['boost', 'boost'] }, 'tools: boost stands there twice'],
    [{ model: 'gpt-9' }, 'model: no price is known of gpt-9'],
    [{ fallbackModel: 'gpt-9' }, 'fallbackModel: no price is known of gpt-9'],
    [{ effort: 'low', model: 'claude-haiku-4-5' }, 'model: claude-haiku-4-5 has no effort setting'],
    [{ effort: 'huge' }, 'effort: '],
    [{ instructions: '  ' }, 'instructions: '],
    [{ instructions: 'x'.repeat(50_001) }, 'instructions: '],
    [{ maxTokens: 1 }, 'maxTokens: '],
    [{ limits: { steps: 0 } }, 'limits.steps: '],
    [{ limits: { hours: 1 } }, 'limits.hours: '],
    [{ name: 'robo' }, 'name: '],
    [[], 'please send a JSON object'],
  ])('cannot save %j', async (changes, error) => {
    const answer = await asksBots('', { method: 'PATCH', body: changes })

    expect(answer.status).toBe(400)
    expect(Refusal.parse(await answer.json()).error).toContain(error)
    expect((await botNow()).newest).toBe(0)
  })

  it.each(['/versions/1', '/versions/x', '/versions/1?with=x'])(
    'is told that there is no %s',
    async (path) => {
      expect((await asksBots(path)).status).toBe(404)
    },
  )
})

describe('a turn under way', () => {
  it('keeps its words, its model and what it thought, whatever is saved and whoever dies', async () => {
    const { model, david } = world
    change({ fallbackModel: undefined })
    model.thinks('I shall look.').uses('read_messages').fails(529)
    await world.asks(david, 'what was said?')
    const before = systemOf(-1)

    await saves({ instructions: PIRATE, model: 'claude-opus-5-5', tools: ['boost'], effort: 'low' })
    await tells()
    await evictDurableObject(world.room())
    model.says('Nothing much.')
    await world.passes(30_000)
    expect(world.answers()).toEqual(['Nothing much.'])
    expect(systemOf(-1)).toBe(before)
    expect(model.prompts.at(-1)?.model).toBe(file.model)
    expect(bytes(-1)).toContain('I shall look.')

    model.says('Arr!')
    await world.asks(david, 'and now?')
    expect(systemOf(-1)).toContain('pirate')
    expect(bytes(-1)).toContain('Nothing much.')
    expect(bytes(-1)).not.toContain('I shall look.')
    expect([await savedIn(1), await savedIn(2)]).toEqual(['file', 1])
  })

  it('keeps a version that was saved, through two more', async () => {
    const { model, david } = world
    await saves({ instructions: PIRATE, fallbackModel: null })
    model.uses('read_messages').fails(529)
    await world.asks(david, 'what was said?')
    const before = systemOf(-1)
    expect(before).toContain('pirate')
    for (const instructions of ['You are a monk.', 'You are a nun.']) {
      await saves({ instructions, model: 'claude-opus-5-5' })
      await tells()
    }
    await evictDurableObject(world.room())
    model.says('Nothing much.').says('Amen.')
    await world.passes(30_000)
    expect([systemOf(-1), model.prompts.at(-1)?.model]).toEqual([before, file.model])

    await world.asks(david, 'and now?')
    expect(systemOf(-1)).toContain('nun')
    expect([await savedIn(1), await savedIn(2)]).toEqual([1, 3])
  })
})

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
    await world.asks(world.david, 'hi')
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

describe('a deploy', () => {
  it('that changes the file while the page holds a version changes nothing, and the page says so', async () => {
    await saves({ instructions: PIRATE, maxTokens: 4_000 })
    expect((await botNow()).fileChanged).toEqual([])

    change({ instructions: 'You are a sailor.', model: 'claude-opus-5-5' })
    const { fileChanged, differs, goesBy, file } = await botNow()
    expect(fileChanged).toEqual(['instructions', 'model'])
    expect(differs).toEqual(['instructions', 'model', 'maxTokens'])
    expect({ goesBy, instructions: file.instructions }).toEqual({
      goesBy: 1,
      instructions: 'You are a sailor.',
    })
    world.model.says('Arr!').says('Ahoy.')
    await world.asks(world.david, 'hi')
    expect(systemOf(-1)).toContain('pirate')

    await asksBots('/version', { method: 'DELETE' })
    await tells()
    await world.asks(world.david, 'hi')
    expect(systemOf(-1)).toContain('sailor')
    expect(await botNow()).toMatchObject({ goesBy: 'file', fileChanged: [], differs: [] })
  })

  it('that takes a tool away leaves the version with the others, and the page says which', async () => {
    await saves({ tools: ['boost', 'memory'] })
    await runInDurableObject(account(), (_, { storage: { sql } }) => {
      sql.exec('UPDATE bot_versions SET words = replace(words, \'"boost"\', \'"juggle"\')')
    })
    world.model.says('Hello.')
    await world.asks(world.david, 'hi')

    expect(toolsOf(-1)).toEqual(['memory'])
    expect((await botNow()).problem).toBe('tools: there is no tool named juggle')
  })

  it('of an older or newer version, whose words we do not know, leaves the rest', async () => {
    await saves({ instructions: PIRATE })
    await runInDurableObject(account(), (_, { storage: { sql } }) => {
      sql.exec(
        `UPDATE bot_versions SET words = '{"instructions":"Ahoy.","maxTokens":"many","mood":"glad"}'`,
      )
    })
    world.model.says('Hello.')
    await world.asks(world.david, 'hi')

    expect(systemOf(-1)).toContain('Ahoy.')
    expect(model()).toMatchObject({ max_tokens: 8_000, model: file.model })
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

describe('a test message', () => {
  it('is said in the room once, whoever presses twice', async () => {
    world.model.says('Hello.')
    await world.asks(world.david, 'hi')
    await world.room().tellNow()
    const test = { room: 1, words: 'Is this thing on?', id: 'once' }
    const says = async () => await asksBots('/test', { method: 'PATCH', body: test })
    expect([(await says()).status, (await says()).status]).toEqual([200, 200])
    await world.rings()
    await says()
    await world.rings()

    expect(world.answers()).toEqual(['Hello.', 'Is this thing on?'])
  })

  it.each([
    [{ room: 99, words: 'Hm?' }, 404],
    [{ room: 1, words: ' ' }, 400],
    [{ room: 1 }, 400],
  ])('of %j is refused', async (body, status) => {
    expect((await asksBots('/test', { method: 'PATCH', body })).status).toBe(status)
  })
})

function model() {
  return world.model.prompts.at(-1)
}

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
