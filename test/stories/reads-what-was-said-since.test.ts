import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { OFFER } from '../support/drop.ts'
import { counts, read } from '../support/heard.ts'
import { until } from '../support/until.ts'
import { useWorld, type World } from '../support/world.ts'

for (const dialect of ['rails', 'port'] as const) {
  describe(`where messages can be listed (${dialect}), the bot`, () => {
    const world = useWorld(dialect)

    it('knows what was said since it last spoke, by whom, and what it answers', async () => {
      const { david, jason, kevin, analyst, model, campfire } = world
      model.says('Hello.').says('Jason says so.')
      await world.posts(jason, { text: 'long before' })
      await world.asks(david, 'hello')
      const tea = await world.posts(jason, { text: 'Tea at 5?' })
      await world.posts(kevin, { text: 'no, at 6', replyTo: tea })
      await world.posts(jason, {
        html: '<div>see <a href="https://example.com/q3">the plan</a></div>',
      })
      await world.posts(david, { text: 'I like tea' })
      await world.posts(kevin, {
        file: { name: 'q3.pdf', type: 'application/pdf', bytes: new Uint8Array(2) },
      })
      campfire.post({ html: 'beep', file: null, room: 1, creator: analyst.id, via: 'answer' })
      await world.asks(david, 'when is tea?')

      const lines = read(world)
        .split('\n')
        .map((line) => line.replace(/ time="[^"]*"/, ''))
      expect(lines.slice(0, lines.indexOf('</context>') + 1)).toEqual([
        '<context>',
        `<message id="${tea}" author="Jason" author_id="2">Tea at 5?</message>`,
        `<message id="${tea + 1}" author="Kevin" author_id="4"><quote id="${tea}" author="Jason">Tea at 5?</quote>`,
        'no, at 6</message>',
        `<message id="${tea + 2}" author="Jason" author_id="2">see [the plan](https://example.com/q3)</message>`,
        `<message id="${tea + 3}" author="David" author_id="1" asker="yes">I like tea</message>`,
        `<message id="${tea + 4}" author="Kevin" author_id="4" file="q3.pdf"></message>`,
        `<message id="${tea + 5}" author="Analyst" author_id="7" bot="yes">beep</message>`,
        '</context>',
      ])
      expect(read(world, 0)).toContain('long before')
    })

    it('reads nothing twice', async () => {
      const { david, jason, model } = world
      for (const answer of ['One.', 'Two.', 'Three.']) model.says(answer)
      await world.posts(jason, { text: 'the first remark' })
      await world.asks(david, 'one')
      await world.posts(jason, { text: 'the second remark' })
      await world.asks(david, 'two')
      await evictDurableObject(world.room())
      await world.asks(david, 'three')

      const whole = JSON.stringify(model.prompts[2]?.messages)
      for (const words of ['the first remark', 'the second remark', '>one<', '>two<', '>three<']) {
        expect([words, whole.split(words).length - 1]).toEqual([words, 1])
      }
      expect(read(world)).not.toContain('<context')
    })

    it('reads in the next turn what was said during this one', async () => {
      const { david, jason, model } = world
      const gate = Promise.withResolvers<void>()
      model.says('One.').waits(gate.promise).says('Two.')
      await world.says(david, 'one')
      const ringing = world.rings()
      await until(() => model.prompts.length === 1)
      await world.posts(jason, { text: 'meanwhile' })
      gate.resolve()
      await ringing
      await world.asks(david, 'two')

      expect(read(world)).toContain('>meanwhile</message>')
      expect(read(world)).not.toContain('One.')
    })

    it('does not read again what was said to it while it worked', async () => {
      const { david, model } = world
      const gate = Promise.withResolvers<void>()
      model
        .uses('search_conversation', { words: 'x' }, { saying: 'Let me see' })
        .waits(gate.promise)
      model.says('Only Q3.').says('Two.')
      await world.says(david, 'the numbers?')
      const ringing = world.rings()
      await until(() => model.prompts.length === 1)
      await world.says(david, 'only those of Q3')
      gate.resolve()
      await ringing
      await world.asks(david, 'two')

      expect(read(world, 1)).toContain('only those of Q3')
      expect(read(world, 2)).not.toContain('<context>')
    })

    it('starts afresh after a reset with what was said since its last answer', async () => {
      const { david, jason, model } = world
      model.says('One.').says('Two.')
      await world.posts(jason, { text: 'before' })
      await world.asks(david, 'one')
      await world.posts(jason, { text: 'after' })
      await world.room().resetSession()
      await world.asks(david, 'two')

      expect(read(world)).toContain('>after</message>')
      expect(JSON.stringify(model.prompts[1])).not.toMatch(/>(before|one)</)
    })

    it('looks back three pages at most, and says that there was more', async () => {
      const { david, jason, model } = world
      model.says('One.').says('Two.')
      await world.asks(david, 'one')
      for (let n = 0; n < 150; n++) await world.posts(jason, { text: `remark ${n}` })
      const lists = counts(world, 'GET')
      await world.asks(david, 'two')

      expect(lists).toHaveLength(3)
      expect(read(world)).toContain('<context older="left out">')
      expect(read(world)).toContain('>remark 149<')
      expect(read(world)).not.toContain('>remark 20<')
    })

    it('reads no more of what somebody has deleted, and finds it no more', async () => {
      const { david, jason, model, campfire } = world
      model.says('Noted.').uses('search_conversation', { words: 'password' }).says('Nothing.')
      const secret = await world.asks(david, 'the password is swordfish')
      const remark = await world.posts(jason, { text: 'mine is hunter2' })
      campfire.deleteMessage(secret)
      campfire.deleteMessage(remark)
      await world.asks(jason, 'what do you know of passwords?')

      expect(JSON.stringify(model.prompts[1])).not.toMatch(/hunter2|swordfish/)
      expect(JSON.stringify(model.prompts[1])).toContain(`<message id=\\"${secret}\\" deleted=`)
      expect(results(world)).not.toContain('swordfish')
      expect(results(world)).toContain('\\"found\\":[]')
    })

    it('lets go of its own answer when somebody deletes that', async () => {
      const { david, assistant, model, campfire } = world
      model.says('The word is swordfish.').uses('search_conversation', {}).says('Nothing.')
      await world.asks(david, 'what is the word?')
      await world.posts(david, { text: 'oh no' })
      const [answer] = campfire.postsOf(assistant, world.watercooler)
      campfire.deleteMessage(answer?.id ?? 0)
      await world.asks(david, 'what did you say?')

      expect(results(world)).not.toContain('swordfish')
      expect(results(world)).toContain('what is the word?')
    })

    it('does not answer what was taken back while it waited, and says so in the receipt', async () => {
      const { david, jason, model, campfire } = world
      const gate = Promise.withResolvers<void>()
      model.says('One.').waits(gate.promise).says('Three.')
      await world.says(david, 'one')
      const ringing = world.rings()
      await until(() => model.prompts.length === 1)
      campfire.deleteMessage(await world.says(jason, 'two, which I regret'))
      gate.resolve()
      await ringing
      await world.asks(david, 'three')

      expect(world.answers()).toEqual(['One.', 'Three.'])
      expect(await world.rows('SELECT state, reason FROM turns WHERE asker = 2')).toEqual([
        { state: 'silent', reason: 'taken back' },
      ])
      const kept = JSON.stringify([
        await world.rows('SELECT * FROM messages'),
        await world.rows('SELECT * FROM said'),
        model.prompts,
      ])
      expect(kept).not.toContain('regret')
    })

    it('answers what is left when a part was taken back', async () => {
      const { david, jason, model, campfire } = world
      const gate = Promise.withResolvers<void>()
      model.says('One.').waits(gate.promise).says('Four.')
      await world.says(david, 'one')
      const ringing = world.rings()
      await until(() => model.prompts.length === 1)
      campfire.deleteMessage(await world.says(jason, 'two and two?'))
      await world.says(jason, 'I mean: three and one?')
      gate.resolve()
      await ringing

      expect(read(world)).not.toContain('two and two')
      expect(read(world)).toContain('three and one')
      expect(world.answers()).toEqual(['One.', 'Four.'])
    })

    it.each([
      ['broken', async () => new Response('', { status: 500 })],
      ['cut off', async () => Promise.reject(new TypeError('connection lost'))],
      ['not itself', async () => new Response('<html>hello</html>', { status: 200 })],
    ])('answers also when the list is %s', async (_, answer) => {
      const { david, jason, model } = world
      world.fault = async ({ method }) => (method === 'GET' ? await answer() : undefined)
      model.says('Blue.').says('Nine.')
      await world.posts(jason, { text: 'unheard' })
      await world.says(david, 'which colour?')
      await world.says(jason, 'which number?')
      await world.rings()

      expect(world.answers()).toEqual(['Blue.', 'Nine.'])
      expect(read(world, 0)).toContain('which number?')
      expect(read(world, 0)).not.toContain('unheard')
    })

    it('looks once for a turn, and not before it is due', async () => {
      const { david, direct, model } = world
      model.says('I cannot open that.')
      const file = { name: 'q3.pdf', type: 'application/pdf', bytes: new Uint8Array(2) }
      const lists = counts(world, 'GET')
      await world.posts(david, { file }, direct)
      await world.rings(direct)
      expect(lists).toHaveLength(0)

      await world.passes(1_000, direct)
      expect(lists).toHaveLength(1)
      expect(world.answers(direct)).toEqual([`I cannot open that.${OFFER}`])
    })
  })
}

function results({ model }: World) {
  return JSON.stringify(model.prompts.at(-1)?.messages.at(-1))
}
