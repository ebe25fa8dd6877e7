import { describe, expect, it } from 'vitest'
import { useBotChanges } from './support/bots.ts'
import { useWorld } from './support/world.ts'

const HOUR = 3_600_000

describe('a tool that needs leave', () => {
  const world = useWorld()
  const assistant = useBotChanges()

  it('is asked for with its exact input, and run once after a yes', async () => {
    assistant({ approval: { boost: 'always' } })
    const { model, david, jason } = world
    const id = await world.posts(david, { text: 'a good idea' })
    model.uses('boost', { message_id: id, content: '👏' }, { saying: 'Gladly.' })
    await world.asks(david, 'boost it')

    expect(world.answers()[0]).toMatch(/^Gladly\..*boost.*"content": "👏".*say yes or no/s)
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

    expect(world.answers()[1]).toContain('Nobody said yes')
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
    expect(world.answers().at(-1)).toContain('say yes or no')
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

  function boosts() {
    return world.campfire
      .messagesIn(world.watercooler)
      .flatMap(({ boosts }) => boosts.map(({ content }) => content))
      .filter((content) => content !== '👀')
  }
})
