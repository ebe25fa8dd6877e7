import { describe, expect, it, vi } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'

// A yes runs a tool. So it must say what it is for: the request that it quotes, or else the newest thing
// that was said to whoever answers.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const JASON = 2

describe('a yes', () => {
  const world = useWorld()
  const assistant = useBotChanges()

  it('counts for nothing after its asker has said no in other words, and the model is told', async () => {
    await wants()
    await saysTo('no, don’t do that!', 'All right, I won’t.')
    expect(lastPrompt()).toContain('Your request was withdrawn')
    await saysTo('yes', 'Yes to what?')

    expect(claps()).toEqual([])
    expect(lastPrompt()).toMatch(/<\/now>\\n<hint>.*nothing was approved.*<\/hint>"/)
    expect(request()).toMatch(/Withdrawn$/)
  })

  it('counts for nothing as the answer to another question, two turns later', async () => {
    await wants()
    await saysTo('what is for lunch?', 'Soup. And a salad?')
    await saysTo('yes', 'With a salad, then.')

    expect(claps()).toEqual([])
  })

  it('counts for nothing after a stop, when there is nothing to stop any more', async () => {
    await wants()
    await saysTo('stop', 'Nothing is running.')
    await saysTo('yes', 'Yes to what?')

    expect(claps()).toEqual([])
    expect(request()).toMatch(/Withdrawn$/)
  })

  it('counts for nothing after a stop of something else', async () => {
    const { model, david } = world
    await wants()
    await world.asks(david, 'help')
    model.hangs('text', 'Yes to what?')
    await world.says(david, 'yes')
    const ringing = world.rings()
    await until(() => model.prompts.length === 2)
    await world.says(david, 'stop')
    await ringing
    await quotes('yes', 'Yes to what?')

    expect(claps()).toEqual([])
    expect(request()).toMatch(/Withdrawn$/)
  })

  it('counts for nothing after a stop while the request is on its way', async () => {
    const { model, david } = world
    assistant({ approval: { boost: 'always' } })
    await world.posts(david, { text: 'a good idea' })
    model.uses('boost', { message_id: 1, content: '👏' })
    beforeItIsPosted(() => world.says(david, 'stop'))
    await world.asks(david, 'boost it')
    await quotes('yes', 'Yes to what?')
    await saysTo('yes', 'Yes to what?')

    expect(claps()).toEqual([])
    for (const answer of world.answers()) expect(answer).not.toMatch(/a day\..*"👏"$/s)
  })

  it('counts for nothing after `forget`', async () => {
    await wants()
    await world.asks(world.david, 'forget')
    await saysTo('yes', 'Yes to what?')
    await quotes('yes', 'Yes to what?')

    expect(claps()).toEqual([])
    expect(request()).toMatch(/Withdrawn$/)
  })

  it('counts for nothing after somebody else had the conversation forgotten', async () => {
    await wants()
    await world.asks(world.jason, 'forget')
    await quotes('yes', 'Yes to what?')

    expect(claps()).toEqual([])
  })

  it('counts for nothing after the operator has begun the conversation anew', async () => {
    await wants()
    await world.room().resetSession()
    await world.rings()
    expect(request()).toMatch(/Withdrawn$/)
    await quotes('yes', 'Yes to what?')

    expect(claps()).toEqual([])
  })

  it('counts for nothing when the conversation is over', async () => {
    assistant({ ttlMinutes: 60 })
    await wants()
    await world.passes(HOUR)
    expect(request()).toMatch(/Withdrawn$/)
    world.model.says('They wanted a boost.').says('Yes to what?')
    await world.asks(world.david, 'yes')

    expect(claps()).toEqual([])
  })

  it('counts for nothing in the very moment in which the conversation is over', async () => {
    assistant({ ttlMinutes: 60 })
    await wants()
    world.model.says('They wanted a boost.').says('Yes to what?')
    vi.setSystemTime(Date.now() + 2 * HOUR)
    await quotes('yes')

    expect(claps()).toEqual([])
  })

  it('counts for nothing before the request stands in the room', async () => {
    const { model, david } = world
    assistant({ approval: { boost: 'always' } })
    await world.posts(david, { text: 'a good idea' })
    model.uses('boost', { message_id: 1, content: '👏' }).says('Yes to what?')
    beforeItIsPosted(() => world.says(david, 'yes'))
    await world.asks(david, 'boost it')

    expect(claps()).toEqual([])
    expect(lastPrompt()).toContain('nothing was approved')
    expect(request()).not.toMatch(/Withdrawn$/)
    await quotes('yes', 'Done.')
    expect(claps()).toEqual(['👏'])
  })

  it('counts for nothing when it was said before the message that grows became a request', async () => {
    const { model, david, campfire, assistant: bot } = world
    assistant({ approval: { boost: 'always' } })
    await world.posts(david, { text: 'a good idea' })
    const saying = 'Let me see.\n\nShall I go on?\n\nI will.'
    const pieces = ['Let me see.\n\n', 'Shall I go on?\n\n', 'I will.']
    let isSaid = false
    model.uses(
      'boost',
      { message_id: 1, content: '👏' },
      {
        saying,
        pieces,
        before: async () => {
          for (let turns = 0; turns < 5; turns++)
            await new Promise((resolve) => setTimeout(resolve))
          vi.setSystemTime(Date.now() + 2_000)
          if (isSaid || !campfire.postsOf(bot, world.watercooler).length) return
          isSaid = true
          await world.says(david, 'yes')
        },
      },
    )
    model.says('Yes to what?')
    await world.asks(david, 'boost it')

    expect(isSaid).toBe(true)
    expect(claps()).toEqual([])
    // What grew stands where it began; the request is a message of its own below the early yes.
    const [grown, request] = world.answers()
    expect(grown).toContain('Shall I go on?')
    expect(grown).not.toContain('yes</')
    expect(request).toContain('May I')
    expect(world.answers()).toHaveLength(3)
    await quotes('yes', 'Done.')
    expect(claps()).toEqual(['👏'])
  })

  it('of an approver counts for nothing as the answer to a question of their own', async () => {
    const { model, david, jason } = world
    assistant({ approvers: [JASON] })
    await wants()
    model.says('Soup. And a salad?')
    await world.asks(jason, 'what is for lunch?')
    model.says('With a salad, then.')
    await world.asks(jason, 'yes')
    expect(claps()).toEqual([])
    expect(lastPrompt()).toContain('nothing was approved')

    model.says('Done.')
    await world.asks(david, 'yes')
    expect(claps()).toEqual(['👏'])
  })

  it('of somebody who was made an approver after the request counts for nothing', async () => {
    assistant({ approvers: [4] })
    await wants()
    assistant({ approvers: [JASON] })
    world.model.says('Not you.').says('Nor you.')
    await world.asks(world.jason, 'yes')
    await world.asks(world.kevin, 'yes')

    expect(claps()).toEqual([])
  })

  it('counts after a word in between when it quotes the request, and only then', async () => {
    await wants()
    await world.asks(world.david, 'help')
    await saysTo('yes', 'Yes to what?')
    expect(claps()).toEqual([])
    await quotes('yes', 'Done.')

    expect(claps()).toEqual(['👏'])
    expect(request()).toMatch(/Approved by David$/)
  })

  it('counts for nothing when it quotes something else', async () => {
    const { jason, david, assistant: bot } = world
    await wants()
    const question = await world.posts(jason, { text: 'shall we eat?' })
    world.model.says('Enjoy.')
    await world.posts(david, { text: 'yes', mentions: [bot], replyTo: question })
    await world.rings()

    expect(claps()).toEqual([])
  })

  it('counts when it quotes any part of a request that was posted in several', async () => {
    const { campfire, model, david, watercooler, assistant: bot } = world
    assistant({ approval: { boost: 'always' } })
    await world.posts(david, { text: 'a good idea' })
    const saying = Array.from({ length: 9 }, (_, n) => `Point ${n}. ${'word '.repeat(200)}`).join(
      '\n\n',
    )
    model.uses('boost', { message_id: 1, content: '👏' }, { saying })
    await world.asks(david, 'boost it')
    const [first, ...more] = campfire.postsOf(bot, watercooler)
    expect(more.length).toBeGreaterThan(1)
    await world.asks(david, 'help')
    await quotes('yes', 'Done.', first?.id)

    expect(claps()).toEqual(['👏'])
    expect(world.answers()[0]).not.toContain('Approved')
    expect(world.answers()[more.length]).toMatch(/Approved by David$/)
  })

  it('counts for what its own asker has wanted, when two wait for an answer', async () => {
    const { model, david, kevin } = world
    await wants()
    model.uses('boost', { message_id: 1, content: '🎉' })
    await world.asks(kevin, 'celebrate it')
    model.says('Done.').says('Done, too.')
    await world.asks(david, 'yes')
    expect(claps()).toEqual(['👏'])
    await world.asks(kevin, 'yes')

    expect(claps()).toEqual(['👏', '🎉'])
  })

  it('of an approver who was asked twice counts for the newer, and then for nothing', async () => {
    const { model, kevin, jason } = world
    assistant({ approvers: [JASON] })
    await wants()
    model.uses('boost', { message_id: 1, content: '🎉' })
    await world.asks(kevin, 'celebrate it')
    model.says('Done.').says('Yes to what?')
    await world.asks(jason, 'yes')
    await world.asks(jason, 'yes')

    expect(claps()).toEqual(['🎉'])
  })

  it('of an approver who quotes the older of two counts for that', async () => {
    const { model, kevin, jason } = world
    assistant({ approvers: [JASON] })
    await wants()
    const [older] = posts()
    model.uses('boost', { message_id: 1, content: '🎉' })
    await world.asks(kevin, 'celebrate it')
    await quotes('yes', 'Done.', older?.id, jason)

    expect(claps()).toEqual(['👏'])
    expect(request()).toMatch(/Approved by Jason$/)
  })

  it('counts for both of two things that were asked for in one message', async () => {
    const { model, david } = world
    assistant({ approval: { boost: 'always' } })
    await world.posts(david, { text: 'a good idea' })
    const clap = (content: string) => ({ message_id: 1, content })
    model.uses([
      ['boost', clap('1')],
      ['boost', clap('2')],
    ])
    await world.asks(david, 'boost it twice')
    model.says('Done.')
    await world.asks(david, 'yes')

    expect(claps()).toEqual(['1', '2'])
    expect(request()).toMatch(/Approved by David$/)
  })

  it('counts for nothing when somebody has deleted the request', async () => {
    await wants()
    world.campfire.deleteMessage(posts()[0]?.id ?? 0)
    await saysTo('yes', 'Yes to what?')

    expect(claps()).toEqual([])
    expect(await world.rows('SELECT state, input FROM approvals')).toEqual([
      { state: 'withdrawn', input: '{}' },
    ])
  })

  it('counts for nothing where nobody knows where the request stands', async () => {
    world.fault = async ({ method, url }, when) => {
      if (method === 'GET') return new Response('', { status: 503 })
      const isPosted = method === 'POST' && url.endsWith('/messages') && url.includes('/rooms/')
      return isPosted && when === 'after' ? new Response('', { status: 201 }) : undefined
    }
    await wants()
    world.fault = null
    await saysTo('yes', 'Yes to what?')

    expect(claps()).toEqual([])
  })

  it('counts for nothing when it has no number of Campfire’s', async () => {
    await wants()
    world.model.says('Yes to what?')
    await world.room().receive({ author: { id: world.david.id, name: 'David' }, text: 'yes' })
    await world.rings()

    expect(claps()).toEqual([])
    expect(lastPrompt()).toContain('nothing was approved')
  })

  it('is no matter of approvals where nothing was asked', async () => {
    world.model.says('Tea?').says('Here you are.')
    await world.asks(world.david, 'hello')
    await world.asks(world.david, 'yes')

    expect(lastPrompt()).not.toContain('approved')
  })

  /** David wants his words boosted, and the bot asks him for a yes. */
  async function wants() {
    const { model, david } = world
    assistant({ approval: { boost: 'always' } })
    const id = await world.posts(david, { text: 'a good idea' })
    model.uses('boost', { message_id: id, content: '👏' })
    await world.asks(david, 'boost it')
    expect(request()).toMatch(/^May I react/)
  }

  /** Once, before the next thing that the bot says. */
  function beforeItIsPosted(happens: () => Promise<unknown>) {
    world.fault = async ({ method, url }, when) => {
      if (method !== 'POST' || !url.endsWith('/messages') || when !== 'before') return undefined
      world.fault = null
      await happens()
      return undefined
    }
  }

  async function saysTo(text: string, answer: string) {
    world.model.says(answer)
    await world.asks(world.david, text)
  }

  async function quotes(
    text: string,
    answer?: string,
    replyTo = posts()[0]?.id ?? 0,
    person = world.david,
  ) {
    if (answer) world.model.says(answer)
    await world.posts(person, { text, mentions: [world.assistant], replyTo })
    await world.rings()
  }

  function posts() {
    return world.campfire.postsOf(world.assistant, world.watercooler)
  }

  function request() {
    return world.answers()[0]
  }

  function lastPrompt() {
    return JSON.stringify(world.model.prompts.at(-1)?.messages)
  }

  function claps() {
    return world.campfire
      .messagesIn(world.watercooler)
      .flatMap(({ boosts }) => boosts.map(({ content }) => content))
      .filter((content) => content !== '👀' && content !== '⏳')
  }
})
