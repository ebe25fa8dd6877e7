import { abortAllDurableObjects, evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { Room } from '../../src/room.ts'
import { useBotChanges } from '../support/bots.ts'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

/** Seven turns of about so many tokens; the next one makes it a long session. */
async function talksForLong(tokens = 900) {
  change({ compactAt: 1_000_000, reply: 'whole', fallbackModel: undefined })
  for (let topic = 1; topic <= 7; topic++) {
    world.model.says(`About ${topic}: ${'so it is and was. '.repeat((tokens * 4) / 18)}`)
    await world.asks(world.david, `Topic ${topic}`)
  }
  change({ compactAt: 5_000 })
}

const messages = () => world.model.prompts.at(-1)?.messages ?? []
const bytes = () => JSON.stringify(messages())
/** The model's last prompt says so. */
const reads = (words: string) => bytes().includes(words)
const compactions = () => world.rows('SELECT kind, state, error FROM compactions ORDER BY id')

describe('a conversation that grows long', () => {
  it('is told in short after a turn, and the newest turns stay as they were', async () => {
    await talksForLong()
    world.model.says('About 8.').compacts('They went through topics 1 to 6.')
    await world.asks(world.david, 'Topic 8')
    world.model.says('Blue, as you said.')
    await world.asks(world.david, 'What colour was it?')

    expect(messages()[0]?.role).toBe('assistant')
    expect(reads('They went through topics 1 to 6.')).toBe(true)
    expect(reads('About 6:')).toBe(false)
    for (const kept of ['About 7:', 'About 8.']) expect(reads(kept)).toBe(true)
    expect(world.answers().at(-1)).toBe('Blue, as you said.')
    expect(await compactions()).toEqual([{ kind: 'signed', state: 'used', error: null }])
  })

  it('is told from what the cache holds: the same bytes as the turn before it', async () => {
    await talksForLong()
    world.model.says('About 8.').compacts('In short.')
    await world.asks(world.david, 'Topic 8')

    const [turn, asked] = world.model.prompts.slice(-2).map(({ messages, tools, system }) => ({
      head: JSON.stringify({ tools, system }),
      messages: JSON.stringify(messages).slice(0, -1),
    }))
    expect(asked?.head).toBe(turn?.head)
    expect(asked?.messages.startsWith(turn?.messages ?? '?')).toBe(true)
  })

  it('is told by the model itself where the API cannot, and that is remembered', async () => {
    await talksForLong()
    const refusal = { message: 'compaction: Extra inputs are not permitted' }
    world.model.says('About 8.').fails(400, refusal).says('In my own words.')
    await world.asks(world.david, 'Topic 8')
    world.model.says('Blue.')
    await world.asks(world.david, 'What colour was it?')
    expect(reads('<summary of=\\"earlier conversation\\">\\nIn my own words.')).toBe(true)
    expect(await compactions()).toEqual([
      { kind: 'signed', state: 'failed', error: 'compaction' },
      { kind: 'told', state: 'used', error: null },
    ])

    change({ compactAt: 1_000_000 })
    for (let topic = 9; topic <= 12; topic++) {
      world.model.says(`About ${topic}: ${'on and on. '.repeat(300)}`)
      if (topic === 12) change({ compactAt: 5_000 })
      if (topic === 12) world.model.says('Once more in my own words.')
      await world.asks(world.david, `Topic ${topic}`)
    }
    expect((await compactions()).at(-1)).toEqual({ kind: 'told', state: 'used', error: null })
  })

  it('keeps nobody waiting meanwhile, and is not changed in the midst of a turn', async () => {
    await talksForLong()
    const gate = Promise.withResolvers<string>()
    world.model
      .says('About 8.')
      .compacts(() => gate.promise)
      .says('Hello Jason.')
      .says('Again.')
    await world.says(world.david, 'Topic 8')
    const ring = world.ringsOnce()
    await until(() => world.model.prompts.some((body) => 'compaction' in body))
    await world.says(world.jason, 'quick one')
    await until(() => world.answers().at(-1) === 'Hello Jason.')
    expect(reads('About 3:')).toBe(true)

    gate.resolve('In short.')
    await ring
    await world.asks(world.david, 'and again')
    expect(reads('In short.')).toBe(true)
    expect(reads('Hello Jason.')).toBe(true)
    expect(reads('About 3:')).toBe(false)
  })

  it('goes on as it was when we die over it, and the cost is booked', async () => {
    await talksForLong()
    world.model.says('About 8.').compacts(() => new Promise(() => {}))
    await world.says(world.david, 'Topic 8')
    const ring = world.ringsOnce().catch(() => {})
    await until(() => world.model.prompts.some((body) => 'compaction' in body))
    await abortAllDurableObjects()
    await ring
    await runInDurableObject(world.room(), (room: Room) => room.alarm())
    expect(await world.wakesIn()).toBeGreaterThan(0)

    await world.passes(20 * 60_000)
    world.model.says('Still here.').compacts('In short.')
    await world.asks(world.david, 'Topic 9')
    expect(reads('About 3:')).toBe(true)
    expect(await world.rows('SELECT state, cost > 0 AS booked FROM compactions')).toEqual([
      { state: 'lost', booked: 1 },
      { state: 'used', booked: 1 },
    ])
  })

  it('goes on as it was when the model is overloaded, and is not tried after each turn', async () => {
    await talksForLong()
    world.model.says('About 8.').fails(529).says('About 9.')
    await world.asks(world.david, 'Topic 8')
    await world.asks(world.david, 'Topic 9')
    expect(reads('About 3:')).toBe(true)
    expect(await compactions()).toEqual([{ kind: 'signed', state: 'failed', error: 'overloaded' }])

    world.model.says('About 10.').compacts('In short.')
    await world.passes(20 * 60_000)
    await world.asks(world.david, 'Topic 10')
    expect((await compactions()).at(-1)?.state).toBe('used')
  })

  it('that is reset meanwhile stays reset', async () => {
    await talksForLong()
    world.model
      .says('About 8.')
      .compacts(async () => {
        await world.room().resetSession()
        return 'What was said before the reset.'
      })
      .says('A new start.')
    await world.asks(world.david, 'Topic 8')
    await world.asks(world.david, 'Do you remember?')
    expect(reads('before the reset')).toBe(false)
    expect(await compactions()).toEqual([{ kind: 'signed', state: 'failed', error: 'outdated' }])
  })

  it('is the same after an eviction, byte for byte', async () => {
    await talksForLong()
    world.model.says('About 8.').compacts('In short.').says('Hot.').says('Warm.')
    await world.asks(world.david, 'Topic 8')
    await world.asks(world.david, 'one')
    const hot = bytes().slice(0, -1)
    await evictDurableObject(world.room())
    await world.asks(world.david, 'two')
    expect(bytes().startsWith(hot)).toBe(true)
  })

  it('is read in words by another model, and when the API takes the block no more', async () => {
    await talksForLong()
    world.model.says('About 8.').compacts('In short.')
    await world.asks(world.david, 'Topic 8')
    await world.room().changeSettings({ model: 'claude-opus-5-5' })
    world.model.says('From another model.')
    await world.asks(world.david, 'and?')
    expect(reads('<summary of=\\"earlier conversation\\">\\nIn short.')).toBe(true)

    await world.room().changeSettings({ model: null })
    world.model.fails(400, { message: 'messages: Invalid `signature` in `compaction` block' })
    world.model.says('Back again.')
    await world.asks(world.david, 'and now?')
    await world.passes(60_000)
    expect(world.answers().at(-1)).toBe('Back again.')
    expect(reads('<summary of=\\"earlier conversation\\">\\nIn short.')).toBe(true)
    expect(reads('About 8.')).toBe(true)
  })

  it('can be exported, and what it cost is in the statistics', async () => {
    await talksForLong()
    world.model.says('About 8.').compacts('In short.')
    await world.asks(world.david, 'Topic 8')
    const [first] = (await world.room().session()).split('\n')
    expect(JSON.parse(first ?? '')).toEqual({ summary: 'In short.' })
  })
})

/** For good, and said always. */
function keeping(fact: string) {
  return { action: 'remember', of: 'room', fact, always: true }
}

describe('what is always said', () => {
  it('stands before what remains of a long conversation, and before the next one', async () => {
    const fact = 'The launch is on 4 March, code word "otter"'
    change({ reply: 'whole' })
    world.model.uses('memory', keeping(fact)).says('Noted.')
    await world.asks(world.david, 'Remember: the launch is on 4 March, the code word is otter')
    await talksForLong()
    world.model.says('About 8.').compacts('In short.').says('4 March.')
    await world.asks(world.david, 'Topic 8')
    await world.asks(world.david, 'When is the launch?')
    expect(reads(`<pinned>\\n1. David said: ${JSON.stringify(fact).slice(1, -1)} (`)).toBe(true)

    world.model.says('They talked.').says('Otter.')
    await world.passes(2 * 86_400_000)
    await world.asks(world.david, 'And the code word?')
    expect(reads('otter')).toBe(true)
  })

  it('is taken off when it is done, and forgotten with who asked for it', async () => {
    change({ reply: 'whole' })
    const [tea, report] = [keeping('David likes tea'), keeping('Send the report')]
    world.model
      .uses([
        ['memory', tea],
        ['memory', report],
      ])
      .says('Noted.')
    await world.asks(world.david, 'I like tea, and remind us of the report')
    world.model.uses('memory', { ...keeping('Jason is on holiday'), number: 2 }).says('Done.')
    await world.asks(world.jason, 'The report is out. I am on holiday.')
    expect(await world.rows('SELECT fact FROM pins')).toEqual([
      { fact: 'David likes tea' },
      { fact: 'Jason is on holiday' },
    ])

    await world.asks(world.david, 'forget')
    expect(await world.rows('SELECT fact FROM pins')).toEqual([{ fact: 'Jason is on holiday' }])
  })
})

describe('a large tool result', () => {
  it('is a stub after a compaction once two turns have passed, and can be read again', async () => {
    const long = 'The minutes of the meeting, and so on. '.repeat(150)
    change({ compactAt: 1_000_000, reply: 'whole' })
    for (let topic = 1; topic <= 5; topic++) {
      world.model.says(`About ${topic}: ${'so it is and was. '.repeat(600)}`)
      await world.asks(world.david, `Topic ${topic}`)
    }
    await world.posts(world.jason, { text: long })
    world.model.uses('read_messages', { count: 2 }).says('It says so.')
    await world.asks(world.david, 'What did Jason post?')
    world.model.says('Yes.')
    await world.asks(world.david, 'Sure?')
    expect(reads('read_result, ')).toBe(false)

    change({ compactAt: 15_000 })
    world.model.says('Sure.').compacts('In short.')
    await world.asks(world.david, 'Really?')
    world.model.uses('read_result', { name: '6.1.1' }).says('Here it is.')
    await world.asks(world.david, 'Read it to me again')
    expect(reads('The whole of it: read_result, \\\\\\"6.1.1\\\\\\"')).toBe(true)
    const result = JSON.stringify(messages().at(-1)?.content)
    expect(result).toContain('The minutes of the meeting')
    expect(result.length).toBeGreaterThan(long.length)
  })
})
