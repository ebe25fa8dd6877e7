import { describe, expect, it, vi } from 'vitest'
import { membersIn } from '../src/bots.ts'
import { NOTICES } from '../src/prompt/notices.ts'
import { SENTENCES } from '../src/sentences.ts'
import { useWorld } from './support/world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

describe('the model', () => {
  const world = useWorld()

  it('is tried again when it is overloaded, each attempt on record', async () => {
    const { model, david } = world
    model.fails(529).fails(500).says('Here I am.')
    await world.asks(david, 'hello?')
    expect(world.answers()).toEqual([])
    expect(await world.wakesIn()).toBeLessThanOrEqual(2 * SECOND)
    await world.passes(2 * SECOND)
    await world.passes(4 * SECOND)

    expect(world.answers()).toEqual(['Here I am.'])
    expect(await world.rows('SELECT state, error FROM steps')).toEqual([
      { state: 'failed', error: 'overloaded' },
      { state: 'failed', error: 'server' },
      { state: 'answered', error: null },
    ])
  })

  it('is left alone for as long as it asks for', async () => {
    const { model, david } = world
    model.fails(429, { retryAfter: 15 }).says('Back again.')
    await world.asks(david, 'hello?')

    expect(await world.wakesIn()).toBe(15 * SECOND)
    await world.passes(15 * SECOND)
    expect(world.answers()).toEqual(['Back again.'])
  })

  it('is replaced for this turn by the fallback, which goes on from the last step', async () => {
    const { model, david } = world
    model.uses('search_conversation', { words: 'x' }).fails(529).fails(529).fails(529)
    model.says('The fallback answers.').says('The first one again.')
    await world.asks(david, 'look it up')
    for (let tries = 0; tries < 4; tries++) await world.passes(30 * SECOND)
    await world.asks(david, 'and now?')

    expect(world.answers()).toEqual(['The fallback answers.', 'The first one again.'])
    expect(model.prompts.map((prompt) => prompt.model)).toEqual([
      ...Array(4).fill('claude-sonnet-5-5'),
      'claude-haiku-5-5',
      'claude-sonnet-5-5',
    ])
    expect(JSON.stringify(model.prompts[4]?.messages)).toContain('tool_result')
  })

  it('that cannot be had at all is told to the room, and the session can go on', async () => {
    const { model, david } = world
    for (let times = 0; times < 3 + 6; times++) model.fails(503)
    await world.asks(david, 'hello?')
    for (let tries = 0; tries < 10; tries++) await world.passes(MINUTE)
    model.says('Now I can.')
    await world.asks(david, 'and now?')

    expect(world.answers()[0]).toBe(SENTENCES.unavailable('3-1-1'))
    expect(world.answers()[1]).toBe('Now I can.')
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).toContain('reach the model')
  })

  it.each([
    ['a bad key', 401, { type: 'authentication_error' }],
    ['a spent limit', 400, { message: 'Your credit balance is too low' }],
  ])('with %s ends the turn at once', async (_, status, how) => {
    world.model.fails(status, how)
    await world.asks(world.david, 'hello?')

    expect(world.answers()).toEqual([SENTENCES.operator('3-1-1')])
    expect(world.model.prompts).toHaveLength(1)
  })

  it('that is retired gives way to the fallback, and the operator reads of it', async () => {
    const { model, david } = world
    const written = vi.spyOn(console, 'error').mockImplementation(() => {})
    const gone = { type: 'not_found_error', message: 'model: claude-x' }
    model.fails(404, gone).says('Here I am.')
    await world.asks(david, 'hello?')

    expect(world.answers()).toEqual(['Here I am.'])
    expect(model.prompts.map((prompt) => prompt.model)).toEqual([
      'claude-sonnet-5-5',
      'claude-haiku-5-5',
    ])
    expect(JSON.stringify(written.mock.calls)).toContain('model.replaced')
    model.fails(404, gone).fails(404, gone)
    await world.asks(david, 'and now?')
    expect(world.answers()[1]).toBe(SENTENCES.operator('3-1-2'))
  })

  it('goes on once when it was cut off by the length limit', async () => {
    const { model, david } = world
    model.says('The first half, ', { stopReason: 'max_tokens' }).says('and the second.')
    await world.asks(david, 'tell me')

    expect(world.answers()).toEqual(['The first half, and the second.'])
    expect(JSON.stringify(model.prompts[1]?.messages.at(-1))).toContain('Go on exactly')
  })

  it('that pauses goes on, and one that declines is said plainly', async () => {
    const { model, david } = world
    model.says('Searching… ', { stopReason: 'pause_turn' }).says('Found it.')
    await world.asks(david, 'search')
    // Without a tool of the API's in it, what it said would be words put into its mouth.
    expect(JSON.stringify(model.prompts[1]?.messages.at(-1))).toContain(NOTICES.goOn)
    model.says('', { stopReason: 'refusal' })
    await world.asks(david, 'do evil')

    expect(world.answers()[0]).toBe('Searching… Found it.')
    expect(world.answers()[1]).toBe(SENTENCES.refused)
  })

  it('that pauses at a tool of the API’s that is not offered goes on as well', async () => {
    const { model, david } = world
    const use = {
      type: 'server_tool_use',
      id: 'srvtoolu_1',
      name: 'web_search',
      input: {},
    } as const
    model.gives([{ type: 'text', text: 'Well. ' }, use], { stopReason: 'pause_turn' }).says('Yes.')
    await world.asks(david, 'search')

    expect(JSON.stringify(model.prompts[1]?.messages.at(-1))).toContain(NOTICES.goOn)
    expect(model.refused).toEqual([])
    expect(world.answers()).toEqual(['Well.\n\nYes.'])
  })

  it('that says nothing is asked to say something', async () => {
    const { model, david } = world
    model.says('').says('All right.')
    await world.asks(david, 'ok?')

    expect(world.answers()).toEqual(['All right.'])
  })

  it('whose context is too long loses the oldest turns, and says so', async () => {
    const { model, david } = world
    for (const answer of ['One.', 'Two.']) model.says(answer)
    await world.asks(david, 'first of all')
    await world.asks(david, 'second')
    model
      .fails(400, { message: 'prompt is too long: 210000 tokens > 200000 maximum' })
      .says('Three.')
    await world.asks(david, 'third')

    expect(JSON.stringify(model.prompts.at(-1)?.messages)).not.toContain('first of all')
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).toContain('second')
    expect(world.answers()[2]).toMatch(/^Three\.\s+\(Our conversation got too long/)
  })

  it('that never stops asking for tools gets one last call without', async () => {
    const { model, david } = world
    for (let step = 0; step < 30; step++) model.uses('search_conversation', { words: `x${step}` })
    model.says('That is all I have.')
    await world.asks(david, 'look everywhere')

    expect(world.answers()).toEqual(['That is all I have.'])
    expect(model.prompts.at(-1)?.tool_choice).toEqual({ type: 'none' })
    expect(model.prompts).toHaveLength(31)
  })

  it('that ran out of its minutes must answer with what it has', async () => {
    const { model, david } = world
    model.uses('search_conversation', { words: 'x' }).fails(529).says('As far as I got.')
    await world.asks(david, 'take your time')
    await world.passes(10 * MINUTE)

    expect(world.answers()).toEqual(['As far as I got.'])
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).toContain('the limit of this turn')
  })
})

describe('tools', () => {
  const world = useWorld()

  it('that are asked for together run together, and a failed one is told as failed', async () => {
    const { model, david } = world
    const id = await world.posts(david, { text: 'hm' })
    model.uses([
      ['boost', { message_id: id, content: '👏' }],
      ['boost', { message_id: 999, content: '👏' }],
      ['no_such_tool', {}],
    ])
    model.says('One worked.')
    await world.asks(david, 'boost them')

    const results = JSON.stringify(model.prompts[1]?.messages.at(-1))
    expect(results).toContain('\\"ok\\":true')
    expect(results.match(/\\"ok\\":false/g)).toHaveLength(2)
    expect(world.campfire.messagesIn(world.watercooler)[0]?.boosts).toHaveLength(1)
  })

  it('that fail three times are gone for the rest of the turn', async () => {
    const { model, david } = world
    for (let times = 0; times < 4; times++) model.uses('boost', { message_id: 999, content: 'x' })
    model
      .says("I can't boost it.")
      .uses('boost', { message_id: 999, content: 'x' })
      .says('Nor now.')
    await world.asks(david, 'boost it')
    await world.asks(david, 'try again')

    expect(JSON.stringify(model.prompts[4]?.messages.at(-1))).toContain('failed too often')
    expect(JSON.stringify(model.prompts[6]?.messages.at(-1))).not.toContain('failed too often')
  })

  it('are told about input that was no JSON, and not run', async () => {
    world.model.malformedInput('boost').says('I garbled that.')
    await world.asks(world.david, 'boost')

    expect(JSON.stringify(world.model.prompts[1]?.messages.at(-1))).toContain('not whole JSON')
    expect(world.answers()).toEqual(['I garbled that.'])
  })
})

describe('a Campfire', () => {
  const world = useWorld()

  it('that is down is waited for, and the reply arrives once', async () => {
    const { model, david } = world
    model.says('At last.')
    let down = true
    world.fault = async (request, when) =>
      down && when === 'before' && request.url.includes('/rooms/')
        ? new Response('Bad gateway', { status: 502 })
        : undefined
    await world.asks(david, 'anyone?')
    expect(await world.wakesIn()).toBeLessThanOrEqual(2 * SECOND)
    for (let tries = 0; tries < 20; tries++) await world.passes(5 * MINUTE)
    expect(await world.wakesIn()).toBeLessThanOrEqual(5 * MINUTE)
    down = false
    await world.passes(5 * MINUTE)

    expect(world.answers()).toEqual(['At last.'])
    expect(model.prompts).toHaveLength(1)
  })

  it('that saved the reply and failed afterwards does not get it twice', async () => {
    const { model, david } = world
    model.says('Only once.')
    let failures = 0
    world.fault = async (request, when) =>
      when === 'after' &&
      request.method === 'POST' &&
      /rooms.*messages$/.test(request.url) &&
      !failures++
        ? new Response('Oops', { status: 500 })
        : undefined
    await world.asks(david, 'hello?')
    await world.passes(MINUTE)

    expect(failures).toBe(1)
    expect(world.answers()).toEqual(['Only once.'])
  })

  it('that is down for more than a day is told so when it is back', async () => {
    world.model.says('Never seen.').says('Seen.')
    world.fault = async (request) => {
      if (request.url.includes('/rooms/')) throw new TypeError('connection refused')
      return undefined
    }
    await world.asks(world.david, 'anyone?')
    for (let hours = 0; hours < 25; hours++) await world.passes(HOUR)
    expect(await world.rows('SELECT state FROM turns')).toEqual([{ state: 'paused' }])
    world.fault = null
    await world.asks(world.david, 'and now?')

    expect(world.answers()).toEqual([SENTENCES.outOfReach('3-1-1'), 'Seen.'])
  })

  it('that rejects the key, or has no such room any more, is waited out', async () => {
    const { campfire, model, david, jason, assistant, watercooler } = world
    model.says('Not for you.').says('Nor this.')
    await world.says(david, 'hello?')
    campfire.leave(watercooler, assistant)
    await world.rings()
    expect(await world.rows('SELECT state FROM turns')).toEqual([{ state: 'paused' }])

    campfire.join(watercooler, assistant)
    await world.says(jason, 'and me?')
    campfire.change(assistant, { key: '3-resetresetre' })
    await world.rings()
    expect(await world.rows('SELECT state FROM turns')).toEqual([
      { state: 'paused' },
      { state: 'paused' },
    ])
    expect(world.answers()).toEqual([])

    campfire.change(assistant, { key: '3-7876b7cdc3d5' })
    for (let minutes = 0; minutes < 3; minutes++) await world.passes(MINUTE)
    expect(world.answers().toSorted()).toEqual(['Nor this.', 'Not for you.'])
  })
})

describe('an old Campfire that can only create', () => {
  const world = useWorld('v1.4.9')

  it('makes tools say what they cannot do, and is asked for nothing', async () => {
    const { model, david } = world
    await world.isKnownToBeOld()
    model.says('Hello.')
    await world.asks(david, 'hello')
    model.uses('read_messages').says("I can't read back here.")
    model.uses('read_messages').says('Still not.')
    const asked: string[] = []
    world.fault = async (request, when) => {
      if (when === 'before' && request.method === 'GET') asked.push(request.url)
      return undefined
    }
    await world.asks(david, 'what was said?')
    await world.asks(david, 'sure?')

    expect(world.answers()).toEqual(['Hello.', "I can't read back here.", 'Still not.'])
    expect(JSON.stringify(model.prompts[2]?.messages.at(-1))).toContain('\\"ok\\":false')
    expect(asked).toEqual([])
  })
})

it('the shipped bots are whole', () => {
  const { members, broken } = membersIn('assistant=3-a,analyst=7-b')
  expect(broken).toEqual([])
  expect(members.map(({ bot }) => bot.name)).toEqual(['assistant', 'analyst'])
})
