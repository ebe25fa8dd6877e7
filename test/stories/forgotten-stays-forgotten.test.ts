import { describe, expect, it, vi } from 'vitest'
import type { Someone } from '../campground/composer.ts'
import { useBotChanges } from '../support/bots.ts'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 86_400_000

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

describe('in a Campfire whose numbers were given again (rails)', () => {
  const world = useWorld()

  it('what was said since is not taken for what was forgotten', async () => {
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    await world.asks(world.david, 'forget')
    const through = Number((await world.rows('SELECT through FROM forgotten'))[0]?.through)
    const era = { epoch: 1, from: 1, turn: 2, since: 0 }
    await world.rows(`INSERT INTO facts (name, value) VALUES ('epoch', '${JSON.stringify(era)}')`)
    world.model.says('Heard.')
    await world.room().receive({
      id: through - 1,
      author: { id: 1, name: 'David' },
      text: 'said since',
      room: { name: 'Watercooler', direct: false },
    })
    await world.rings()
    expect(world.answers().at(-1)).toBe('Heard.')
  })
})

describe.each(['rails', 'v1.4.9'] as const)(
  'after a forget, a Campfire that is restored (%s)',
  (dialect) => {
    const world = useWorld(dialect)

    it('loses nobody whose new messages have lower numbers than that had', async () => {
      const backup = await hadForgotten()
      world.campfire.messages.restore(backup)
      world.model.says('Here I am.')
      await world.asks(world.david, 'are you there?')

      expect(world.answers().at(-1)).toBe('Here I am.')
    })

    it('has what is forgotten before we know of it forgotten for good', async () => {
      const { model, david, jason } = world
      const backup = await hadForgotten()
      world.campfire.messages.restore(backup)
      model.says('Noted.').says('Noted, too.')
      await world.asks(david, 'it is forty-two')
      await world.asks(david, 'no, it is forty-four')
      await world.asks(david, 'forget')
      const before = model.prompts.length
      for (const words of ['one', 'two', 'three']) {
        await world.passes(MINUTE)
        model.uses('read_messages', {}).says('Well.')
        await world.asks(jason, words)
      }

      expect(JSON.stringify(model.prompts.slice(before))).not.toMatch(/forty-(two|four)/)
    })

    /** The newest number in the backup. */
    async function hadForgotten() {
      world.model.says('Hello.').says('Hello again.').says('And again.')
      await world.asks(world.david, 'hello')
      const backup = world.campfire.messages.lastIds.lastMessageId
      for (const words of ['again', 'and again']) await world.asks(world.david, words)
      for (let said = 0; said < 6; said++) await world.posts(world.kevin, { text: 'aside' })
      await world.asks(world.david, 'forget')
      for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)
      return backup
    }
  },
)

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
