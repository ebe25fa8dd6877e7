import { describe, expect, it, vi } from 'vitest'
import { bill } from '../support/worker.ts'
import { useWorld, type World } from '../support/world.ts'

const SECOND = 1_000
const FIRST = 'Let me see how that went.'
const LAST = '@Kevin, please look.'

describe('an answer that grows tells', () => {
  const world = useWorld()

  it('whoever is named in what came later, by a post of the last paragraph that names them', async () => {
    await knows(world)
    await says(world, [FIRST, 'It is slow.', '@Kevin made it.', 'So it is.', LAST])

    const [whole, ...more] = answers(world)
    expect(whole).toMatch(/^Let me see.*@Kevin made.*@Kevin, please look.$/s)
    expect(more).toEqual([LAST])
    expect(told(world)).toEqual([world.kevin.id])
    expect(await world.rows('SELECT part, state FROM replies WHERE turn = 2')).toEqual([
      { part: 1, state: 'posted' },
      { part: 2, state: 'posted' },
    ])
  })

  it('nobody a second time', async () => {
    await knows(world)
    await says(world, ['@Kevin made it.', 'It is slow.', LAST])

    expect(answers(world)).toHaveLength(1)
    expect(told(world)).toEqual([world.kevin.id])
  })

  it('nobody whose name is only the beginning of what is still being written', async () => {
    world.jason.name = 'Kevin Lee'
    await knows(world)
    await grows(world, [FIRST, ' @Kevin', ' Lee, please look.', ' It is slow.'])

    expect(told(world)).toEqual([world.jason.id])
    expect(answers(world)).toHaveLength(1)
  })

  it('several, each by their own last paragraph, in which nobody else is mentioned anew', async () => {
    await knows(world)
    const words = ['@Jason made it.', 'It is slow.', '@Jason and @Kevin: look.', 'So is the rest.']
    await says(world, [...words, '@David knows.'])

    expect(answers(world).slice(1)).toEqual(['Jason and @Kevin: look.', '@David knows.'])
    expect(told(world)).toEqual([world.jason.id, world.kevin.id, world.david.id])
  })

  it('of a list, the item', async () => {
    await knows(world)
    await says(world, [FIRST, 'It is slow.', '- one\n- for `@Kevin` and @Kevin\n- three'])

    expect(answers(world)[1]).toBe('for @Kevin and @Kevin')
    expect(told(world)).toEqual([world.kevin.id])
  })

  it.each([
    ['in code', 'Run `ping @Kevin`.\n\n```\n@Kevin\n```'],
    ['who is nobody here', '@Susan, please look.'],
    ['in an address', 'Write to mail@kevin.example.'],
    ['in a link', '[@Kevin](https://example.com)'],
  ])('nobody for a name %s', async (_, words) => {
    await knows(world)
    await says(world, [FIRST, 'It is slow.', words])

    expect(answers(world)).toHaveLength(1)
    expect(told(world)).toEqual([])
  })

  it('nobody of a direct anew: everyone there is told of each post', async () => {
    await knows(world)
    await says(world, [FIRST, 'It is slow.', '@David, please look.'], world.direct)

    expect(answers(world, world.direct)).toHaveLength(1)
  })

  it('for 2 billed writes more', async () => {
    await knows(world)
    const cost = async (last: string) => {
      bill.start()
      await says(world, [FIRST, 'It is slow.', last])
      return bill.written()
    }
    const alone = await cost('Kevin, please look.')
    expect(await cost(LAST)).toBe(alone + 2)
  })

  it('and remembers its words once', async () => {
    await knows(world)
    await says(world, [FIRST, 'It is slow.', LAST])

    const [archived] = await world.rows('SELECT text FROM said ORDER BY rowid DESC LIMIT 1')
    expect(String(archived?.text).match(/please look/g)).toHaveLength(1)
  })
})

describe('an answer that is posted whole', () => {
  const world = useWorld('v1.4.9')

  it('tells everyone by itself', async () => {
    await knows(world)
    await says(world, [FIRST, 'It is slow.', LAST])

    expect(answers(world)).toHaveLength(1)
    expect(told(world)).toEqual([world.kevin.id])
  })
})

/** Everybody has been mentioned once, so that the bot knows how to. */
async function knows(world: World) {
  const { david, jason, kevin, assistant, watercooler, direct, model } = world
  const mentions = [assistant.id, david.id, jason.id, kevin.id]
  for (const room of [watercooler, direct]) {
    model.says('Hello, all of you.')
    await world.posts(david, { text: 'meet everyone', mentions }, room)
    await world.rings(room)
  }
  world.campfire.notifications.length = 0
}

/** Each paragraph takes so long that it is seen before the next one is there. */
async function says(world: World, paragraphs: string[], room = world.watercooler) {
  const pieces = paragraphs.map((words, index) => (index ? `\n\n${words}` : words))
  await grows(world, pieces, room)
}

async function grows(world: World, pieces: string[], room = world.watercooler) {
  world.model.says(pieces.join(''), {
    pieces,
    before: async () => {
      for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
      vi.setSystemTime(Date.now() + 3 * SECOND)
    },
  })
  await world.asks(world.david, 'how did it go?', room)
}

/** What it said since everybody is known. */
function answers(world: World, room = world.watercooler) {
  return world
    .answers(room)
    .slice(1)
    .map((text) => text.replace(/(@\w+)\n/g, '$1'))
}

/** People whose phones rang for something that the bot said. */
function told({ campfire, assistant, watercooler }: World) {
  const own = new Set(campfire.postsOf(assistant, watercooler).map(({ id }) => id))
  return campfire.notifications.filter(({ messageId }) => own.has(messageId)).map(({ who }) => who)
}
