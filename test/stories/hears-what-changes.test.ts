import { describe, expect, it, vi } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { failure } from '../support/sse.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000

describe('a question', () => {
  const world = useWorld()
  const assistant = useBotChanges()

  it('that is deleted while the model thinks is met with silence, and a receipt', async () => {
    const { model, campfire, david } = world
    let id = 0
    thinking('Too late.', () => campfire.deleteMessage(id))
    id = await world.says(david, 'never mind')
    await world.rings()

    expect(world.answers()).toEqual([])
    expect(await world.rows('SELECT state, reason FROM turns')).toEqual([
      { state: 'silent', reason: 'taken back' },
    ])
    model.says('As ever.')
    await world.asks(david, 'and now?')
    expect(JSON.stringify(model.prompts.at(-1))).not.toContain('never mind')
  })

  it('that is edited before anything is posted is answered in its new wording', async () => {
    const { model, campfire, david, assistant } = world
    let id = 0
    thinking('Tea it is.', () =>
      campfire.editAsPerson(id, { text: 'coffee, please', mentions: [assistant.id] }),
    )
    model.says('Coffee it is.')
    id = await world.says(david, 'tea, please')
    await world.rings()

    expect(world.answers()).toEqual(['Coffee it is.'])
    expect(JSON.stringify(model.prompts[1]?.messages.at(-1))).toContain('coffee, please')
  })

  it('that is edited while the answer begins cuts the call, which costs what is known of it', async () => {
    const { model, campfire, david, assistant } = world
    let id = 0
    const pieces = ['Tea is a plant.\n\n', 'It grows.\n\n', 'And so on.\n\n', 'The end.']
    model.says(pieces.join(''), {
      pieces,
      before: async (piece) => {
        for (let turns = 0; turns < 9; turns++) await new Promise((resolve) => setTimeout(resolve))
        vi.setSystemTime(Date.now() + 3 * SECOND)
        if (piece === 0) campfire.editAsPerson(id, { text: 'coffee?', mentions: [assistant.id] })
      },
    })
    model.says('Coffee is a bean.')
    id = await world.says(david, 'tea?')
    await world.rings()

    expect(world.answers()).toEqual(['Coffee is a bean.'])
    const steps = await world.rows('SELECT state, error, cost FROM steps ORDER BY number')
    expect(steps.map(({ state, error }) => error ?? state)).toEqual(['asked anew', 'answered'])
    expect(Number(steps[0]?.cost)).toBeLessThan(10_000)
  })

  it('that stays as it is costs one more look, and no more', async () => {
    thinking('Here.', () => {})
    await world.asks(world.david, 'what & <b> "why" é?')

    expect(world.answers()).toEqual(['Here.'])
    expect(world.model.prompts).toHaveLength(1)
  })

  it('is not taken for deleted where Campfire, which sorts by time, has put it on an older page', async () => {
    const { campfire, david, jason, watercooler } = world
    const earlier = await world.posts(jason, { text: 'earlier' })
    let id = 0
    thinking('Soup.', () => {
      const now = Date.now()
      campfire.messages.get(earlier).at = now
      campfire.messages.get(id).at = now - 60 * SECOND
      const said = { room: watercooler.id, creator: jason.id, file: null, via: 'person' as const }
      for (let n = 0; n < 39; n++) campfire.post({ ...said, html: `<p>Chatter ${n}</p>` })
    })
    id = await world.says(david, 'what is for lunch?')
    await world.rings()

    expect(world.answers()).toEqual(['Soup.'])
  })

  it('that is edited again and again, and then deleted, is met with silence', async () => {
    const { campfire, david, assistant } = world
    let id = 0
    for (const drink of ['tea', 'coffee', 'milk'])
      thinking('Well.', () =>
        campfire.editAsPerson(id, { text: `${drink}, please`, mentions: [assistant.id] }),
      )
    thinking('Milk it is.', () => campfire.deleteMessage(id))
    id = await world.says(david, 'water, please')
    await world.rings()

    expect(world.answers()).toEqual([])
    expect(await world.rows('SELECT state, reason FROM turns')).toEqual([
      { state: 'silent', reason: 'taken back' },
    ])
  })

  it('in two messages, of which one is deleted and the other edited, is answered as it stands', async () => {
    const { model, campfire, david, assistant } = world
    const ids: number[] = []
    thinking('Tea and cake.', () => {
      campfire.deleteMessage(ids[0] ?? 0)
      campfire.editAsPerson(ids[1] ?? 0, { text: 'and bread?', mentions: [assistant.id] })
    })
    model.says('Bread it is.')
    ids.push(await world.says(david, 'tea, please'), await world.says(david, 'and cake?'))
    await world.rings()

    expect(world.answers()).toEqual(['Bread it is.'])
    const prompt = JSON.stringify(model.prompts.at(-1)?.messages)
    expect(prompt).not.toContain('tea, please')
    expect(prompt).toContain('and bread?')
  })

  it.each(['stop', 'forget', 'help', 'yes'])(
    'that is edited into "%s" is a question still',
    async (word) => {
      const { model, campfire, david, assistant } = world
      let id = 0
      thinking('Tea it is.', () =>
        campfire.editAsPerson(id, { text: word, mentions: [assistant.id] }),
      )
      model.says('What do you mean?')
      id = await world.says(david, 'tea, please')
      await world.rings()

      expect(world.answers()).toEqual(['What do you mean?'])
    },
  )

  it('that is deleted while everybody talks is met with silence all the same', async () => {
    const { campfire, david, jason, watercooler } = world
    let id = 0
    thinking('Soup.', () => {
      const said = { room: watercooler.id, creator: jason.id, file: null, via: 'person' as const }
      for (let n = 0; n < 60; n++) campfire.post({ ...said, html: `<p>Chatter ${n}</p>` })
      campfire.deleteMessage(id)
    })
    id = await world.says(david, 'what is for lunch?')
    await world.rings()

    expect(world.answers()).toEqual([])
  })

  it('that is deleted while the model fails is met with silence, and one that stays is told so', async () => {
    const { model, campfire, david } = world
    for (const isDeleted of [true, false]) {
      let id = 0
      model.gateway = () => {
        if (isDeleted) campfire.deleteMessage(id)
        vi.setSystemTime(Date.now() + 4 * SECOND)
        return failure(401)
      }
      id = await world.says(david, 'hello?')
      await world.rings()
      expect(world.answers()).toHaveLength(isDeleted ? 0 : 1)
    }
    expect(await world.rows('SELECT state, reason FROM turns')).toEqual([
      { state: 'silent', reason: 'taken back' },
      { state: 'failed', reason: 'mentioned' },
    ])
  })

  it('that is deleted while a tool is at it is met with silence, and nothing more is done', async () => {
    const { model, campfire, david } = world
    let id = 0
    model.answers(() => {
      campfire.deleteMessage(id)
      vi.setSystemTime(Date.now() + 4 * SECOND)
      return [
        {
          type: 'tool_use',
          id: 'toolu_1',
          name: 'boost',
          input: { message_id: id, content: '👏' },
        },
      ]
    })
    model.says('Done.')
    id = await world.says(david, 'boost it')
    await world.rings()
    model.forget()

    expect(world.answers()).toEqual([])
  })

  it('that is deleted before its tool has asked for a yes asks for none, and a yes does nothing', async () => {
    assistant({ approval: { boost: 'always' } })
    const { model, campfire, david } = world
    let id = 0
    wanting('👏', () => campfire.deleteMessage(id))
    id = await world.says(david, 'clap for me')
    await world.rings()
    expect(world.answers()).toEqual([])
    model.says('Yes to what?')
    await world.asks(david, 'yes')

    expect(world.answers()).toEqual(['Yes to what?'])
    expect(claps()).toEqual([])
  })

  it('that is edited before its tool has asked for a yes asks for what is wanted now', async () => {
    assistant({ approval: { boost: 'always' } })
    const { model, campfire, david, assistant: bot } = world
    let id = 0
    wanting('👏', () => campfire.editAsPerson(id, { text: 'a heart, please', mentions: [bot.id] }))
    wanting('❤️', () => {})
    id = await world.says(david, 'clap for me')
    await world.rings()
    expect(world.answers()).toEqual([expect.stringContaining('❤️')])
    expect(JSON.stringify(model.prompts[1]?.messages)).toContain('nobody was asked for a yes')
    model.says('Done.')
    await world.asks(david, 'yes')

    expect(claps()).toEqual(['❤️'])
    expect(world.answers()[0]).toMatch(/❤️.*Approved/s)
  })

  /** It takes its time, and wants to react with this. */
  function wanting(content: string, meanwhile: () => void) {
    const [message_id, id] = [1, `toolu_${content.codePointAt(0)}`]
    world.model.answers(() => {
      meanwhile()
      vi.setSystemTime(Date.now() + 4 * SECOND)
      return [{ type: 'tool_use', id, name: 'boost', input: { message_id, content } }]
    })
  }

  function claps() {
    const boosts = world.campfire.messagesIn(world.watercooler).flatMap(({ boosts }) => boosts)
    return boosts.map(({ content }) => content).filter((content) => /👏|❤️/.test(content))
  }

  function thinking(answer: string, meanwhile: () => void) {
    world.model.answers(() => {
      meanwhile()
      vi.setSystemTime(Date.now() + 4 * SECOND)
      return answer
    })
  }
})
