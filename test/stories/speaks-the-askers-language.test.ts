import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import { sentencesFor } from '../../src/sentences.ts'
import { searchConversation } from '../../src/tools/search-conversation.ts'
import { useWorld } from '../support/world.ts'

type StatusOf = (input: unknown) => string

describe('what the bot says in its own words', () => {
  const world = useWorld()

  it.each([
    ['what is the budget?', /the person who runs me.*\(3-1-1\)/],
    ['wie hoch ist das Budget?', /meinem? Betreiber|mein Betreiber.*\(3-1-1\)/],
    ['quel est le budget ?', /mon opérateur.*\(3-1-1\)/],
    ['¿cuál es el presupuesto?', /quien me administra.*\(3-1-1\)/],
    ['qual é o orçamento? você sabe?', /quem me administra.*\(3-1-1\)/],
    ['qual è il budget, puoi dirmi?', /chi mi gestisce.*\(3-1-1\)/],
    ['wat is het budget?', /mijn beheerder.*\(3-1-1\)/],
    ['予算はいくらですか', /管理者.*（3-1-1）/],
    ['预算是多少？', /管理员.*（3-1-1）/],
    ['Q3?', /the person who runs me.*\(3-1-1\)/],
  ])('is in the language of the question: %s', async (question, told) => {
    world.model.fails(401)
    await world.asks(world.david, question)

    expect(world.answers()).toEqual([expect.stringMatching(told)])
  })

  it('is in the language of whoever asks, not of the room', async () => {
    world.model.fails(401)
    await world.says(world.david, 'what do you think of that, and who wrote it?')
    await world.rings()
    world.model.fails(401)
    await world.asks(world.jason, 'und was ist mit mir?')

    expect(world.answers()[1]).toContain('Betreiber')
  })

  it('stays so after the object was evicted, and in the session', async () => {
    const { model, david } = world
    model.says('Nun ja').stops('refusal').says('Gerne.')
    await world.asks(david, 'kannst du das für mich tun?')
    await evictDurableObject(world.room())
    await world.asks(david, 'und das?')

    expect(world.answers()).toEqual([sentencesFor('de').refused, 'Gerne.'])
  })

  it('follows the conversation where one word says nothing', async () => {
    const { model, david, jason } = world
    model.says('Das Budget steht.')
    await world.asks(david, 'was ist mit dem Budget?')
    await world.asks(david, 'help')
    await world.asks(jason, 'help')
    await world.asks(david, 'forget')

    const [, german, english, forgotten] = world.answers()
    expect(german).toContain('ich bin Assistant')
    expect(english).toContain("I'm Assistant")
    expect(forgotten).toBe(sentencesFor('de').forgotten.room)
  })

  it('is the language of a control word, for whoever has said nothing else', async () => {
    const { david, jason, kevin } = world
    await world.asks(david, 'Hilfe!')
    await world.asks(jason, 'pourquoi ?')
    await world.asks(kevin, '忘记')

    expect(world.answers()).toEqual([
      expect.stringMatching(/^Hallo, ich bin Assistant/),
      expect.stringMatching(/^Raison : on m’a mentionné\. Lu : un seul mot/),
      sentencesFor('zh').forgotten.room,
    ])
  })

  it('follows the conversation in a turn of a word or two, whatever comes of it', async () => {
    const { model, david } = world
    model.says('Das Budget steht.').fails(401)
    await world.asks(david, 'was ist mit dem Budget?')
    await world.asks(david, 'Q3?')

    expect(world.answers()[1]).toBe(sentencesFor('de').operator('3-1-2'))
  })

  it.each([
    ['the budget?', 'Searching for “budget”'],
    ['was steht zum Budget?', 'Ich suche nach „budget“'],
    ['予算は？', '「budget」を検索しています'],
  ])('is that of what people read while a tool runs: %s', async (question, line) => {
    const status = vi.spyOn(searchConversation as { status: StatusOf }, 'status')
    world.model.uses('search_conversation', { words: 'budget' }).says('42.')
    await world.asks(world.david, question)

    expect(status).toHaveReturnedWith(line)
  })

  it('is known to stop, whichever it is', async () => {
    const gate = Promise.withResolvers<void>()
    world.model.says('One two three').waits(gate.promise)
    await world.says(world.david, 'count')
    const ringing = world.rings()
    await vi.waitFor(() => expect(world.model.prompts).toHaveLength(1))
    await world.says(world.david, '停止！')
    await ringing
    gate.resolve()

    expect(world.answers()[0]).toContain('topped')
  })

  it('is so too when all tries were in vain', async () => {
    world.fault = async (request) => {
      if (request.url.includes('/v1/messages')) throw new TypeError('Network connection lost.')
      return undefined
    }
    await world.says(world.david, 'warum ist das so?')
    for (let hour = 0; hour < 12; hour++) await world.passes(3_600_000)

    expect(world.answers()).toEqual([expect.stringMatching(/nicht erreichbar.*\(3-1-1\)/)])
  })
})
