import { describe, expect, it } from 'vitest'
import { useWorld } from '../support/world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

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
