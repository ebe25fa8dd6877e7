import { describe, expect, it, vi } from 'vitest'
import type { Someone } from '../campground/composer.ts'
import { useBotChanges } from '../support/bots.ts'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const DAY = 86_400_000

describe('what is deleted in Campfire', () => {
  const world = useWorld()
  const assistant = useBotChanges()
  const last = () => JSON.stringify(world.model.prompts.at(-1)?.messages)

  it('while the bot works on it is in no further request of that turn', async () => {
    const { david, model, campfire } = world
    const gate = Promise.withResolvers<void>()
    model.uses('search_conversation', { words: 'x' }, { saying: 'Let me see.' })
    model.waits(gate.promise)
    let regretted = 0
    model.answers(() => {
      campfire.deleteMessage(regretted)
      vi.setSystemTime(Date.now() + 4 * SECOND)
      return 'Both, then.'
    })
    model.says('The first, then.').says('As ever.')
    await world.says(david, 'the first')
    const ringing = world.rings()
    await until(() => model.prompts.length === 1)
    regretted = await world.says(david, 'and swordfish')
    gate.resolve()
    await ringing

    expect(world.answers()).toEqual(['The first, then.'])
    expect(JSON.stringify(model.prompts[1])).toContain('swordfish')
    expect(last()).not.toContain('swordfish')
    await world.asks(david, 'and now?')
    expect(last()).toContain('The first, then.')
    expect(last()).not.toContain('swordfish')
  })

  it('after it was said while the bot worked leaves the question, and the answer to it', async () => {
    const { david, model, campfire } = world
    const gate = Promise.withResolvers<void>()
    model.uses('search_conversation', { words: 'x' }, { saying: 'Let me see.' })
    model.waits(gate.promise).says('Both, then.').says('As ever.')
    await world.says(david, 'the first')
    const ringing = world.rings()
    await until(() => model.prompts.length === 1)
    const regretted = await world.says(david, 'and swordfish')
    gate.resolve()
    await ringing
    campfire.deleteMessage(regretted)
    await world.talksElsewhere()
    await world.asks(david, 'and now?')
    expect(last()).toContain('the first')
    expect(last()).toContain('Both, then.')
    expect(last()).not.toContain('swordfish')
  })

  it('leaves the words beside it as they are, and the answer to them', async () => {
    const { david, jason, model, campfire } = world
    const gate = Promise.withResolvers<void>()
    model.says('Hello.').waits(gate.promise).says('Tea it is.').says('As ever.')
    await world.says(jason, 'hello')
    const ringing = world.rings()
    await until(() => model.prompts.length === 1)
    const first = await world.says(david, 'swordfish')
    await world.says(david, 'or tea?')
    gate.resolve()
    await ringing
    campfire.deleteMessage(first)
    await world.talksElsewhere()
    await world.asks(david, 'and now?')
    expect(last()).toContain('or tea?')
    expect(last()).toContain('Tea it is.')
    expect(last()).not.toContain('swordfish')
  })

  it('is not read in the quote of somebody else either, whenever that comes', async () => {
    const { david, jason, model, campfire } = world
    model.says('Noted.').says('As ever.').says('As ever.')
    const said = await world.asks(david, 'the password is swordfish')
    world.assistant.active = false
    const { message } = campfire.says(jason, world.watercooler, {
      text: 'this?',
      mentions: [3],
      replyTo: said,
    })
    world.assistant.active = true
    campfire.deleteMessage(said)
    await world.asks(david, 'and now?')
    await campfire.deliver(message)
    await world.rings()
    expect(last()).toContain('this?')
    expect(JSON.stringify(model.prompts.slice(1))).not.toContain('swordfish')
  })

  it('takes back what it had asked a yes for', async () => {
    assistant({ approval: { boost: 'always' } })
    const { david, jason, model, campfire } = world
    const id = await world.posts(jason, { text: 'a good idea' })
    model.uses('boost', { message_id: id, content: '👏' }).says('As ever.').says('Yes what?')
    const asked = await world.asks(david, 'boost it')
    campfire.deleteMessage(asked)
    await world.asks(jason, 'and now?')
    await world.asks(david, 'yes')
    const boosts = campfire.messagesIn(world.watercooler).flatMap((one) => one.boosts)
    expect(boosts.filter(({ content }) => content === '👏')).toEqual([])
  })

  it('is an answer of ours: the model has not said it any more', async () => {
    const { david, assistant: bot, model, campfire } = world
    model.says('The word is swordfish.').says('As ever.')
    await world.asks(david, 'what is the word?')
    await world.posts(david, { text: 'oh no' })
    campfire.deleteMessage(campfire.postsOf(bot, world.watercooler)[0]?.id ?? 0)
    await world.asks(david, 'and now?')
    expect(last()).toContain('what is the word?')
    expect(last()).not.toContain('swordfish')
  })

  it('while a turn of several steps was thought through: nothing is refused', async () => {
    const { david, jason, model, campfire } = world
    model.thinks('Let me read.').uses('read_messages', {})
    model.thinks('I see.').says('Well.').thinks('Hm.').says('As ever.')
    const said = await world.posts(jason, { text: 'mine is swordfish' })
    await world.asks(david, 'read')
    campfire.deleteMessage(said)
    await world.talksElsewhere()
    await world.asks(david, 'and now?')
    expect(model.refused).toEqual([])
    expect(last()).not.toContain('swordfish')
  })
})

describe('a reset by the operator', () => {
  const world = useWorld()

  it('takes the turn that is under way with it, and leaves the archive', async () => {
    const gate = Promise.withResolvers<void>()
    world.model.says('Swordfish, then.').waits(gate.promise)
    await world.says(world.david, 'it is swordfish')
    const ringing = world.rings()
    await until(() => world.model.prompts.length === 1)
    await world.room().resetSession()
    gate.resolve()
    await ringing

    expect(world.answers()).toEqual(['Swordfish, then.'])
    expect(await words(world.watercooler)).not.toMatch(/swordfish/i)
    expect(await world.rows('SELECT text FROM said')).toHaveLength(2)
    world.model.says('As ever.')
    await world.asks(world.david, 'and now?')
    expect(JSON.stringify(world.model.prompts.at(-1))).not.toMatch(/swordfish/i)
  })

  it('withdraws what waits for a yes', async () => {
    await world.rows(
      `INSERT INTO turns (id, session, kind, state, asker, asker_name, tier, taken_through, started, ended)
       VALUES (1, 1, 'talk', 'replied', 1, 'David', 'cold', 0, 0, 1)`,
    )
    await world.rows(
      `INSERT INTO approvals (turn, asker, tool, input, state, asked)
       VALUES (1, 1, 'boost', '{"content":"swordfish"}', 'waiting', ${Date.now()})`,
    )
    await world.room().resetSession()
    expect(await world.rows('SELECT input, state FROM approvals')).toEqual([
      { input: '{}', state: 'withdrawn' },
    ])
  })

  async function words(room: Someone) {
    const tables = ['turns', 'steps', 'tool_uses', 'replies', 'sessions', 'approvals']
    const rows = await Promise.all(tables.map((name) => world.rows(`SELECT * FROM ${name}`, room)))
    return JSON.stringify(rows)
  }
})

describe('at the end of its time', () => {
  const world = useWorld()

  it('a turn that failed after long, with nothing after it, loses its words as well', async () => {
    world.model.fails(401)
    await world.asks(world.david, 'it is swordfish')
    await world.rows(`UPDATE turns SET ended = ended + ${2 * DAY}`)
    for (let due = await world.wakesIn(); due !== null; due = await world.wakesIn()) {
      await world.passes(due)
    }
    expect(await world.rows('SELECT prompt FROM turns')).toEqual([{ prompt: null }])
  })
})
