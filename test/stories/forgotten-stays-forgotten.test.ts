import { describe, expect, it, vi } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

describe('after a forget in a room', () => {
  const world = useWorld()
  const assistant = useBotChanges()
  const read = (from = 0) => JSON.stringify(world.model.prompts.slice(from))

  it('what others said and were answered is found as before', async () => {
    await talk()
    await world.asks(world.david, 'forget')
    expect(await archived()).toEqual(['is mine thirty-nine?', 'Thirty-nine it is.'])
  })

  it('whoever quotes it, or the answer to it, shows nothing of it', async () => {
    const { mine, answer } = await talk()
    await world.asks(world.david, 'forget')
    const before = world.model.prompts.length
    for (const replyTo of [mine, answer]) {
      world.model.uses('read_messages', {}).says('I forgot.')
      await world.posts(world.jason, { text: 'what of this?', mentions: [3], replyTo })
      await world.rings()
    }
    await world.posts(world.kevin, { text: 'indeed', replyTo: mine })
    world.model.says('I forgot.')
    await world.asks(world.jason, 'and that?')

    expect(read(before)).toContain('(gone)')
    expect(read(before)).toContain('what of this?')
    expect(read(before)).toContain('Thirty-nine')
    expect(read(before)).not.toMatch(/forty-four/i)
  })

  it('what was said before it, and comes late, is met with silence and kept nowhere', async () => {
    const { campfire, david } = world
    world.model.says('Hello.')
    await world.asks(david, 'hello')
    world.assistant.active = false
    const { message } = campfire.says(david, world.watercooler, {
      text: 'my shoe size is forty-four',
      mentions: [3],
    })
    world.assistant.active = true
    await world.asks(david, 'forget')
    await campfire.deliver(message)
    await world.rings()

    expect(world.answers()).toHaveLength(2)
    expect(await world.rows('SELECT state, reason FROM turns ORDER BY id DESC LIMIT 1')).toEqual([
      { state: 'silent', reason: 'forgotten' },
    ])
    expect(await archived()).toEqual([])
  })

  it('what was said before it is no word to a turn under way either, when it comes late', async () => {
    const { campfire, david, model } = world
    model.says('Hello.')
    await world.asks(david, 'hello')
    world.assistant.active = false
    const late = { text: 'my shoe size is forty-four', mentions: [3] }
    const { message } = campfire.says(david, world.watercooler, late)
    world.assistant.active = true
    await world.asks(david, 'forget')
    const before = model.prompts.length
    const gate = Promise.withResolvers<void>()
    const input = { words: 'anything' }
    const search = { type: 'tool_use' as const, id: 'toolu_1', name: 'search_conversation', input }
    model.answers(async () => {
      await gate.promise
      return [search]
    })
    model.says('Here it is.')
    await world.says(david, 'what is my shoe size?')
    const ringing = world.rings()
    await until(() => model.prompts.length > before)
    await campfire.deliver(message)
    gate.resolve()
    await ringing

    expect(world.answers().at(-1)).toBe('Here it is.')
    expect(model.prompts.length).toBe(before + 2)
    expect(read(before)).not.toMatch(/forty-four/i)
    expect(await archived()).not.toContain('my shoe size is forty-four')
    expect(await world.rows('SELECT count(*) AS waiting FROM messages WHERE turn IS NULL')).toEqual(
      [{ waiting: 0 }],
    )
  })

  it('a turn that waits for Campfire goes on without what it had overheard of it', async () => {
    const { model, david, jason } = world
    let isShut = true
    world.fault = async (request, when) => {
      const isPost = when === 'before' && request.method === 'POST'
      const isRefused = isPost && isShut && (await request.clone().text()).includes('For Jason')
      return isRefused ? new Response('', { status: 403 }) : undefined
    }
    model.says('Forty-four.').says('For Jason.').says('For Jason again.')
    await world.asks(david, 'my shoe size is forty-four')
    await world.posts(david, { text: 'forty-four, as I said' })
    const asked = await world.asks(jason, 'what is new?')
    await world.asks(david, 'forget')
    const before = model.prompts.length
    world.campfire.editAsPerson(asked, { text: 'what else is new?', mentions: [3] })
    isShut = false
    await world.passesBy(5 * MINUTE)

    expect(world.answers().at(-1)).toBe('For Jason again.')
    expect(read(before)).toContain('what else is new?')
    expect(read(before)).not.toMatch(/forty-four/i)
  })

  it('what no delivery brought is not answered as missed', async () => {
    const { david } = world
    world.model.says('Hello.')
    await world.asks(david, 'hello')
    world.assistant.active = false
    await world.says(david, 'my shoe size is forty-four')
    world.assistant.active = true
    await world.asks(david, 'forget')
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)
    expect(world.answers()).toHaveLength(2)
    expect(await world.rows('SELECT id FROM turns')).toHaveLength(2)
  })

  it('what is said from then on is heard and kept', async () => {
    await talk()
    await world.asks(world.david, 'forget')
    world.model.uses('read_messages', {}).says('Forty-five it is.')
    await world.asks(world.david, 'now it is forty-five')
    world.model.says('Forty-five.')
    await world.asks(world.david, 'which?')
    expect(read(-1)).toContain('now it is forty-five')
    expect(await archived()).toContain('now it is forty-five')
  })

  it('what was said in that name through the webhook is gone, too', async () => {
    world.model.says('Forty-four, then.')
    await world.room().receive({
      id: 1,
      author: { id: 1, name: 'David' },
      text: 'my shoe size is forty-four',
      room: null,
    })
    await world.rings()
    await world.asks(world.david, 'forget')
    expect(await archived()).toEqual([])
  })

  it('nobody can say yes any more to what was asked before', async () => {
    assistant({ approval: { boost: 'always' }, approvers: [2] })
    const id = await world.posts(world.david, { text: 'a good idea' })
    world.model.uses('boost', { message_id: id, content: '👏' })
    await world.asks(world.david, 'boost it')
    await world.asks(world.kevin, 'forget')
    world.model.says('Yes what?').says('Yes what?')
    await world.asks(world.jason, 'yes')
    await world.asks(world.david, 'yes')
    const boosts = world.campfire.messagesIn(world.watercooler).flatMap((one) => one.boosts)
    expect(boosts.filter(({ content }) => content === '👏')).toEqual([])
    expect(await world.rows('SELECT state FROM approvals')).toEqual([{ state: 'withdrawn' }])
  })

  it('half an answer that a crash had left is finished in the room, and not kept again', async () => {
    const { turn } = await talk()
    await world.asks(world.david, 'forget')
    await world.rows(`UPDATE turns SET doubt = 3 WHERE id = ${turn}`)
    await world.rows(`UPDATE replies SET state = 'draft' WHERE turn = ${turn}`)
    await world.passes(MINUTE)
    expect(world.answers()[0]).toContain('cut off')
    expect(await world.rows(`SELECT state, body FROM replies WHERE turn = ${turn}`)).toEqual([
      { state: 'posted', body: '' },
    ])
  })

  async function talk() {
    world.model.says('Forty-four, then.').says('Thirty-nine it is.')
    const mine = await world.asks(world.david, 'my shoe size is forty-four')
    const answer = world.campfire.postsOf(world.assistant, world.watercooler).at(-1)?.id ?? 0
    await world.asks(world.jason, 'is mine thirty-nine?')
    return { mine, answer, turn: 1 }
  }

  async function archived() {
    const rows = await world.rows('SELECT text FROM said ORDER BY rowid')
    return rows.map(({ text }) => text)
  }
})

describe('where an answer has no number (v1.4.9)', () => {
  const world = useWorld('v1.4.9')

  it('it goes with whoever it was for, and no other', async () => {
    world.model.says('Forty-four, then.').says('Thirty-nine it is.')
    await world.asks(world.david, 'my shoe size is forty-four')
    vi.setSystemTime(Date.now() + SECOND)
    await world.asks(world.jason, 'is mine thirty-nine?')
    await world.rows(`INSERT INTO archive (words, text, author, name, at)
      SELECT words, text, author, name, at FROM said WHERE author = 3 ORDER BY rowid`)
    await world.rows('DELETE FROM said WHERE author = 3')
    await world.asks(world.david, 'forget')
    const rows = await world.rows('SELECT text FROM said UNION ALL SELECT text FROM archive')
    expect(rows.map(({ text }) => text)).toEqual(['is mine thirty-nine?', 'Thirty-nine it is.'])
  })
})
