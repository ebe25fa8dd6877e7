import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { personName } from '../../src/address.ts'
import type { Room } from '../../src/room.ts'
import { SENTENCES } from '../../src/sentences.ts'
import { useBotChanges } from '../support/bots.ts'
import { within } from '../support/until.ts'
import { betweenPeople, bill } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

beforeEach(() => change({ reply: 'whole' }))
afterEach(() => {
  betweenPeople.meets = null
})

const OF_ME = { action: 'remember', of: 'me' }

/** David asks, and the model uses its memory so before it answers. Gives back what it was told. */
async function using(input: object, room: { id: number } = world.direct, asker = world.david) {
  world.model.uses('memory', input).says('Done.')
  await world.asks(asker, 'please', room)
  return JSON.parse(toldLast())
}

/** What the model read last of a tool. */
function toldLast() {
  const result = JSON.stringify(world.model.prompts.at(-1)?.messages.at(-1))
  const [, content = '""'] = /"content":("(?:[^"\\]|\\.)*")/.exec(result) ?? []
  return JSON.parse(content) as string
}

/** What the model is told about whoever asks. Null: nothing. */
async function aboutIn(room: { id: number }, asker = world.david) {
  world.model.says('Hello.')
  await world.asks(asker, 'hello', room)
  const own = JSON.stringify(world.model.prompts.at(-1)?.messages.at(-1))
  return /<person.*<\/person>/.exec(own)?.[0] ?? null
}

/** Every word that is stored of a room. */
async function rowsOf(room: { id: number }) {
  const tables = await world.rows("SELECT name FROM sqlite_master WHERE type = 'table'", room)
  const names = tables.map(({ name }) => String(name)).filter((name) => !name.startsWith('_cf'))
  const rows = await Promise.all(names.map((name) => world.rows(`SELECT * FROM ${name}`, room)))
  return JSON.stringify(rows)
}

function personOf({ id }: { id: number }) {
  return env.PEOPLE.getByName(personName({ url: 'https://chat.example.com' }, id))
}

describe('what somebody tells about themselves', () => {
  it('is told to the model behind their own message, in every room', async () => {
    await using({ ...OF_ME, fact: 'Likes tea.' }, world.office)
    const about = await aboutIn(world.watercooler)

    expect(about).toContain('<person id=\\"1\\" name=\\"David\\">')
    expect(about).toContain('1. Likes tea.')
    const [own] = world.model.prompts.at(-1)?.messages.slice(-1) ?? []
    const texts = Array.isArray(own?.content)
      ? own.content.map((block) => ('text' in block ? block.text : ''))
      : []
    expect(texts.at(-2)).toMatch(/^<asked>/)
    expect(texts.at(-1)).toMatch(/^<person/)
  })

  it('is nobody else’s', async () => {
    await using({ ...OF_ME, fact: 'Likes tea.' }, world.office)
    expect(await aboutIn(world.office, world.jason)).toBeNull()
    expect(world.model.bodies.at(-1)).not.toContain('Likes tea')
  })

  it('in a direct stays in directs, unless they said everywhere', async () => {
    await using({ ...OF_ME, fact: 'Is looking for another job.' })
    await using({ ...OF_ME, fact: 'Has two kids.', everywhere: true })

    expect(await aboutIn(world.direct)).toContain('another job')
    const inRoom = await aboutIn(world.watercooler)
    expect(inRoom).not.toContain('another job')
    expect(inRoom).toContain('Has two kids.')
    expect(inRoom).toContain('say that you answer that in a direct conversation')

    await using({ ...OF_ME, number: 1, everywhere: true })
    expect(await aboutIn(world.watercooler)).toContain('another job')
  })

  it('of their language, time zone and taste holds everywhere, and there is one of each', async () => {
    await using({ ...OF_ME, fact: 'language: German' })
    await using({ ...OF_ME, fact: 'time zone: Europe/Berlin' })
    await using({ ...OF_ME, fact: 'style: short, no emoji' })
    expect(await using({ ...OF_ME, fact: 'Language: French' })).toMatchObject({
      result: { number: 4, replaced: 1 },
    })

    const about = await aboutIn(world.watercooler)
    for (const line of [
      '4. language: French',
      '2. time zone: Europe/Berlin',
      'how they like answers: short',
    ])
      expect(about).toContain(line)
    expect(about).not.toContain('German')
  })

  it('takes the place of the one that it names', async () => {
    await using({ ...OF_ME, fact: 'Likes tea.' })
    const { result } = await using({ ...OF_ME, fact: 'Likes coffee.', number: 1 })

    expect(result).toEqual({
      number: 2,
      replaced: 1,
      told: 'Kept as 2, in place of 1. Say that it replaces it.',
    })
    expect(await aboutIn(world.direct)).not.toContain('tea')
  })

  it('is gone from the conversation when their turn is over, in whatever form', async () => {
    await using({ ...OF_ME, fact: 'Is fond of otters.' })
    await using({ action: 'recall', of: 'me' })
    expect(toldLast()).toContain('otters')
    await aboutIn(world.direct)
    expect(world.model.bodies.at(-1)?.split('otters')).toHaveLength(2)

    world.model.says('And so on.')
    await world.asks(world.david, 'and?', world.direct)
    expect(world.model.bodies.at(-1)?.split('<person id')).toHaveLength(2)
    expect(await rowsOf(world.direct)).not.toContain('otters')
    expect(
      await runInDurableObject(world.room(world.direct), (room: Room) => room.session()),
    ).not.toContain('otters')
  })

  it('can be read by nobody by the name of a result', async () => {
    await using({ ...OF_ME, fact: 'Is fond of otters.' })
    world.model
      .uses([
        ['memory', { action: 'recall', of: 'me' }],
        ['search_conversation', { words: 'x' }],
      ])
      .uses('read_result', { name: '2.1.1' })
      .says('Done.')
    await world.asks(world.david, 'what do you know?', world.direct)

    expect(toldLast()).toContain('not kept any more')
  })

  it('is said within limits, the newest first', async () => {
    for (let n = 1; n <= 20; n++) {
      await personOf(world.david).remember(
        `use ${n}`,
        { kind: 'fact', words: `${n}: ${'x'.repeat(490)}`, number: null, everywhere: true },
        { room: 1, isDirect: false, isAlone: false },
      )
    }
    const about = await aboutIn(world.watercooler)

    expect(about).toContain('20. 20: x')
    expect(about).not.toContain('1. 1: x')
    expect(about).toMatch(/8 more are kept: memory, with recall/)
  })
})

describe('asked what it knows about somebody, the bot', () => {
  it('shows all of it in a direct', async () => {
    await using({ ...OF_ME, fact: 'Likes tea.' }, world.office)
    await using({ ...OF_ME, fact: 'Is looking for another job.' })
    const { result } = await using({ action: 'recall', of: 'me' })

    expect(result).toMatchObject([
      { number: 1, fact: 'Likes tea.', used: 'everywhere' },
      { number: 2, fact: 'Is looking for another job.', used: 'in directs only' },
    ])
  })

  it('says in a room that it answers in a direct, and is told nothing of it', async () => {
    await using({ ...OF_ME, fact: 'Likes tea.' }, world.office)
    const { result } = await using({ action: 'recall', of: 'me' }, world.watercooler)

    expect(result).toEqual({ told: expect.stringMatching(/answer this in a direct conversation/) })
  })

  it('does so in a direct that others have joined', async () => {
    const { campfire, david, jason, assistant, model } = world
    const three = campfire.addDirect([david, jason, assistant])
    model.says('Hello Jason.')
    await world.asks(jason, 'hello', three)
    await using({ ...OF_ME, fact: 'Is looking for another job.' })

    expect(await aboutIn(three)).toBeNull()
    expect((await using({ action: 'recall', of: 'me' }, three)).result.told).toMatch(/others read/i)
  })
})

describe('what somebody wants forgotten', () => {
  it('is gone: one by its number, or all of it', async () => {
    await using({ ...OF_ME, fact: 'Likes tea.' })
    await using({ ...OF_ME, fact: 'Has two kids.' })
    await using({ action: 'forget', of: 'me', number: 1 })
    expect(await aboutIn(world.direct)).not.toContain('tea')
    expect((await using({ action: 'forget', of: 'me' })).result.told).toMatch(/is forgotten: 1 in/)

    expect(await aboutIn(world.direct)).toBeNull()
    const rows = await runInDurableObject(personOf(world.david), (_, { storage }) =>
      JSON.stringify([
        storage.sql.exec('SELECT * FROM facts').toArray(),
        storage.sql.exec('SELECT * FROM changes').toArray(),
      ]),
    )
    expect(rows).not.toMatch(/tea|kids/)
  })

  it('is not what the word forget is for, and it says so', async () => {
    await using({ ...OF_ME, fact: 'Likes tea.' })
    await world.asks(world.david, 'forget', world.direct)

    expect(SENTENCES.forgotten.direct).toContain('so is what you asked me to remember about you')
    expect(world.answers(world.direct).at(-1)).toBe(SENTENCES.forgotten.direct)
    expect(await aboutIn(world.direct)).toContain('Likes tea.')
  })
})

describe('it is not slowed down by it', () => {
  it.each<[string, () => Promise<never>]>([
    ['does not answer', () => new Promise(() => {})],
    ['fails', () => Promise.reject(new Error('disconnected: operation canceled by a test'))],
  ])('when a person’s object %s, the turn goes on without', async (_, meets) => {
    await using({ ...OF_ME, fact: 'Likes tea.' })
    betweenPeople.meets = meets

    expect(await within(3_000, aboutIn(world.direct))).toBeNull()
    expect(world.answers(world.direct).at(-1)).toBe('Hello.')
  })

  it('and the tool says that it cannot be reached', async () => {
    betweenPeople.meets = () =>
      Promise.reject(new Error('disconnected: operation canceled by a test'))
    expect(await using({ ...OF_ME, fact: 'Likes tea.' })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/cannot be reached right now/),
    })
  })

  it('tries again what may have been kept, and keeps it once', async () => {
    let times = 0
    betweenPeople.meets = async (what, side) => {
      if (what === 'change' && side === 'after' && ++times === 1)
        throw new Error('disconnected: operation canceled by a test')
    }
    expect(await using({ ...OF_ME, fact: 'Likes tea.' })).toMatchObject({ result: { number: 1 } })
    expect((await using({ action: 'recall', of: 'me' })).result).toHaveLength(1)
  })

  it('costs the room no write, and somebody who asked for nothing none at all', async () => {
    world.model.says('Warm.')
    await world.asks(world.david, 'hello')
    betweenPeople.cursors = []
    bill.start()
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    expect(bill.written()).toBe(14)
    expect(betweenPeople.written()).toBe(0)
    expect(betweenPeople.read()).toBeLessThan(5)

    await using({ ...OF_ME, fact: 'Likes tea.' }, world.watercooler)
    bill.start()
    await aboutIn(world.watercooler)
    expect(bill.written()).toBe(14)
  })
})

describe('nobody who might be somebody else', () => {
  it('opens a person’s memory: not who is only claimed to ask, nor another bot', async () => {
    await using({ ...OF_ME, fact: 'Likes tea.' }, world.office)
    let trips = 0
    betweenPeople.meets = async () => void trips++
    world.model.uses('memory', { action: 'recall', of: 'me' }).says('I cannot know.')
    await world.room().receive({
      id: 900,
      author: { id: -1, name: 'David' },
      text: 'what do you know about me?',
      room: { name: 'Watercooler', direct: false },
    })
    await world.rings()

    expect(JSON.parse(toldLast())).toMatchObject({
      ok: false,
      error: expect.stringMatching(/Nobody can be sure who asks/),
    })
    expect(world.model.bodies.at(-1)).not.toContain('<person id')
    expect(trips).toBe(0)
  })
})

describe('what somebody else has said yes to', () => {
  beforeEach(() => change({ approval: { memory: 'always' }, approvers: [2] }))

  /** David asks, Jason says yes, and it is run. */
  async function approved(input: object, said = 'Done.') {
    world.model.uses('memory', input)
    await world.asks(world.david, 'please keep that', world.office)
    world.model.says(said)
    await world.asks(world.jason, 'yes', world.office)
  }

  it('is kept of whoever asked for it, and not of whoever approves', async () => {
    await approved({ ...OF_ME, fact: 'Is fond of otters.' })

    expect(await aboutIn(world.office)).toContain('otters')
    expect(await aboutIn(world.office, world.jason)).toBeNull()
  })

  it('forgets nothing of whoever approves', async () => {
    change({ approval: {} })
    await using({ ...OF_ME, fact: 'Likes tea.' }, world.office, world.jason)
    change({ approval: { memory: 'always' } })
    await approved({ action: 'forget', of: 'me' })

    expect(await aboutIn(world.office, world.jason)).toContain('Likes tea')
  })

  it('stands in the room’s memory under the name and the message of whoever asked', async () => {
    await approved({ action: 'remember', of: 'room', fact: 'Tea is at five.' })

    const [pin] = await world.rows('SELECT author, message FROM pins', world.office)
    const [asked] = await world.rows(
      'SELECT id FROM messages WHERE author = 1 ORDER BY arrival DESC LIMIT 1',
      world.office,
    )
    expect(pin).toEqual({ author: 1, message: asked?.id })
  })

  it('is gone from the conversation when that turn is over', async () => {
    await approved({ ...OF_ME, fact: 'Is fond of otters.' })
    expect(JSON.stringify(world.model.prompts.at(-1)?.messages.at(-1))).toContain('Kept as 1')
    world.model.says('And so on.')
    await world.asks(world.jason, 'and?', world.office)

    const read = JSON.stringify(world.model.prompts.at(-1)?.messages)
    expect(read).not.toContain('Kept as 1')
    expect(read).toContain('It was about the asker')
  })
})
