import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { SENTENCES } from '../../src/sentences.ts'
import { OFFER } from '../support/drop.ts'
import { until } from '../support/until.ts'
import { useWorld, type World } from '../support/world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

for (const dialect of ['rails', 'port', 'v1.4.9'] as const) {
  describe(`on a Campfire of dialect ${dialect}`, () => {
    const world = useWorld(dialect)

    it('answers whoever mentions it', async () => {
      world.model.says('Hello, **David**.')
      await world.asks(world.david, 'hi there')

      expect(world.answers()).toEqual(['Hello, David.'])
      expect(world.campfire.messagesIn(world.watercooler)).toHaveLength(2)
    })

    it('answers everything in a direct, and nothing that is not for it in a room', async () => {
      world.model.says('At your service.')
      await world.posts(world.david, { text: 'psst' }, world.direct)
      await world.rings(world.direct)
      await world.posts(world.david, { text: 'not for you' })

      expect(world.answers(world.direct)).toEqual(['At your service.'])
      expect(world.answers()).toEqual([])
    })

    it('uses a tool and says what came of it', async () => {
      world.model
        .uses('search_conversation', { words: 'budget' })
        .says('Nothing was said about the budget.')
      await world.asks(world.david, 'what about the budget?')

      expect(world.answers()).toEqual(['Nothing was said about the budget.'])
      expect(JSON.stringify(world.model.prompts[1]?.messages)).toContain('\\"ok\\":true')
    })

    it('splits a long answer, and shows all of it', async () => {
      const paragraphs = Array.from(
        { length: 9 },
        (_, n) => `Paragraph ${n}. ${'word '.repeat(200)}`,
      )
      world.model.says(paragraphs.join('\n\n'))
      await world.asks(world.david, 'tell me everything')

      const answers = world.answers()
      expect(answers).toHaveLength(3)
      expect(answers.join(' ').match(/Paragraph \d/g)).toHaveLength(9)
    })

    it('attaches an answer that is too long for the room', async () => {
      const long = Array.from({ length: 60 }, (_, n) => `Point ${n}: ${'word '.repeat(80)}`)
      world.model.says(long.join('\n\n'))
      await world.asks(world.david, 'tell me more')

      const [first, file] = world.campfire.postsOf(world.assistant, world.watercooler)
      expect(first?.screen).toContain(SENTENCES.whole)
      expect(file?.file).toBe('answer.md')
      expect(new TextDecoder().decode(file?.bytes ?? undefined)).toContain('Point 59')
    })
  })
}

describe('the session', () => {
  const world = useWorld()

  it('is cold, then hot, then warm after the object was evicted, then hot', async () => {
    const { david, model } = world
    for (const answer of ['One.', 'Two.', 'Three.', 'Four.', 'Five.']) model.says(answer)
    await world.asks(david, 'question one')
    await world.asks(david, 'question two')
    await world.asks(david, 'question three')
    await evictDurableObject(world.room())
    await world.asks(david, 'question four')
    await world.asks(david, 'question five')

    expect(await tiers()).toEqual(['cold', 'hot', 'hot', 'warm', 'hot'])
    expect(JSON.stringify(model.prompts[3]?.messages)).toContain('question one')
  })

  it('sends the same bytes hot as warm', async () => {
    const { david, model } = world
    model
      .thinks('Hm.')
      .uses('search_conversation', { words: 'x' })
      .says('One.')
      .says('Two.')
      .says('Three.')
    await world.asks(david, 'question one')
    await world.asks(david, 'question two')
    await evictDurableObject(world.room())
    await world.asks(david, 'question three')

    const [, first, second, third] = model.prompts.map(({ messages }) =>
      JSON.stringify(messages).slice(0, -1),
    )
    expect(second?.startsWith(String(first))).toBe(true)
    expect(third?.startsWith(String(second))).toBe(true)
  })

  it('expires after a day; the next one is told of it in short, and search finds the old talk', async () => {
    const { david, model } = world
    model.says('Noted: the launch is on Friday.')
    await world.asks(david, 'the launch is on Friday')
    expect(await world.wakesIn()).toBe(MINUTE)
    await world.passes(HOUR)
    expect(await world.wakesIn()).toBe(23 * HOUR)
    await world.passes(23 * HOUR)
    expect(await world.wakesIn()).toBe(179 * 24 * HOUR)
    await world.passes(HOUR)

    model
      .answers(({ system }) =>
        JSON.stringify(system).includes('Summarize') ? 'They set the launch to Friday.' : '?',
      )
      .uses('search_conversation', { words: 'launch' })
      .says('On Friday.')
    await world.asks(david, 'when was it again?')

    expect(await tiers()).toEqual(['cold', 'cold'])
    expect(JSON.stringify(model.prompts[1]?.messages)).toContain('the launch is on Friday')
    expect(JSON.stringify(model.prompts[2]?.messages)).toContain('They set the launch to Friday.')
    expect(JSON.stringify(model.prompts[2]?.messages)).not.toContain('Noted')
    expect(JSON.stringify(model.prompts[3]?.messages)).toContain('Noted: the launch is on Friday.')
    expect(world.answers().at(-1)).toBe('On Friday.')
  })

  it('goes on without a summary when none can be had', async () => {
    const { david, model } = world
    model.says('Yes.')
    await world.asks(david, 'hello?')
    await world.passes(25 * HOUR)
    model.fails(529).fails(529).fails(529).says('Yes again.')
    await world.asks(david, 'hello again?')
    await world.passes(2_000)
    await world.passes(4_000)

    expect(world.answers()).toEqual(['Yes.', 'Yes again.'])
  })

  it('slides: every turn starts the time anew', async () => {
    const { david, model } = world
    model.says('One.').says('Two.').says('Three.')
    await world.asks(david, 'one')
    await world.passes(20 * HOUR)
    await world.asks(david, 'two')
    await world.passes(20 * HOUR)
    await world.asks(david, 'three')

    expect(await tiers()).toEqual(['cold', 'hot', 'hot'])
  })

  it('keeps no words for more than 180 days, and then there is no alarm any more', async () => {
    const { david, model } = world
    model.says('Noted.')
    await world.asks(david, 'the code is swordfish')
    await world.passes(180 * 24 * HOUR)
    await world.rings()

    expect(JSON.stringify(await everyRow(world, world.watercooler))).not.toContain('swordfish')
    expect(await world.wakesIn()).toBeNull()
  })

  async function tiers() {
    return (await world.rows('SELECT tier FROM turns')).map(({ tier }) => tier)
  }
})

describe('people', () => {
  const world = useWorld()

  it('are answered one after another, everyone once, and other rooms do not wait', async () => {
    const { campfire, model } = world
    const crowd = Array.from({ length: 20 }, (_, n) => campfire.addPerson(`Person ${n}`))
    for (const person of crowd) campfire.join(world.watercooler, person)
    for (const person of crowd) {
      await world.says(person, `first of ${person.name}`)
      await world.says(person, `second of ${person.name}`)
    }

    const gate = Promise.withResolvers<void>()
    model.says('Slowly.').waits(gate.promise).says('Meanwhile, here.')
    const ringing = world.rings()
    await until(() => model.prompts.length === 1)
    await world.asks(world.david, 'anyone?', world.office)
    expect(world.answers(world.office)).toEqual(['Meanwhile, here.'])

    for (const person of crowd.slice(1)) model.says(`To ${person.name}.`)
    gate.resolve()
    await ringing

    expect(world.answers()).toEqual(['Slowly.', ...crowd.slice(1).map(({ name }) => `To ${name}.`)])
    const asked = model.prompts.map(({ messages }) => askedIn(JSON.stringify(messages.at(-1))))
    expect(asked.filter((_, index) => index !== 1)).toEqual(
      crowd.map(({ name }) => [`first of ${name}`, `second of ${name}`]),
    )
    expect(await world.rows('SELECT count(*) AS n FROM messages WHERE turn IS NULL')).toEqual([
      { n: 0 },
    ])
    const turns = await world.rows('SELECT started, ended FROM turns ORDER BY id')
    for (const [index, { started }] of turns.entries()) {
      expect(Number(started)).toBeGreaterThanOrEqual(Number(turns[index - 1]?.ended ?? 0))
    }
  })

  it('see what others said meanwhile as context, and get their own answer later', async () => {
    const { david, jason, model } = world
    await world.says(david, 'where is lunch?')
    await world.says(jason, 'I want sushi')
    model.says('At noon, and Jason wants sushi.').says('Sushi it is.')
    await world.rings()

    const first = JSON.stringify(model.prompts[0]?.messages)
    expect(first).toMatch(
      /<context>.*I want sushi.*<\/context>.*<asked>.*where is lunch\?.*<\/asked>/,
    )
    expect(world.answers()).toEqual(['At noon, and Jason wants sushi.', 'Sushi it is.'])
  })

  it('who post a file get one answer for the file and the words with it', async () => {
    const { david, model, direct } = world
    const file = {
      name: 'report.pdf',
      type: 'application/pdf',
      bytes: new Uint8Array([37, 80, 68, 70]),
    }
    await world.posts(david, { file }, direct)
    await world.rings(direct)
    expect(world.answers(direct)).toEqual([])
    await world.posts(david, { text: 'what do you make of this?' }, direct)
    model.says("I can't open files here.")
    await world.rings(direct)

    const asked = JSON.stringify(model.prompts[0]?.messages)
    expect(asked).toContain('file=\\"report.pdf\\"')
    expect(asked).toContain('what do you make of this?')
    expect(asked).toContain('You cannot open a file that is posted here')
    expect(world.answers(direct)).toEqual([`I can't open files here.${OFFER}`])
  })

  it('who post only a file are told within a second that it cannot be opened', async () => {
    const { david, model, direct } = world
    const file = {
      name: 'report.pdf',
      type: 'application/pdf',
      bytes: new Uint8Array([37, 80, 68, 70]),
    }
    await world.posts(david, { file }, direct)
    model.says("I can't open report.pdf.")
    expect(await world.wakesIn(direct)).toBe(1_000)
    await world.passes(1_000, direct)

    expect(world.answers(direct)).toEqual([`I can't open report.pdf.${OFFER}`])
  })

  it('who only mention it are greeted', async () => {
    world.model.says('Hello! I can answer questions.')
    await world.asks(world.david, '')

    expect(JSON.stringify(world.model.prompts[0]?.messages)).toContain('without any words')
    expect(world.answers()).toEqual(['Hello! I can answer questions.'])
  })

  function askedIn(messages: string) {
    const asked = /<asked>(.*)<\/asked>/s.exec(messages)?.[1] ?? ''
    return [...asked.matchAll(/UTC\\">(.*?)<\/message>/g)].map((match) => match[1])
  }
})

describe('a control word', () => {
  const world = useWorld()

  it('help is answered without the model', async () => {
    await world.asks(world.david, 'Help!')

    expect(world.answers()[0]).toContain("I'm Assistant.")
    expect(world.model.prompts).toEqual([])
  })

  it('stop ends the running turn of the asker, and what was said so far stays', async () => {
    const { david, jason, model } = world
    model.hangs('text', 'Once upon a time').says('Jason, I have stopped nothing.')
    await world.says(david, 'tell me a story')
    const ringing = world.rings()
    await until(() => model.prompts.length === 1)
    await world.says(jason, 'stop')
    expect(model.hungUp).toBe(0)
    await world.says(david, 'Stop.')
    await ringing

    expect(model.hungUp).toBe(1)
    expect(world.answers()[0]).toMatch(/^Once.*\(stopped\)$/s)
    expect(world.answers()[1]).toBe('Jason, I have stopped nothing.')
    expect(await world.rows('SELECT state FROM turns')).toEqual([
      { state: 'stopped' },
      { state: 'replied' },
    ])
  })

  it('forget erases everything in a direct', async () => {
    const { david, model, direct } = world
    model.says('Noted.')
    await world.posts(david, { text: 'the code is swordfish' }, direct)
    await world.rings(direct)
    await world.posts(david, { text: 'Forget this conversation!' }, direct)
    await world.rings(direct)
    expect(world.answers(direct)[1]).toBe(SENTENCES.forgotten.direct)

    model.uses('search_conversation', { words: 'code' }).says('I know nothing of a code.')
    await world.posts(david, { text: 'what was the code?' }, direct)
    await world.rings(direct)

    expect(JSON.stringify(model.prompts.slice(1))).not.toContain('swordfish')
    expect(JSON.stringify(await everyRow(world, direct))).not.toContain('swordfish')
    expect((await world.rows('SELECT tier FROM turns', direct)).at(-1)).toEqual({ tier: 'cold' })
  })

  it('forget in a room erases what the sayer said, and leaves what others said', async () => {
    const { david, jason, model } = world
    model.says('Noted.').says('Noted too.')
    await world.asks(david, 'my shoe size is forty-four')
    await world.asks(jason, 'my shoe size is thirty-nine')
    await world.asks(david, 'forget')

    model.uses('search_conversation', { words: 'shoe' }).says('Only that of Jason.')
    await world.asks(jason, 'whose shoe size do you know?')
    const read = JSON.stringify(model.prompts.slice(2))
    expect(read).toContain('thirty-nine')
    expect(read).not.toContain('forty-four')
  })
})

async function everyRow(world: World, room: { id: number }) {
  const tables = [
    'messages',
    'turns',
    'steps',
    'tool_uses',
    'replies',
    'sessions',
    'said',
    'archive',
  ]
  return await Promise.all(tables.map((table) => world.rows(`SELECT * FROM ${table}`, room)))
}
