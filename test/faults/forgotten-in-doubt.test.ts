import { describe, expect, it } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'
import { callOf, lost } from './faults.ts'
import { settles } from './story.ts'

const MINUTE = 60_000
const ANSWER = 'The password of @Jason is swordfish.'

describe('an answer in doubt that somebody has us forget before anybody could look', () => {
  const world = useWorld()
  const assistant = useBotChanges()

  it('stands once, though its first create comes late', async () => {
    await isForgottenInDoubt()
    expect(shown()).toHaveLength(2)
    world.model.says('At four.')
    for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

    expect(shown()).toHaveLength(1)
    expect(await world.rows('SELECT body FROM replies WHERE turn = 2')).toEqual([{ body: '' }])
  })

  it('is nobody else’s: what was missed meanwhile is answered', async () => {
    const missed = await isForgottenInDoubt()
    world.model.says('At four.')
    for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

    expect(missed).toBeGreaterThan(0)
    expect(world.answers().at(-1)).toBe('At four.')
  })

  it('and what a person says in the very place of one is left alone', async () => {
    await isForgottenInDoubt()
    const { campfire, assistant: bot, watercooler } = world
    const second = campfire
      .postsOf(bot, watercooler)
      .filter(({ plain }) => plain.includes('sword'))[1]
    campfire.messages.edit(campfire.messages.get(Number(second?.id)), {
      html: '<p>Ask me in person.</p>',
      file: null,
    })
    for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toContain('Ask me in person.')
  })

  /** The number of a question that no delivery brought. */
  async function isForgottenInDoubt() {
    const { model, campfire, david, jason, kevin } = world
    assistant({ reply: 'whole' })
    await world.posts(jason, { text: 'Morning!' })
    model.says('Hello, Jason.')
    await world.asks(jason, 'hello')
    const late: { url: string; body: string }[] = []
    world.fault = async (request, when) => {
      if (when !== 'before' || callOf(request) !== 'create' || late.length) return undefined
      late.push({ url: request.url, body: await request.clone().text() })
      return lost()
    }
    model.says(ANSWER)
    await world.says(david, 'what is the password?')
    await settles(world)
    expect(shown()).toHaveLength(1)
    world.assistant.active = false
    const missed = await world.posts(kevin, { text: 'When is tea?', mentions: [world.assistant] })
    world.assistant.active = true
    for (const { url, body } of late)
      await campfire.handle(new Request(url, { method: 'POST', body }))

    world.fault = async (request, when) =>
      when === 'before' && callOf(request) === 'list'
        ? new Response('', { status: 503 })
        : undefined
    await world.asks(david, 'forget')
    world.fault = null
    return missed
  }

  function shown() {
    return world.answers().filter((text) => text.includes('swordfish'))
  }
})
