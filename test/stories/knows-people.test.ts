import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { counts, read } from '../support/heard.ts'
import { useWorld, type World } from '../support/world.ts'

const MINUTE = 60_000

for (const dialect of ['rails', 'port', 'v1.4.9'] as const) {
  describe(`on a Campfire of dialect ${dialect}, the bot`, () => {
    const world = useWorld(dialect)

    it('mentions somebody whom it has seen mentioned, and their phone rings', async () => {
      const { david, jason, assistant, model, campfire } = world
      model.says('@Jason, David asks when you will be back.')
      await world.posts(david, { text: 'ask @Jason when he is back', mentions: [assistant, jason] })
      await world.rings()

      expect(read(world)).toContain('<people>You can mention @Jason.</people>')
      expect(rings(world, jason)).toHaveLength(2)
      expect(campfire.postsOf(assistant, world.watercooler)[0]?.plain).toContain('@Jason')
    })

    it('still knows after an eviction whom it can mention', async () => {
      const { david, jason, assistant, model } = world
      model.says('Hello both.').says('@Jason ping')
      await world.posts(david, { text: 'this is @Jason', mentions: [assistant, jason] })
      await world.rings()
      await evictDurableObject(world.room())
      await world.asks(david, 'ping him')

      expect(rings(world, jason)).toHaveLength(2)
    })

    it('keeps of each message whether it was mentioned in it', async () => {
      const { david, assistant, model, direct } = world
      model.says('Hello.').says('Hello again.')
      await world.posts(david, { text: 'hello' }, direct)
      await world.rings(direct)
      await world.posts(david, { text: 'you there?', mentions: [assistant] }, direct)
      await world.rings(direct)

      const rows = await world.rows('SELECT mentions FROM messages ORDER BY arrival', direct)
      expect(rows.map(({ mentions }) => mentions)).toEqual([0, 1])
    })

    it('writes the plain name of somebody whom it cannot mention', async () => {
      world.model.says('@Kevin might know.')
      await world.asks(world.david, 'who knows?')

      expect(world.answers()).toEqual(['@Kevin might know.'])
      expect(rings(world, world.kevin)).toEqual([])
    })

    it('asks who is meant by a name that two people bear, and mentions neither', async () => {
      const { david, assistant, model, campfire } = world
      const anns = [
        campfire.addPerson('Ann', 'member', 21),
        campfire.addPerson('Ann', 'member', 22),
      ]
      for (const { id } of anns) campfire.rooms.get(world.watercooler.id).members.push(id)
      model.says('Which @Ann do you mean?')
      await world.posts(david, { text: 'ask Ann', mentions: [assistant, ...anns] })
      await world.rings()

      expect(read(world)).toContain('so ask who is meant: @Ann.')
      expect(world.answers()).toEqual(['Which Ann do you mean?'])
      for (const ann of anns) expect(rings(world, ann)).toHaveLength(1)
    })

    it('takes no part in what others make of mentions', async () => {
      const { david, jason, assistant, model, campfire } = world
      const node = (sgid: string) =>
        `<action-text-attachment sgid="${sgid}" content-type="application/vnd.campfire.mention" ` +
        'content="<span class=&quot;mention&quot;>Jason</span>"></action-text-attachment>'
      model.says(`@Jason ${node('nonsense')} @Kevin`)
      await world.posts(david, { text: 'hi @Jason', mentions: [assistant, jason] })
      await world.rings()

      const [post] = campfire.postsOf(assistant, world.watercooler)
      expect(post?.plain).toContain('<action-text-attachment sgid="nonsense"')
      expect(rings(world, jason)).toHaveLength(2)
    })

    it('is told what waits while it answers somebody else', async () => {
      const { david, jason, model } = world
      model.says('Blue.').says('Nine.')
      await world.says(david, 'which colour?')
      await world.says(jason, 'which number?')
      await world.rings()

      expect(read(world, 0)).toMatch(/author="Jason"[^>]* waits="yes">which number\?<\/message>/)
      expect(read(world, 1)).not.toContain('which colour?')
    })

    it('reads what was said in a direct of three without being asked, when it is', async () => {
      const { david, jason, assistant, model, campfire } = world
      const three = campfire.addDirect([david, jason, assistant])
      model.says('Hello.').says('Tuesday, as Jason said.')
      await world.posts(david, { text: 'hello', mentions: [assistant] }, three)
      await world.rings(three)
      await world.posts(jason, { text: 'Tuesday suits me' }, three)
      await world.rings(three)
      await world.posts(david, { text: 'when?', mentions: [assistant] }, three)
      await world.rings(three)

      expect(read(world)).toMatch(/<context>\n<message [^>]*author="Jason"[^>]*>Tuesday suits me</)
      expect(world.answers(three)).toEqual(['Hello.', 'Tuesday, as Jason said.'])
    })
  })
}

for (const dialect of ['rails', 'port'] as const) {
  describe(`where messages can be listed (${dialect}), the bot`, () => {
    const world = useWorld(dialect)

    it('learns from the list whom it can mention, and who is an administrator', async () => {
      const { david, jason, kevin, model } = world
      await world.posts(jason, { text: 'hey @Kevin', mentions: [kevin] })
      model.says('@Kevin, you are asked.')
      await world.asks(david, 'ask Kevin')

      expect(rings(world, kevin)).toHaveLength(2)
      expect(await world.rows('SELECT id, name, role FROM people ORDER BY id')).toEqual([
        { id: 1, name: 'David', role: 'administrator' },
        { id: 2, name: 'Jason', role: 'member' },
        { id: 4, name: 'Kevin', role: null },
      ])
    })

    it('knows its own answer again although it mentions somebody', async () => {
      const { david, jason, assistant, model } = world
      let lost = 0
      world.fault = async ({ method, url }, when) => {
        const isPost =
          method === 'POST' && /\/rooms\/1\/.*\/messages$/.test(url) && when === 'after'
        return isPost && !lost++ ? new Response('', { status: 504 }) : undefined
      }
      model.says('**@Jason**, and only @Jason: come.')
      await world.posts(david, { text: 'call @Jason', mentions: [assistant, jason] })
      await world.rings()
      await world.passes(MINUTE)

      expect(lost).toBe(1)
      expect(world.answers()).toHaveLength(1)
      expect(await states(world)).toEqual(['replied'])
    })
  })
}

describe('on v1.4.9 the bot', () => {
  const world = useWorld('v1.4.9')

  it('asks once whether it can look around, and then no more', async () => {
    for (const answer of ['One.', 'Two.', 'Three.']) world.model.says(answer)
    const lists = counts(world, 'GET')
    for (const words of ['one', 'two', 'three']) await world.asks(world.david, words)

    expect(lists).toHaveLength(1)
    expect(world.answers()).toEqual(['One.', 'Two.', 'Three.'])
  })
})

/** How often somebody's phone rang. */
function rings({ campfire }: World, { id }: { id: number }) {
  return campfire.notifications.filter(({ who }) => who === id)
}

async function states(world: World) {
  return (await world.rows('SELECT state FROM turns')).map(({ state }) => state)
}
