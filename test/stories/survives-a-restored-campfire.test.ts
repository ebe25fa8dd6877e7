import { describe, expect, it, vi } from 'vitest'
import { settles } from '../faults/story.ts'
import { useWorld } from '../support/world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('a Campfire that was restored from a backup', () => {
  const world = useWorld()

  it('gives old numbers to new messages, and each is answered once', async () => {
    const backup = await hadADay()
    restore(backup)
    for (const answer of ['Six.', 'Seven.', 'Eight.', 'Nine.']) world.model.says(answer)
    await world.asks(world.david, 'six')
    await world.passes(MINUTE)
    await world.asks(world.jason, 'seven')
    await world.passes(10 * MINUTE)
    await world.asks(world.david, 'eight')
    await lose(() => world.says(world.kevin, 'nine'))
    for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual(['One.', 'Six.', 'Seven.', 'Eight.', 'Nine.'])
  })

  it('has nobody answered twice who edits what they said before we saw that it was restored', async () => {
    const backup = await hadADay()
    restore(backup)
    world.model.says('Six.').says('Seven.')
    const six = await world.asks(world.david, 'six')
    world.campfire.editAsPerson(six, { text: 'six, or so', mentions: [world.assistant] })
    await world.passes(MINUTE)
    await world.asks(world.jason, 'seven')
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual(['One.', 'Six.', 'Seven.'])
  })

  it.each([
    ['nearly an hour', HOUR - 1_000],
    ['a little more than an hour', HOUR + 1_000],
  ])(
    'nor when its clock is %s ahead of ours, and we had seen that its numbers went back',
    async (_, ahead) => {
      restore(await hadADay())
      world.model.says('Six.').says('Seven.')
      await world.asks(world.david, 'six')
      await world.posts(world.kevin, { text: 'Good morning' })
      const seven = await world.asks(world.jason, 'seven')
      world.campfire.messages.get(seven).at += ahead
      world.campfire.editAsPerson(seven, { text: 'seven, or so', mentions: [world.assistant] })
      for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

      expect(await world.rows("SELECT * FROM facts WHERE name = 'epoch'")).toHaveLength(1)
      expect(world.answers()).toEqual(['One.', 'Six.', 'Seven.'])
    },
  )

  it('nor who says something while we look, and edits it then', async () => {
    restore(await hadADay())
    let seven = 0
    world.fault = async ({ method }, when) => {
      if (method === 'GET' && when === 'after') seven ||= await world.says(world.jason, 'seven')
      return undefined
    }
    world.model.says('Six.').says('Seven.')
    await world.asks(world.david, 'six')
    world.campfire.editAsPerson(seven, { text: 'seven, or so', mentions: [world.assistant] })
    for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

    expect(seven).toBeGreaterThan(0)
    expect(world.answers()).toEqual(['One.', 'Six.', 'Seven.'])
  })

  it('has what was lost with it found as well, though its number was heard before', async () => {
    restore(await hadADay())
    await lose(() => world.says(world.kevin, 'lost as it came back'))
    for (const answer of ['Six.', 'Found.', 'Seven.']) world.model.says(answer)
    await world.asks(world.david, 'six')
    await world.passes(MINUTE)
    await world.asks(world.david, 'seven')
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(world.answers().toSorted()).toEqual(['Found.', 'One.', 'Seven.', 'Six.'])
  })

  it('has what was lost with it found, also where its numbers have come past the old ones since', async () => {
    const backup = await hadADay()
    const { lastMessageId } = world.campfire.messages.lastIds
    restore(backup)
    await lose(() => world.says(world.kevin, 'lost as it came back'))
    while (world.campfire.messages.lastIds.lastMessageId <= lastMessageId)
      await world.talksElsewhere()
    world.model.says('Six.').says('Found.')
    await world.asks(world.david, 'six')
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual(['One.', 'Six.', 'Found.'])
  })

  it('has what was lost before the backup found as well, however much was said since', async () => {
    await hadADay()
    await lose(() => world.says(world.kevin, 'lost before that'))
    for (let said = 0; said < 45; said++) await world.posts(world.kevin, { text: `aside ${said}` })
    listsNothing()
    world.model.says('Six.')
    await world.asks(world.david, 'six')
    const backup = world.campfire.messages.lastIds.lastMessageId
    for (const words of ['seven', 'seven and a half', 'nearly eight']) {
      world.model.says('Well.')
      await world.asks(world.david, words)
    }
    restore(backup)
    await world.passes(61 * MINUTE)
    for (const answer of ['Eight.', 'Nine.', 'Ten.', 'Found.']) world.model.says(answer)
    await world.asks(world.david, 'eight')
    await world.passes(MINUTE)
    await world.asks(world.jason, 'nine')
    await world.asks(world.david, 'ten')
    world.fault = null
    expect(await world.rows("SELECT * FROM facts WHERE name = 'epoch'")).toHaveLength(1)
    for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

    expect(world.answers().slice(5)).toEqual(['Six.', 'Eight.', 'Nine.', 'Ten.', 'Found.'])
  })

  it('does not get an answer twice when the answer to its post is lost', async () => {
    restore(await hadADay())
    let lost = 0
    world.fault = async (request, when) => {
      const isCreate = request.method === 'POST' && /rooms.*messages$/.test(request.url)
      return when === 'after' && isCreate && !lost++ ? new Response('', { status: 504 }) : undefined
    }
    world.model.says('Six.')
    await world.asks(world.david, 'six')
    await world.passes(MINUTE)
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual(['One.', 'Six.'])
  })

  it('nor a reminder, when its numbers have come past the old ones before we can look for it', async () => {
    const { model, campfire, david } = world
    const due = Math.ceil(Date.now() / HOUR) * HOUR + 6 * HOUR
    const at = new Date(due).toISOString().slice(0, 19)
    model.uses('reminders', { action: 'add', text: 'Tea', at }).says('Gladly.')
    await world.asks(david, 'remind me of tea')
    const backup = await hadADay()
    const { lastMessageId } = campfire.messages.lastIds
    restore(backup)
    model.says('Six.').says('Seven.')
    // That it was restored is sure a minute after it was seen.
    vi.setSystemTime(due - 20_000)
    await world.asks(david, 'six')
    let isLost = false
    world.fault = async (request, when) => {
      if (isLost && when === 'before') return new Response('', { status: 502 })
      isLost ||= when === 'after' && request.method === 'POST' && /messages$/.test(request.url)
      return isLost ? new Response('', { status: 504 }) : undefined
    }
    await world.passesBy(20_000)
    while (campfire.messages.lastIds.lastMessageId <= lastMessageId) await world.talksElsewhere()
    await world.says(world.jason, 'seven')
    world.fault = null
    await world.passesBy(10 * MINUTE)

    expect(isLost).toBe(true)
    expect(world.answers().filter((text) => text.includes('Tea'))).toHaveLength(1)
  })

  it('nor a reminder that comes before anybody could see that its numbers went back', async () => {
    const { model, david } = world
    const due = Math.ceil(Date.now() / HOUR) * HOUR + 6 * HOUR
    const at = new Date(due).toISOString().slice(0, 19)
    model.uses('reminders', { action: 'add', text: 'Tea', at }).says('Gladly.')
    await world.asks(david, 'remind me of tea')
    restore(await hadADay())
    let lost = 0
    world.fault = async (request, when) => {
      if (when === 'before' && request.method === 'GET' && !lost)
        return new Response('', { status: 502 })
      const isCreate = request.method === 'POST' && /messages$/.test(request.url)
      return when === 'after' && isCreate && !lost++ ? new Response('', { status: 504 }) : undefined
    }
    vi.setSystemTime(due)
    await world.passesBy(10 * MINUTE)

    expect(lost).toBe(1)
    expect(world.answers().filter((text) => text.includes('Tea'))).toHaveLength(1)
  })

  it('nor when nobody could see before that its numbers went back', async () => {
    restore(await hadADay())
    let lost = 0
    world.fault = async (request, when) => {
      if (when === 'before' && request.method === 'GET' && !lost)
        return new Response('', { status: 502 })
      const isCreate = request.method === 'POST' && /rooms.*messages$/.test(request.url)
      return when === 'after' && isCreate && !lost++ ? new Response('', { status: 504 }) : undefined
    }
    world.model.says('Six.')
    await world.says(world.david, 'six')
    await settles(world)
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(lost).toBe(1)
    expect(world.answers()).toEqual(['One.', 'Six.'])
  })

  it.each([0, 3, 45])(
    'nor when no list told of it, and it was sent again with %i lines since',
    async (lines) => {
      restore(await hadADay())
      let [areBroken, lost] = [true, 0]
      world.fault = async (request, when) => {
        const isList = request.method === 'GET' && request.url.includes('/messages')
        if (when === 'before' && isList && areBroken) return new Response('', { status: 500 })
        const isCreate = request.method === 'POST' && /rooms.*messages$/.test(request.url)
        return when === 'after' && isCreate && lost++ < 2
          ? new Response('', { status: 504 })
          : undefined
      }
      world.model.says('Six.')
      await world.says(world.david, 'six')
      await settles(world)
      for (let said = 0; said < lines; said++) await world.posts(world.kevin, { text: `${said}` })
      areBroken = false
      for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

      const [first, ...others] = world.answers()
      // While nobody could look it was said that nobody knows.
      expect([first, ...others.filter((answer) => !/find out/.test(answer))]).toEqual([
        'One.',
        'Six.',
      ])
    },
  )

  it.each([
    ['half an answer', 'draft'],
    ['one that was to be taken down', 'left'],
  ])('and lets an answer stand that has the number which %s had before', async (_, state) => {
    const backup = await hadADay()
    const number = world.campfire.messages.lastIds.lastMessageId
    const [old] = await world.rows('SELECT max(id) AS turn FROM turns')
    restore(backup)
    for (const answer of ['Six.', 'Seven.', 'Eight.', 'Nine.']) world.model.says(answer)
    for (const words of ['six', 'seven', 'eight']) {
      await world.asks(world.david, words)
      await world.passes(MINUTE)
    }
    await world.rows(`UPDATE replies SET state = '${state}' WHERE turn = ${old?.turn}`)
    await world.rows(`UPDATE turns SET doubt = 3 WHERE id = ${old?.turn}`)
    await world.asks(world.david, 'nine')
    expect(world.campfire.messages.lastIds.lastMessageId).toBe(number)
    for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual(['One.', 'Six.', 'Seven.', 'Eight.', 'Nine.'])
  })

  it('shows the model what was said since, and not what it has read before', async () => {
    restore(await hadADay())
    world.model.says('Six.').says('Seven.').says('Eight.')
    await world.asks(world.david, 'six')
    await world.passes(MINUTE)
    await world.asks(world.david, 'seven')
    await world.posts(world.kevin, { text: 'By the way' })
    await world.passes(MINUTE)
    await world.asks(world.david, 'eight')

    const last = JSON.stringify(world.model.prompts.at(-1)?.messages.at(-1))
    expect(last).toContain('By the way')
    expect(last).not.toContain('six')
  })

  it('never has the same numbers meet: what is known of a room goes on', async () => {
    restore(await hadADay())
    world.model.says('Six.').says('Seven.').says('Eight.')
    for (const words of ['six', 'seven', 'eight']) {
      await world.asks(world.jason, words)
      await world.passes(2 * MINUTE)
    }
    const rows = await world.rows('SELECT id, turn FROM messages ORDER BY arrival')
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    expect(rows.filter(({ id }) => Number(id) >= 2 ** 43)).not.toEqual([])
  })

  it.each([
    ['a question', 0],
    ['an answer of ours', 1],
  ])('and why goes by what stands there now, where %s had that number before', async (_, more) => {
    restore(await hadADay())
    for (let n = 0; n < more; n++) await world.posts(world.kevin, { text: 'Good morning' })
    world.model.says('Six.').says('Seven.').says('Eight.')
    const asked: number[] = []
    for (const words of ['six', 'seven', 'eight']) {
      asked.push(await world.asks(world.jason, words))
      await world.passes(2 * MINUTE)
    }
    const turns = await world.rows("SELECT id FROM turns WHERE kind = 'talk' ORDER BY id")
    const newest = turns.slice(-asked.length).map(({ id }) => `(3-1-${id})`)
    const told: string[] = []
    for (const replyTo of asked) {
      await world.posts(world.jason, { text: 'why', mentions: [world.assistant], replyTo })
      await world.rings()
      told.push(
        world
          .answers()
          .at(-1)
          ?.match(/\(3-1-\d+\)/)?.[0] ?? '',
      )
    }
    // Before anybody knows that it was restored a number may say nothing; it never tells of another turn.
    expect(told.slice(1)).toEqual(newest.slice(1))
    expect([newest[0], '']).toContain(told[0])
  })

  /** Five questions, one of them before the backup. */
  async function hadADay() {
    for (const answer of ['One.', 'Two.', 'Three.', 'Four.', 'Five.']) world.model.says(answer)
    await world.asks(world.david, 'one')
    const backup = world.campfire.messages.lastIds.lastMessageId
    for (const words of ['two', 'three', 'four', 'five']) await world.asks(world.david, words)
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)
    return backup
  }

  /** But for the newest page. */
  function listsNothing() {
    world.fault = async ({ method, url }) =>
      method === 'GET' && url.includes('?') ? new Response('', { status: 502 }) : undefined
  }

  function restore(last: number) {
    const { messages } = world.campfire
    messages.restore(last)
  }

  async function lose(say: () => Promise<unknown>) {
    world.assistant.active = false
    const said = say()
    world.assistant.active = true
    await said
  }
})

describe('somebody who deletes the newest messages', () => {
  const world = useWorld()

  it('begins no new epoch, however often', async () => {
    await world.posts(world.kevin, { text: 'Good morning' })
    for (let day = 0; day < 5; day++) {
      world.model.says(`Answer ${day}.`)
      await world.asks(world.david, `question ${day}`)
      for (const { id } of world.campfire.messagesIn(world.watercooler).slice(-2)) {
        world.campfire.messages.remove(id)
      }
      await world.talksElsewhere()
      for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)
    }
    world.model.says('Still here.')
    await world.asks(world.david, 'and now?')

    expect(world.answers()).toEqual(['Still here.'])
    expect(await world.rows('SELECT max(id) < 1000 AS low FROM messages')).toEqual([{ low: 1 }])
    expect(await world.rows("SELECT * FROM facts WHERE name = 'epoch'")).toEqual([])
  })
})

describe('a number that comes again, where nothing can be listed', () => {
  const world = useWorld('v1.4.9')

  it.each([
    ['the same author, at once, other words', 'david', 0, 'edited', false],
    ['the same author, two hours later, the same words', 'david', 2 * HOUR, 'hello', false],
    ['the same author, two hours later, other words', 'david', 2 * HOUR, 'good morning', true],
    ['another author, at once, the same words', 'jason', 0, 'hello', true],
  ] as const)('%s', async (_, who, later, text, isNew) => {
    world.model.says('One.')
    if (isNew) world.model.says('Two.')
    await world.room().receive(saying('david', 'hello'))
    await world.rings()
    await world.passes(later)
    await world.room().receive(saying(who, text))
    await world.rings()
    expect(world.answers()).toEqual(isNew ? ['One.', 'Two.'] : ['One.'])

    await world.room().receive(saying(who, text))
    await world.rings()
    expect(world.answers()).toHaveLength(isNew ? 2 : 1)
  })

  function saying(who: 'david' | 'jason', text: string) {
    const { id, name } = world[who]
    const room = { name: 'Watercooler', direct: false }
    return { id: 41, author: { id, name }, text, room }
  }
})

describe('a number that somebody has made up', () => {
  const world = useWorld()

  it('takes none away from a real message, and hides no answer', async () => {
    const next = world.campfire.messages.lastIds.lastMessageId + 1
    // Three answers come before what David says.
    for (const id of [next + 3, 9_007_199_254_740_991, 5_000_000]) {
      world.model.says('To the script.')
      const author = { id: world.david.id, name: 'David' }
      await world.room().receive({ id, author, text: 'from a script', room: null })
      await world.rings()
    }
    world.model.says('To David.')
    await world.asks(world.david, 'from a script')

    expect(world.answers()).toEqual([...Array(3).fill('To the script.'), 'To David.'])
    await hidesNoAnswer()
  })

  it('and that is too large to be one, or far too large, hides no answer either', async () => {
    const room = { name: 'Watercooler', direct: false }
    for (const id of [9_007_199_254_740_991, 4_000_000_000_000]) {
      world.model.says('Well.')
      const author = { id: world.david.id, name: 'David' }
      await world.room().receive({ id, author, text: `number ${id}`, room })
      await world.rings()
    }
    await hidesNoAnswer()
  })

  /** A reply whose number was lost is found again, and what no delivery brought, too. */
  async function hidesNoAnswer() {
    const before = world.answers().length
    let lost = 0
    world.fault = async (request, when) => {
      const isCreate = request.method === 'POST' && /rooms.*messages$/.test(request.url)
      return when === 'after' && isCreate && !lost++ ? new Response('', { status: 504 }) : undefined
    }
    world.model.says('Once.').says('Found.')
    await world.asks(world.jason, 'hello?')
    await world.passes(MINUTE)
    world.assistant.active = false
    const said = world.says(world.kevin, 'lost')
    world.assistant.active = true
    await said
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)
    expect(world.answers().slice(before)).toEqual(['Once.', 'Found.'])
  }
})
