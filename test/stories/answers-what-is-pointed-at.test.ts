import { describe, expect, it, vi } from 'vitest'
import { LISTING } from '../support/extent.ts'
import { useWorld, type World } from '../support/world.ts'

const MINUTE = 60_000
const QUESTION = 'Wie starte ich nginx neu, ohne dass jemand es merkt?'
const PASTE = Array.from({ length: 900 }, (_, n) => `line ${n}`).join('\n')

for (const dialect of LISTING) {
  describe(`somebody who mentions the bot and says nothing (${dialect})`, () => {
    const world = useWorld(dialect)

    it.each([
      '',
      '?',
      '👆',
      '^',
      'this',
      'das hier?',
      'これ',
      '这个？',
      'ceci, s’il te plaît !',
      '…!',
    ])('means what they said just before (%j)', async (pointer) => {
      const { david, jason, model } = world
      model.says('So.')
      await world.posts(david, { text: QUESTION })
      await world.posts(jason, { text: 'no idea' })
      await world.asks(david, pointer)

      expect(asked(world)).toContain(QUESTION)
      expect(asked(world)).not.toContain('no idea')
      expect(heard(world)).toContain('nobody has answered, is the question')
      expect(heard(world)).not.toContain('Say hello')
      expect(heard(world).split(QUESTION)).toHaveLength(2)
    })

    it('means all that they said in one go, whole, and it is found later', async () => {
      const { david, model } = world
      model.says('So.').says('Again.')
      await world.posts(david, { text: 'look at this:' })
      await world.posts(david, { text: PASTE })
      await world.posts(david, { text: 'what is wrong there?' })
      await world.asks(david, '')

      expect(asked(world)).toContain(PASTE)
      expect(asked(world).match(/<message /g)).toHaveLength(4)
      const found = "SELECT text FROM said WHERE said MATCH 'wrong'"
      expect(await world.rows(found)).toHaveLength(1)
      // It is answered by now.
      await world.asks(david, '')
      expect(asked(world)).not.toContain('wrong')
      expect(await world.rows(found)).toHaveLength(1)
    })

    it('means it also where an answer to somebody else came between', async () => {
      const { david, jason, model } = world
      model.says('Hi, Jason.').says('So.')
      await world.posts(david, { text: QUESTION })
      await world.asks(jason, 'hello')
      expect(heard(world)).toContain(QUESTION)
      await world.asks(david, '?')

      expect(asked(world)).toContain(QUESTION)
    })

    it.each(['', '?', 'this'])('means what they quote, whole (%j)', async (text) => {
      const { david, jason, assistant, model } = world
      model.says('So.')
      await world.posts(david, { text: 'something else entirely' })
      const id = await world.posts(jason, { text: PASTE })
      await world.posts(david, { text, mentions: [assistant], replyTo: id })
      await world.rings()

      expect(asked(world)).toContain('line 899')
      expect(asked(world)).not.toContain('something else')
      expect(heard(world)).toContain('what they quoted is what they ask about')
    })

    it('means the file that they posted', async () => {
      const { david, model } = world
      model.says('I cannot open it.')
      await world.posts(david, { file: report })
      await world.asks(david, '')

      expect(asked(world)).toContain('file="report.pdf"')
      expect(heard(world)).toContain('You cannot open a file that is posted here')
      expect(heard(world)).not.toContain('Say hello')
    })

    it.each<[string, () => Promise<unknown>]>([
      ['nothing', async () => {}],
      ['what others said', () => world.posts(world.jason, { text: QUESTION })],
      ['what is answered', () => world.asks(world.david, 'hello')],
      [
        'what was hours ago',
        async () => {
          await world.posts(world.david, { text: QUESTION })
          await world.passes(90 * MINUTE)
        },
      ],
      [
        'what they deleted',
        async () => {
          world.campfire.deleteMessage(await world.posts(world.david, { text: QUESTION }))
        },
      ],
    ])('is greeted where all there is is %s', async (_, before) => {
      world.model.says('Hello!')
      if (_ === 'what is answered') world.model.says('Hello again!')
      await before()
      await world.asks(world.david, '')

      expect(asked(world).match(/<message /g)).toHaveLength(1)
      expect(heard(world)).toContain('Say hello, and in a sentence what you can do here.')
    })

    it('may take it back while the model thinks', async () => {
      const { david, model, campfire } = world
      const id = await world.posts(david, { text: QUESTION })
      model
        .answers(async () => {
          campfire.deleteMessage(id)
          vi.setSystemTime(Date.now() + 4_000)
          return 'Like so.'
        })
        .says('Never mind.')
      await world.asks(david, '?')

      expect(world.answers()).toEqual(['Never mind.'])
    })

    it('is answered in the language of what they mean', async () => {
      const { david, model } = world
      model.says('').says('')
      await world.posts(david, { text: QUESTION })
      await world.asks(david, '?')

      expect(world.answers()).toEqual(['Dazu habe ich nichts weiter zu sagen.'])
    })
  })

  describe(`somebody who asks about what they said before (${dialect})`, () => {
    const world = useWorld(dialect)

    it('is read whole, however much others said; others are cut', async () => {
      const { david, jason, model } = world
      model.says('So.')
      await world.posts(david, { text: PASTE })
      for (let n = 0; n < 20; n++) await world.posts(jason, { text: `${n} ${'word '.repeat(300)}` })
      await world.asks(david, 'what does the last line of that say?')

      expect(heard(world)).toContain(PASTE)
      expect(heard(world)).toContain('<context older="left out">')
      expect(heard(world)).not.toContain('>0 word')
    })
  })
}

describe('on a Campfire that cannot list', () => {
  const world = useWorld('v1.4.9')

  it('whoever says nothing is told what cannot be seen', async () => {
    world.model.says('Hello!')
    await world.posts(world.david, { text: QUESTION })
    await world.asks(world.david, '')

    expect(heard(world)).toContain('you cannot see what was said here without mentioning you')
  })

  it('what is quoted is known', async () => {
    const { david, jason, assistant, model } = world
    model.says('So.')
    const id = await world.posts(jason, { text: PASTE })
    await world.posts(david, { text: '', mentions: [assistant], replyTo: id })
    await world.rings()

    expect(asked(world)).toContain('line 899')
    expect(heard(world)).toContain('what they quoted')
  })
})

for (const dialect of ['rails', 'port', 'v1.4.9'] as const) {
  describe(`in a direct of several, on a Campfire of dialect ${dialect}`, () => {
    const world = useWorld(dialect)

    it('what was met with silence is meant by a mention alone', async () => {
      const { david, jason, kevin, assistant, campfire, model } = world
      const group = campfire.addDirect([david, jason, kevin, assistant], 9)
      model.says('Hi.').says('So.')
      await world.asks(jason, 'hi', group)
      await world.posts(david, { text: QUESTION }, group)
      await world.rings(group)
      await world.asks(david, '', group)

      expect(asked(world)).toContain(QUESTION)
      const found = "SELECT text FROM said WHERE said MATCH 'nginx'"
      expect(await world.rows(found, group)).toHaveLength(1)
    })
  })
}

const report = { name: 'report.pdf', type: 'application/pdf', bytes: new Uint8Array(2) }

function asked(world: World) {
  return heard(world).match(/<asked>.*<\/asked>/s)?.[0] ?? ''
}

/** What the model last heard. */
function heard({ model }: World) {
  const { content } = model.prompts.at(-1)?.messages.at(-1) ?? {}
  const blocks = typeof content === 'string' ? [{ text: content }] : (content ?? [])
  return blocks.map((block) => ('text' in block ? String(block.text) : '')).join('\n')
}
