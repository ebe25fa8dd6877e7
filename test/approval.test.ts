import { describe, expect, it } from 'vitest'
import { useBotChanges } from './support/bots.ts'
import { useWorld } from './support/world.ts'

const HOUR = 3_600_000

describe('a tool that needs a yes', () => {
  const world = useWorld()
  const assistant = useBotChanges()

  it('is asked for with its exact input, and run once after a yes', async () => {
    assistant({ approval: { boost: 'always' } })
    const { model, david, jason } = world
    const id = await world.posts(david, { text: 'a good idea' })
    model.uses('boost', { message_id: id, content: '👏' }, { saying: 'Gladly.' })
    await world.asks(david, 'boost it')

    expect(world.answers()[0]).toMatch(
      /^Gladly\.\s+May I react to a message here with 👏\? You \(David\) can reply @Assistant yes or no within a day\..*content: "👏"/s,
    )
    expect(boosts()).toEqual([])
    model.says('Jason, nothing yet.')
    await world.asks(jason, 'yes')
    expect(boosts()).toEqual([])

    model.says('Done.')
    await world.asks(david, 'Yes!')
    expect(boosts()).toEqual(['👏'])
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).toContain('has been run')
    model.says('Yes what?')
    await world.asks(david, 'yes')
    expect(boosts()).toEqual(['👏'])
    expect(world.answers()).toHaveLength(4)
  })

  it('is not run after a no, and the model is told', async () => {
    assistant({ approval: { boost: 'always' } })
    const { model, david } = world
    const id = await world.posts(david, { text: 'a good idea' })
    model.uses('boost', { message_id: id, content: '👏' }).says('As you wish.')
    await world.asks(david, 'boost it')
    await world.asks(david, 'no')

    expect(boosts()).toEqual([])
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).toContain('was refused')
    expect(world.answers()[1]).toBe('As you wish.')
  })

  it('is let go after a day, and the room is told', async () => {
    assistant({ approval: { boost: 'always' } })
    const { model, david } = world
    const id = await world.posts(david, { text: 'a good idea' })
    model.uses('boost', { message_id: id, content: '👏' })
    await world.asks(david, 'boost it')
    await world.passes(25 * HOUR)

    expect(world.answers()[1]).toBe("Nobody said yes within a day, so I didn't run boost.")
    model.says('Short.').says('Too late.')
    await world.asks(david, 'yes')
    expect(boosts()).toEqual([])
  })

  it('given once holds for that asker as long as the session does', async () => {
    assistant({ approval: { boost: 'once' } })
    const { model, david, jason } = world
    const id = await world.posts(david, { text: 'a good idea' })
    model.uses('boost', { message_id: id, content: '1' }).says('Done.')
    await world.asks(david, 'boost it')
    await world.asks(david, 'ok')
    model.uses('boost', { message_id: id, content: '2' }).says('Again.')
    await world.asks(david, 'once more')
    model.uses('boost', { message_id: id, content: '3' })
    await world.asks(jason, 'me too')

    expect(boosts()).toEqual(['1', '2'])
    expect(world.answers().at(-1)).toMatch(/You \(Jason\) can reply @Assistant yes or no/)
  })

  it('may be granted by those whom the bot names', async () => {
    assistant({ approval: { boost: 'always' }, approvers: [2] })
    const { model, david, jason } = world
    const id = await world.posts(david, { text: 'a good idea' })
    model.uses('boost', { message_id: id, content: '👏' }).says('Done.')
    await world.asks(david, 'boost it')
    await world.asks(jason, 'yes')

    expect(boosts()).toEqual(['👏'])
  })

  it('is asked for, and may be granted, in the language of whoever asked', async () => {
    assistant({ approval: { boost: 'always' } })
    const { model, david } = world
    const id = await world.posts(david, { text: 'a good idea' })
    model.uses('boost', { message_id: id, content: '👏' }).says('Erledigt.')
    await world.asks(david, 'kannst du das für mich boosten?')
    expect(world.answers()[0]).toMatch(
      /^Darf ich hier mit 👏 .*\? Antworten kannst du \(David\) mit @Assistant ja oder nein/,
    )

    await world.asks(david, 'Ja, bitte!')
    expect(boosts()).toEqual(['👏'])
    await world.asks(david, 'warum?')
    expect(world.answers()[2]).toMatch(
      /^Grund: ich wurde erwähnt\. Gelesen: eine Nachricht.*Werkzeuge: boost \(erledigt, genehmigt von David\)/s,
    )
  })

  it('and gets no answer, is given up in the language of whoever asked', async () => {
    assistant({ approval: { boost: 'always' } })
    const { model, david } = world
    const id = await world.posts(david, { text: 'a good idea' })
    model.uses('boost', { message_id: id, content: '👏' })
    await world.asks(david, 'tu peux réagir à ça pour moi ?')
    await world.passes(25 * HOUR)

    expect(world.answers()[1]).toMatch(/^Personne n’a dit oui en un jour/)
  })

  it('names those who may say yes beside the asker, and the bot by its name in this room', async () => {
    assistant({ approval: { boost: 'always' }, approvers: [1, 2, 99] })
    const { model, david, jason } = world
    model.says('Hello.')
    await world.asks(jason, 'hello')
    model.uses('boost', { message_id: 1, content: '👏' })
    await world.asks(david, 'boost it')

    expect(world.answers()[1]).toContain(
      'You (David), Jason or someone else who may approve this can reply @Assistant yes or no',
    )
  })

  it('takes a plain word in a direct, and a mention once two people speak there', async () => {
    assistant({ approval: { boost: 'always' } })
    const { model, campfire, david, jason, kevin, direct } = world
    model.uses('boost', { message_id: 1, content: '👏' })
    await world.asks(david, 'boost it', direct)
    expect(world.answers(direct)[0]).toContain('You can reply yes or no within a day.')

    const group = campfire.addDirect([david, jason, kevin, world.assistant], 9)
    model.says('Hi.').uses('boost', { message_id: 1, content: '👏' })
    await world.asks(jason, 'hi', group)
    await world.asks(david, 'boost it', group)
    expect(world.answers(group)[1]).toContain('You (David) can reply @Assistant yes or no')
  })

  it.each([
    ['a fence', 'Look:\n\n```js\nlet a'],
    ['HTML', 'Look:\n\n<pre>'],
    ['a comment', 'Look:\n\n<!-- so'],
    ['a quote', '> Look'],
    ['a list', '- Look\n  ```'],
  ])('stands apart from %s that the model has left open before it', async (_, saying) => {
    // In the same message, where nothing of it stands yet.
    assistant({ approval: { boost: 'always' }, reply: 'whole' })
    const { model, david } = world
    model.uses('boost', { message_id: 1, content: '👏' }, { saying })
    await world.asks(david, 'boost it')

    const [post] = world.campfire.postsOf(world.assistant, world.watercooler)
    expect(post?.screen).toMatch(/<p>May I react .*<strong>👏<\/strong>.*<em>@Assistant yes<\/em>/)
    expect(post?.screen).toMatch(/<pre[^>]*>message_id: 1\ncontent: [^<]*<\/pre>$/)
  })

  function boosts() {
    return world.campfire
      .messagesIn(world.watercooler)
      .flatMap(({ boosts }) => boosts.map(({ content }) => content))
      .filter((content) => content !== '👀')
  }
})
