import { describe, expect, it, vi } from 'vitest'
import { SENTENCES } from '../../src/sentences.ts'
import { until } from '../support/until.ts'
import { bill } from '../support/worker.ts'
import { useWorld, type World } from '../support/world.ts'

const SECOND = 1_000

describe('a sign', () => {
  const world = useWorld()

  it('shows at once that the bot is at it, and goes when the answer stands', async () => {
    const { model, david } = world
    const gate = Promise.withResolvers<void>()
    model.says('Here you are.').waits(gate.promise)
    await world.says(david, 'hello?')
    const ringing = world.rings()
    await until(() => boostsOn(world, 0).length === 1)
    expect(boostsOn(world, 0)).toEqual(['👀'])
    gate.resolve()
    await ringing

    expect(world.answers()).toEqual(['Here you are.'])
    expect(boostsOn(world, 0)).toEqual([])
  })

  it('tells others that they wait, until it is their turn', async () => {
    const { model, david, jason } = world
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    for (const gate of gates) model.says('Done.').waits(gate.promise)
    await world.says(david, 'first')
    const ringing = world.rings()
    await until(() => model.prompts.length === 1)
    await world.says(jason, 'second')
    await until(() => boostsOn(world, 1).length === 1)
    expect(boostsOn(world, 1)).toEqual(['⏳'])

    gates[0]?.resolve()
    await until(() => model.prompts.length === 2)
    await until(() => boostsOn(world, 1).includes('👀'))
    expect(boostsOn(world, 1)).toEqual(['👀'])
    gates[1]?.resolve()
    await ringing
    expect(world.campfire.messagesIn(world.watercooler).flatMap(({ boosts }) => boosts)).toEqual([])
  })

  it('that Campfire does not take is done without', async () => {
    world.fault = async (request) =>
      request.url.endsWith('/boosts') ? new Response('', { status: 500 }) : undefined
    world.model.says('Here.')
    await world.asks(world.david, 'hello?')

    expect(world.answers()).toEqual(['Here.'])
  })
})

describe('an answer that grows', () => {
  const world = useWorld()

  it('is created with its first paragraph, edited once a second, and complete in the end', async () => {
    const { model, david } = world
    const paragraphs = Array.from({ length: 6 }, (_, n) => `Paragraph ${n} is here.\n\n`)
    const seen: string[] = []
    slowly(world, paragraphs, seen)
    await world.asks(david, 'explain')

    expect(seen[0]).toBe('')
    expect(seen).toContain('Paragraph 0 is here.')
    for (const [index, text] of seen.entries())
      expect(text.startsWith(seen[index - 1] ?? '')).toBe(true)
    expect(world.answers()).toHaveLength(1)
    expect(world.answers()[0]).toContain('Paragraph 5')
    expect(posts(world)[0]?.edits).toBeLessThanOrEqual(7)
    expect(model.prompts).toHaveLength(1)
    expect(world.campfire.notifications.filter(({ messageId }) => messageId > 1)).toEqual([])
  })

  it('is created with its first sentence, which is what a phone shows', async () => {
    const seen: string[] = []
    slowly(world, ['We deploy ', 'on Fridays. ', 'Never ', 'later.'], seen, SECOND / 2)
    await world.asks(world.david, 'when?')
    expect(seen).toEqual(['', '', 'We deploy on Fridays.', 'We deploy on Fridays.'])
  })

  it('is created when its first sentence is there, though nothing follows for long', async () => {
    world.model.hangs('text', `We deploy on Fridays. ${'And then we go home. '.repeat(9)}`)
    const ringing = world.asks(world.david, 'when?')
    await until(() => world.model.prompts.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 50))
    vi.setSystemTime(Date.now() + SECOND / 2)
    await until(() => world.answers().length === 1)
    expect(world.answers()[0]).toContain('We deploy on Fridays.')
    await world.says(world.david, 'stop')
    await ringing
  })

  it('is posted in one where it is whole before anybody could read its beginning', async () => {
    slowly(world, ['We deploy ', 'on Fridays. ', 'Never later.'], [], 100)
    await world.asks(world.david, 'when?')
    expect(await world.rows('SELECT began FROM replies')).toEqual([{ began: null }])
  })

  it('is edited at most 30 times, however long it takes to write', async () => {
    slowly(
      world,
      Array.from({ length: 80 }, (_, n) => `Line ${n}.\n\n`),
      [],
      600,
    )
    await world.asks(world.david, 'a long one')

    expect(world.answers()[0]).toContain('Line 79.')
    expect(posts(world)[0]?.edits).toBeLessThanOrEqual(31)
  })

  it('stands where it began, however long it took: nothing is deleted and posted again', async () => {
    slowly(
      world,
      Array.from({ length: 10 }, (_, n) => `Line ${n}.\n\n`),
      [],
      8 * SECOND,
    )
    const deleted: string[] = []
    world.fault = async ({ method, url }) => {
      if (method === 'DELETE' && /messages\/\d+$/.test(url)) deleted.push(url)
      return undefined
    }
    await world.asks(world.david, 'a slow one')

    const [post] = posts(world)
    expect(posts(world)).toHaveLength(1)
    expect(post?.edits).toBeGreaterThan(5)
    expect(world.answers()[0]).toContain('Line 9.')
    expect(deleted).toEqual([])
  })

  it('shows what the tools are at', async () => {
    const { model, david } = world
    const seen: string[] = []
    model.uses(
      'search_conversation',
      { words: 'budget' },
      { saying: 'Let me look.\n\nOne moment.' },
    )
    model.answers(() => {
      seen.push(world.answers()[0] ?? '')
      return 'There is none.'
    })
    passing(world, 3 * SECOND)
    await world.asks(david, 'the budget?')

    expect(world.answers()).toEqual(['There is none.'])
  })

  it('that a person deletes is not posted again', async () => {
    slowly(
      world,
      Array.from({ length: 6 }, (_, n) => `Line ${n}.\n\n`),
      [],
      2 * SECOND,
      () => {
        const [post] = posts(world)
        if (post) world.campfire.deleteMessage(post)
      },
    )
    await world.asks(world.david, 'never mind')

    expect(posts(world)).toEqual([])
    expect(await world.rows('SELECT ended IS NULL AS open FROM turns')).toEqual([{ open: 0 }])
  })

  it('begins with a word about the model when that keeps failing', async () => {
    const { model, david } = world
    const seen: string[] = []
    for (let times = 0; times < 6; times++) model.fails(529)
    model.answers(async () => {
      await new Promise((resolve) => setTimeout(resolve))
      seen.push(world.answers()[0] ?? '')
      return 'Here after all.'
    })
    await world.asks(david, 'hello?')
    for (let times = 0; times < 6; times++) await world.passes(15 * SECOND)

    expect(seen[0]).toContain(SENTENCES.tryingAgain)
    expect(world.answers()).toEqual(['Here after all.'])
  })

  it('costs at most 16 billed writes, with its sign', async () => {
    world.model.says('One.')
    await world.asks(world.david, 'one')
    slowly(world, ['One paragraph.\n\n', 'Two.\n\n', 'Three.'], [], 2 * SECOND)
    bill.start()
    await world.asks(world.david, 'two')

    expect(posts(world)[1]?.edits).toBeGreaterThan(0)
    expect(bill.written()).toBeLessThanOrEqual(16)
  })
})

describe('the asker', () => {
  const world = useWorld()

  it('is heard at the next step', async () => {
    const { model, david, jason } = world
    const gate = Promise.withResolvers<void>()
    model.uses('search_conversation', { words: 'Q3' }, { saying: 'Let me see' }).waits(gate.promise)
    model.says('Only Q3, then.').says('Jason, hello.')
    await world.says(david, 'compare the quarters')
    const ringing = world.rings()
    await until(() => model.prompts.length === 1)
    await world.says(david, 'only Q3 please')
    await world.says(jason, 'hello')
    gate.resolve()
    await ringing

    const second = JSON.stringify(model.prompts[1]?.messages.at(-1))
    expect(second).toContain('only Q3 please')
    expect(second).not.toContain('hello')
    expect(world.answers()).toEqual(['Only Q3, then.', 'Jason, hello.'])
  })

  it('is heard also when the step had to be taken again', async () => {
    const { model, david } = world
    const gate = Promise.withResolvers<void>()
    model
      .uses('search_conversation', { words: 'Q3' }, { saying: 'Let me see' })
      .waits(gate.promise)
      .fails(529)
      .says('Q3.')
    await world.says(david, 'compare the quarters')
    const ringing = world.rings()
    await until(() => model.prompts.length === 1)
    await world.says(david, 'only Q3 please')
    gate.resolve()
    await ringing
    await world.passes(2 * SECOND)

    expect(JSON.stringify(model.prompts[2]?.messages.at(-1))).toContain('only Q3 please')
    expect(world.answers()).toEqual(['Q3.'])
  })
})

/** The model writes one piece after another, and each takes a while. */
function slowly(
  world: World,
  pieces: string[],
  seen: string[],
  ms = SECOND,
  each: (piece: number) => void = () => {},
) {
  world.model.says(pieces.join(''), {
    pieces,
    before: async (piece: number) => {
      for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
      vi.setSystemTime(Date.now() + ms)
      seen.push(world.answers().at(-1) ?? '')
      each(piece)
    },
  })
}

function passing(world: World, ms: number) {
  world.fault = async (request, when) => {
    if (when === 'after' && request.url.includes('/v1/messages')) vi.setSystemTime(Date.now() + ms)
    return undefined
  }
}

function boostsOn(world: World, index: number) {
  return (world.campfire.messagesIn(world.watercooler)[index]?.boosts ?? []).map(
    ({ content }) => content,
  )
}

function posts(world: World) {
  return world.campfire.postsOf(world.assistant, world.watercooler)
}
