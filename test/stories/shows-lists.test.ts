import { describe, expect, it, vi } from 'vitest'
import { sgidOf } from '../campground/sgid.ts'
import { useBotChanges } from '../support/bots.ts'
import { useWorld, type World } from '../support/world.ts'

const MINUTE = 60_000
const SHOW = { action: 'show' }

/** Asks, and the model uses the list so before it answers. Gives back what it was told. */
async function using(world: World, input: object, saying = 'There.') {
  world.model.uses('list', input).says(saying)
  await world.asks(world.david, 'please')
  const [row] = await world.rows('SELECT result FROM tool_uses ORDER BY turn DESC LIMIT 1')
  return JSON.parse(String(row?.result))
}

for (const dialect of ['rails', 'port', 'v1.4.9'] as const) {
  describe(`a list, on a Campfire of dialect ${dialect}`, () => {
    const world = useWorld(dialect)
    const change = useBotChanges()
    const canEdit = dialect !== 'v1.4.9'

    it('is shown in short, in a message of its own, and rings nobody by name', async () => {
      change({ reply: 'whole' })
      await knows(world.kevin)
      await using(world, {
        action: 'add',
        texts: ['Order *wood*', '@Kevin <b>'],
        assignee: 'Kevin',
        due: '2099-12-04',
        notes: 'dry',
      })
      await using(world, { action: 'done', numbers: [2] })
      const { result } = await using(world, SHOW)

      expect(result.told).toMatch(/in a message of its own/)
      const [shown, answer] = world.answers().slice(-2)
      expect(shown?.replace(/\s+/g, ' ')).toBe(
        'To do 1 Order *wood* · dry · Kevin · by Fri, Dec 4, 2099 1 done',
      )
      expect(answer).toBe('There.')
      expect(ringing(world.kevin)).toEqual([])
    })

    it('is cut between characters, in whatever script, and never in one', async () => {
      change({ reply: 'whole' })
      await using(world, {
        action: 'add',
        texts: [`a${'🦦'.repeat(140)}`, `${'שלום '.repeat(10)}👨‍👩‍👧`],
      })
      await using(world, SHOW)

      const shown = world.answers().at(-2) ?? ''
      expect(shown).toContain('🦦…')
      expect(shown).toContain('שלום 👨‍👩‍👧')
      expect(shown).not.toContain('\ufffd')
    })

    it(`shows whose an item is by ${canEdit ? 'their chip' : 'their name'}, and rings nobody by that`, async () => {
      change({ reply: 'whole' })
      await mentions(world.kevin)
      const before = ringing(world.kevin).length
      const added = await using(world, {
        action: 'add',
        texts: ['Order wood'],
        assignee: '@Kevin',
      })
      await using(world, SHOW)
      const first = shownIn()
      await using(world, { action: 'add', texts: ['Tea'], assignee: 'kevin' })
      await using(world, SHOW)

      expect(added.result.told).toMatch(/Only if you write @Kevin in your answer are they told/)
      for (const { html } of [...first, ...shownIn()]) {
        expect(html.includes('action-text-attachment')).toBe(canEdit)
        expect(html).toContain(canEdit ? sgidOf(world.kevin.id) : 'Kevin')
      }
      expect(shownIn()).toHaveLength(canEdit ? 1 : 2)
      expect(ringing(world.kevin)).toHaveLength(before)
    })

    it('of which only a part is asked for is not put into the room, where the whole one may stand', async () => {
      change({ reply: 'whole' })
      await using(world, { action: 'add', texts: ['Order wood'] })
      await using(world, { action: 'add', texts: ['Tea'], assignee: 'me' })
      await using(world, SHOW)
      const { result } = await using(world, { ...SHOW, as: 'message', assignee: 'me' })

      expect(result).toMatchObject({
        told: expect.stringMatching(/Only a whole list is put into the room/),
        lists: [{ items: [{ text: 'Tea' }] }],
      })
      expect(shownIn().map(({ text }) => text)).toEqual([
        expect.stringMatching(/1 Order wood\s+• 2 Tea/),
      ])
    })

    it('is shown with what was added in the same breath', async () => {
      change({ reply: 'whole' })
      await using(world, { action: 'add', texts: ['Order wood'] })
      world.model
        .uses([
          ['list', SHOW],
          ['list', { action: 'add', texts: ['Tea'] }],
          ['list', { action: 'done', numbers: [1] }],
          ['list', { ...SHOW, as: 'file' }],
          ['list', { ...SHOW, which: 'done', as: 'file' }],
          ['list', { action: 'show' }],
        ])
        .says('There.')
      await world.asks(world.david, 'tea, wood is done, and show me')

      expect(shownIn().at(-1)?.text).toMatch(/^To do\s+• 2 Tea\s+1 done$/)
      const files = world.campfire
        .postsOf(world.assistant, world.watercooler)
        .flatMap(({ file, bytes }) => (file ? [new TextDecoder().decode(bytes ?? undefined)] : []))
      expect(files.map((csv) => csv.trim().split('\n').length)).toEqual([3, 2])
    })

    it(`shown again within ten minutes is ${canEdit ? 'edited in place' : 'posted again'}`, async () => {
      change({ reply: 'whole' })
      await using(world, { action: 'add', texts: ['Order wood', 'Call Ada'] })
      await using(world, SHOW)
      const before = shownIn()
      vi.setSystemTime(Date.now() + 9 * MINUTE)
      const { result } = await using(world, { action: 'done', numbers: [1] })
      expect(result.told).toMatch(/use show once you are through/)
      const again = await using(world, SHOW)

      const after = shownIn()
      expect(again.result.told).toMatch(
        canEdit ? /shows it as it is now/ : /stands in the room now/,
      )
      expect(after).toHaveLength(canEdit ? 1 : 2)
      expect(after.at(-1)?.text).toMatch(/^To do\s+• 2 Call Ada\s+1 done$/)
      if (canEdit) {
        expect(after[0]?.id).toBe(before[0]?.id)
        expect(again.result.link).toMatch(new RegExp(`@${before[0]?.id}$`))
      }
    })

    it('shown again later is posted anew', async () => {
      change({ reply: 'whole' })
      await using(world, { action: 'add', texts: ['Order wood'] })
      await using(world, SHOW)
      vi.setSystemTime(Date.now() + 10 * MINUTE)
      await using(world, SHOW)
      expect(shownIn()).toHaveLength(2)
    })

    it('shown again after somebody deleted the message is posted anew', async () => {
      change({ reply: 'whole' })
      await using(world, { action: 'add', texts: ['Order wood'] })
      await using(world, SHOW)
      world.campfire.deleteMessage(shownIn()[0]?.id ?? 0)
      const { result } = await using(world, SHOW)

      expect(result.told).toMatch(/stands in the room now/)
      expect(shownIn()).toHaveLength(1)
    })

    it.skipIf(!canEdit).each(['somebody', 'an answer of ours'])(
      'is shown anew where a restored Campfire has given its number to %s',
      async (whom) => {
        change({ reply: 'whole' })
        const { campfire, model, jason, kevin } = world
        const { messages } = campfire
        const backup = await world.posts(kevin, { text: 'Good morning' })
        await using(world, { action: 'add', texts: ['Wood'] })
        await using(world, SHOW)
        const shown = shownIn()[0]?.id ?? 0
        messages.restore(backup)
        const isOurs = whom !== 'somebody'
        while (messages.lastIds.lastMessageId < shown - (isOurs ? 2 : 1))
          await world.posts(kevin, { text: 'Lunch?' }, world.office)
        if (isOurs) model.says('Hello again.')
        if (isOurs) await world.asks(jason, 'hello?')
        else await world.posts(jason, { text: 'My own words' })
        const words = () => campfire.messagesIn(world.watercooler).find(({ id }) => id === shown)
        const before = words()?.plain
        expect(before).toBe(isOurs ? 'Hello again.' : 'My own words')
        model.uses('list', SHOW).says('There.')
        await world.asks(kevin, 'the list, please')

        expect(words()?.plain).toBe(before)
        expect(shownIn()).toHaveLength(1)
      },
    )

    it('goes into a file for a spreadsheet, and nothing of it runs there', async () => {
      change({ reply: 'whole' })
      await using(world, { action: 'add', texts: ['=1+1', 'Say "hi", twice'], list: 'Über/uns' })
      const { result } = await using(world, { ...SHOW, as: 'file', list: 'über/uns' })

      expect(result).toMatchObject({ file: 'Über-uns.csv', items: 2 })
      const posts = world.campfire.postsOf(world.assistant, world.watercooler)
      const file = posts.find((post) => post.file)
      const csv = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(
        file?.bytes ?? undefined,
      )
      const [head, first, second] = csv.split('\n')
      expect(head?.startsWith('\ufeff"Number","Item"')).toBe(true)
      expect(first).toMatch(/^"1","'=1\+1","","","","","","\d{4}-\d\d-\d\d","David"$/)
      expect(second).toMatch(/^"2","Say ""hi"", twice",/)
    })

    it('is not a message that makes us think that somebody else answers here', async () => {
      change({ reply: 'whole' })
      await using(world, { action: 'add', texts: ['Order wood'] })
      await using(world, SHOW)
      expect(await world.rows("SELECT state FROM replies WHERE state = 'told'")).toEqual([
        { state: 'told' },
      ])
    })

    async function knows(person: { id: number }) {
      world.model.says('Hi.')
      await world.asks(person, 'hello')
    }

    /** From then on it is known what it takes. */
    async function mentions(person: { id: number }) {
      world.model.says('Hi.')
      const what = { text: 'we are here', mentions: [world.assistant, person] }
      await world.posts(world.david, what)
      await world.rings()
    }

    function ringing(person: { id: number }) {
      return world.campfire.notifications.filter(({ who }) => who === person.id)
    }

    function shownIn() {
      return world.campfire
        .postsOf(world.assistant, world.watercooler)
        .filter(({ plain, file }) => !file && plain.startsWith('To do'))
        .map(({ id, plain, html }) => ({ id, text: plain, html: html ?? '' }))
    }
  })
}
