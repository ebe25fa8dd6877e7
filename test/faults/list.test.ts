import { describe, expect, it } from 'vitest'
import { LISTING } from '../support/extent.ts'
import { type Fault, useWorld } from '../support/world.ts'
import { answer, callOf, hurry, lost, meets, silent, type Trouble } from './faults.ts'
import { endsWell, expectWhole, type Form, settles, states, writes } from './story.ts'

const PATIENCE = 3_000
const OURS = 30_000
const HOUR = 3_600_000
const html = { 'content-type': 'text/html' }
const json = { 'content-type': 'application/json' }

const SLOW: Trouble = { when: 'before', answers: silent }
const BROKEN: Trouble = { when: 'before', answers: answer(500, html, '<html>') }
const PAGE: Trouble = { when: 'before', answers: answer(200, html, '<html>') }
const FIREWALL: Trouble = { when: 'before', answers: answer(406, html, '<html>') }
const LOST: Trouble = { when: 'after', answers: lost }

for (const dialect of LISTING) {
  describe(`a list (${dialect})`, () => {
    const world = useWorld(dialect)

    it.each<[string, Trouble]>([
      ['is slow', SLOW],
      ['answers 500', BROKEN],
      ['is a page for browsers', PAGE],
      ['is a page that nobody has', { when: 'before', answers: answer(404, html, '<html>') }],
      ['cannot be reached', { when: 'before', answers: lost }],
      ['is a 429', { when: 'before', answers: answer(429) }],
      ['is JSON of something else', { when: 'before', answers: answer(200, {}, '{"ok":true}') }],
    ])('that %s keeps nobody waiting for an answer', async (_, trouble) => {
      hurry(PATIENCE, OURS)
      writes(world, 'whole')
      world.fault = meets('list', trouble, { times: 1_000 })
      await world.asks(world.david, 'hello?')

      expect(world.answers()).toEqual(['Hello.'])
      await endsWell(world)
    })

    it.each<[string, Trouble]>([
      ['is slow', SLOW],
      ['answers 500', BROKEN],
      ['is a page for browsers', PAGE],
    ])('that %s is asked again before anything is posted again', async (_, trouble) => {
      hurry(OURS)
      writes(world, 'whole')
      world.fault = onceLost(LOST, meets('list', trouble, { times: 2 }))
      await world.says(world.david, 'hello?')
      await settles(world)

      expect(world.answers()).toEqual(['Hello.'])
      expect(await endsWell(world)).toMatch(/no crashes \(3-1-1\)\.$/)
    })

    it.each<[string, Trouble]>([
      ['is a page for browsers', PAGE],
      ['a firewall refuses', FIREWALL],
      ['nobody seems to have', { when: 'before', answers: answer(404, html, '<html>') }],
    ])(
      'that %s for minutes is waited for: whoever answers there is not Campfire',
      async (_, front) => {
        writes(world, 'whole')
        const [lasts, began] = [5 * 60_000, Date.now()]
        const page = meets('list', front, { times: 1_000 })
        world.fault = onceLost(LOST, async (request, when) =>
          Date.now() < began + lasts ? await page(request, when) : undefined,
        )
        await world.says(world.david, 'hello?')
        await world.rings()
        await world.passesBy(lasts - 1_000)
        expect(world.answers()).toEqual(['Hello.'])

        await world.passesBy(lasts)
        expect(world.answers()).toEqual(['Hello.'])
        expect(await states(world)).toEqual(['posted'])
        await endsWell(world)
      },
    )

    it.each<[string, Trouble]>([
      ['answers 500', BROKEN],
      ['is JSON of something else', { when: 'before', answers: answer(200, json, '{"ok":true}') }],
    ])(
      'that %s for long is not waited for: it may stand twice until it can be seen',
      async (_, trouble) => {
        writes(world, 'whole')
        world.fault = onceLost(LOST, meets('list', trouble, { times: 1_000 }))
        await world.says(world.david, 'hello?')
        await settles(world)
        expect(world.answers()).toEqual(['Hello.', 'Hello.'])
        expect(await states(world)).toEqual(['doubtful'])

        world.fault = null
        await world.passes(60_000)
        expect(world.answers()).toEqual(['Hello.'])
        expect(await endsWell(world)).toMatch(/no crashes \(3-1-1\)\.$/)
      },
    )

    it('that answers 500 for an hour, as all does though it is done, leaves two for that hour, and one then', async () => {
      writes(world, 'whole')
      const began = Date.now()
      const isBad = () => Date.now() - began < HOUR
      world.fault = async (request, when) => {
        const call = callOf(request)
        const isMet = call === 'create' ? when === 'after' : call && when === 'before'
        return isMet && isBad() ? answer(500)() : undefined
      }
      await world.asks(world.david, 'hello?')
      await world.passesBy(HOUR - 1)
      expect(world.answers()).toEqual(['Hello.', 'Hello.'])

      await world.passesBy(2 * HOUR)
      expect(world.answers()).toEqual(['Hello.'])
      expect(await endsWell(world)).toMatch(/no crashes \(3-1-1\)\.$/)
    })

    it('that can be read again shows which of two stands', async () => {
      writes(world, 'whole')
      const gaveUp: Trouble = { when: 'after', answers: answer(504) }
      const posts = meets('create', gaveUp)
      world.fault = onceLost(gaveUp, async (request, when) =>
        callOf(request) === 'list' ? answer(500)() : await posts(request, when),
      )
      await world.says(world.david, 'hello?')
      await settles(world)
      world.fault = null
      await world.passes(60_000)

      // While nobody could look, the room was told so.
      const doubt = expect.stringContaining("couldn't find out whether it arrived")
      expect(world.answers()).toEqual(['Hello.', doubt])
      expect(await endsWell(world)).toMatch(/no crashes \(3-1-1\)\.$/)
    })

    describe('in which much has been said since', () => {
      const FORMS: [Form, 'create' | 'attach'][] = [
        ['whole', 'create'],
        ['that grows', 'create'],
        ['as a file', 'attach'],
      ]

      it.each(FORMS)('is read to its end for an answer %s', async (form, call) => {
        await loses(form, call, chatter)
        expectWhole(world, form)
        await endsWell(world)
      })

      it.each(FORMS)(
        'is read also where the question was deleted, for an answer %s',
        async (form, call) => {
          await loses(form, call, takeBack)
          expectWhole(world, form)
          await endsWell(world)
        },
      )

      it.each(FORMS)('and the question was deleted: an answer %s is found', async (form, call) => {
        await loses(form, call, () => {
          takeBack()
          chatter()
        })
        expectWhole(world, form)
        await endsWell(world)
      })
    })

    /** The answer is saved, ours is lost, and then something happens in the room. */
    async function loses(form: Form, call: 'create' | 'attach', then: () => void) {
      writes(world, form)
      const trouble: Trouble = {
        when: 'after',
        answers() {
          then()
          return lost()
        },
      }
      world.fault = meets(call, trouble)
      await world.says(world.david, 'tell me')
      await settles(world)
    }

    function chatter() {
      for (let n = 0; n < 45; n++) {
        const { id: creator } = world.jason
        const draft = {
          html: `<p>More, ${n}.</p>`,
          file: null,
          room: world.watercooler.id,
          creator,
        }
        world.campfire.post({ ...draft, via: 'person' })
      }
    }

    function takeBack() {
      const [question] = world.campfire.messagesIn(world.watercooler)
      if (question) world.campfire.deleteMessage(question)
    }
  })
}

/** The first create meets it; what comes after that meets the other. */
function onceLost(trouble: Trouble, then: Fault): Fault {
  let isLost = false
  const first = meets('create', trouble)
  return async (request, when) => {
    if (isLost) return await then(request, when)
    if (when === trouble.when && callOf(request) === 'create') isLost = true
    return await first(request, when)
  }
}
