import { describe, expect, it, vi } from 'vitest'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000

describe('a question', () => {
  const world = useWorld()

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

  function thinking(answer: string, meanwhile: () => void) {
    world.model.answers(() => {
      meanwhile()
      vi.setSystemTime(Date.now() + 4 * SECOND)
      return answer
    })
  }
})
