import { describe, expect, it } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { useWorld, type World } from '../support/world.ts'

// A question that is answered is not to stand in the room as if it were open.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const JASON = 2

const QUESTION = /^May I react to a message here with 👏\?.*content: "👏"/s

describe('the message of a request', () => {
  const world = useWorld()
  const assistant = useBotChanges()

  it('says who approved it, and keeps its own words', async () => {
    await wants(world, { approvers: [JASON] })
    world.model.says('Done.')
    await world.asks(world.jason, 'yes')

    expect(request(world)).toMatch(QUESTION)
    expect(request(world)).toMatch(/\n\nApproved by Jason$/)
  })

  it('says so while what was approved is still under way', async () => {
    await wants(world)
    let shown: string | undefined
    world.model.answers(async () => {
      while (!request(world)?.includes('Approved')) await new Promise((done) => setTimeout(done))
      shown = request(world)
      return 'Done.'
    })
    await world.asks(world.david, 'yes')

    expect(shown).toMatch(/Approved by David$/)
  })

  it('says who declined it', async () => {
    await wants(world)
    world.model.says('As you wish.')
    await world.asks(world.david, 'no')

    expect(request(world)).toMatch(/\n\nDeclined by David$/)
  })

  it('says that it was withdrawn', async () => {
    await wants(world)
    world.model.says('Soup.')
    await world.asks(world.david, 'what is for lunch?')

    expect(request(world)).toMatch(/\n\nWithdrawn$/)
  })

  it('says that its day is over', async () => {
    await wants(world)
    await world.passes(25 * HOUR)

    expect(request(world)).toMatch(/\n\nExpired$/)
    expect(world.answers()).toHaveLength(2)
  })

  it('says it in the language in which it was asked', async () => {
    assistant({ approval: { boost: 'always' } })
    await world.posts(world.david, { text: 'eine gute Idee' })
    world.model.uses('boost', { message_id: 1, content: '👏' }).says('Erledigt.')
    await world.asks(world.david, 'kannst du das für mich boosten?')
    await world.asks(world.david, 'ja')

    expect(request(world)).toMatch(/\n\nGenehmigt von David$/)
  })

  it('says nothing that a name would have it say', async () => {
    world.jason.name = '**Boss** @David'
    await wants(world, { approvers: [JASON] })
    world.model.says('Done.')
    await world.asks(world.jason, 'yes')

    expect(request(world)).toMatch(/\n\nApproved by \*\*Boss\*\* @David$/)
  })

  it('says it later, when Campfire could not be reached', async () => {
    await wants(world)
    let isDown = true
    world.fault = async ({ method }, when) =>
      isDown && method === 'PATCH' && when === 'before'
        ? new Response('', { status: 503 })
        : undefined
    world.model.says('Done.')
    await world.asks(world.david, 'yes')
    expect(request(world)).not.toContain('Approved')
    isDown = false
    await world.passes(MINUTE)

    expect(request(world)).toMatch(/\n\nApproved by David$/)
  })

  it('says it within the hour, though nothing else is to be done here', async () => {
    await wants(world)
    await world.passes(2 * HOUR)
    world.fault = async () => new Response('', { status: 503 })
    await world.room().resetSession()
    await world.rings()
    world.fault = null
    expect(request(world)).not.toContain('Withdrawn')
    expect(await world.wakesIn()).toBe(HOUR)
    await world.passes(HOUR)

    // Its words went with the session.
    expect(request(world)).toBe('Withdrawn')
  })

  it('says it an hour later where somebody has refused it, and does not try for ever', async () => {
    await wants(world)
    await world.passes(2 * HOUR)
    let edits = 0
    world.fault = async ({ method }) => {
      if (method === 'PATCH') edits++
      return method === 'PATCH' ? new Response('', { status: 406 }) : undefined
    }
    await world.room().resetSession()
    await world.rings()
    expect(await world.wakesIn()).toBe(HOUR)
    for (let hours = 0; hours < 73; hours++) await world.passes(HOUR)

    expect(edits).toBeGreaterThan(1)
    expect(await world.wakesIn()).toBeGreaterThan(HOUR)
  })

  it('stays as an administrator has made it', async () => {
    await wants(world)
    const [post] = world.campfire.postsOf(world.assistant, world.watercooler)
    world.campfire.editAsPerson(post?.id ?? 0, { text: 'May I? (a secret was here)' })
    world.model.says('Done.')
    await world.asks(world.david, 'yes')

    expect(request(world)).toBe('May I? (a secret was here)')
  })

  it('is not posted again when somebody has deleted it', async () => {
    await wants(world)
    world.campfire.deleteMessage(
      world.campfire.postsOf(world.assistant, world.watercooler)[0]?.id ?? 0,
    )
    await world.room().resetSession()
    await world.rings()

    expect(world.answers()).toEqual([])
  })

  it('that Campfire would not take is nobody’s to miss', async () => {
    assistant({ approval: { boost: 'always' } })
    await world.posts(world.david, { text: 'a good idea' })
    world.model.uses('boost', { message_id: 1, content: '👏' })
    world.fault = async (request) => {
      const isIt = request.method === 'POST' && (await request.text()).includes('May I')
      return isIt && !request.url.includes('/v1/') ? new Response('', { status: 422 }) : undefined
    }
    await world.asks(world.david, 'boost it')
    for (let minutes = 0; minutes < 10; minutes++) await world.passes(MINUTE)
    await world.passes(25 * HOUR)

    expect(world.answers()).toEqual([expect.stringContaining("Campfire didn't accept it")])
  })

  it('has its day from when it stands in the room', async () => {
    assistant({ approval: { boost: 'always' } })
    await world.posts(world.david, { text: 'a good idea' })
    world.model.uses('boost', { message_id: 1, content: '👏' })
    let isOut = true
    world.fault = async ({ method, url }) =>
      isOut && method === 'POST' && url.endsWith('/messages') && !url.includes('/v1/')
        ? new Response('', { status: 503 })
        : undefined
    await world.asks(world.david, 'boost it')
    await world.passes(23 * HOUR)
    isOut = false
    await world.passes(HOUR / 2)
    await world.passes(HOUR)
    expect(request(world)).toMatch(/content: "👏"$/)
    world.model.says('Done.')
    await world.asks(world.david, 'yes')

    expect(claps(world)).toEqual(['👏'])
  })

  it('is told from another with its number, after a backup was restored', async () => {
    const { campfire, model, david, kevin, jason } = world
    await world.posts(kevin, { text: 'Good morning' })
    const backup = campfire.messages.lastIds.lastMessageId
    await wants(world)
    const number = campfire.postsOf(world.assistant, world.watercooler)[0]?.id ?? 0
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)
    campfire.messages.restore(backup)
    for (let line = 0; line < 3; line++) {
      model.says('Hello.')
      await world.asks(jason, `hello ${line}`)
      await world.passes(2 * MINUTE)
    }
    model.says('Yes to what?').says('Yes to what?')
    const mentions = [world.assistant]
    await world.posts(david, { text: 'yes', mentions, replyTo: number })
    await world.rings()
    await world.asks(david, 'yes')

    expect(claps(world)).toEqual([])
    expect(world.answers().join()).not.toMatch(/Withdrawn|Approved/)
  })
})

describe('on a Campfire where nothing can be edited', () => {
  const world = useWorld('v1.4.9')

  it('a request stays as it is, and a yes counts as anywhere', async () => {
    await wants(world)
    world.model.says('I can’t boost here.')
    await world.asks(world.david, 'yes')
    expect(JSON.stringify(world.model.prompts.at(-1)?.messages)).toContain('was approved')
    await world.passes(HOUR)

    expect(world.answers()).toHaveLength(2)
    expect(request(world)).toMatch(/content: "👏"$/)
    expect(await world.wakesIn()).toBeGreaterThan(HOUR)
  })

  it('a yes counts for nothing as well, after its asker went on', async () => {
    await wants(world)
    world.model.says('Soup. And a salad?').says('With a salad, then.')
    await world.asks(world.david, 'what is for lunch?')
    await world.asks(world.david, 'yes')

    expect(JSON.stringify(world.model.prompts.at(-1)?.messages)).toContain('nothing was approved')
  })
})

const change = useBotChanges()

/** David wants his words boosted, and the bot asks him for a yes. */
async function wants(world: World, changes: { approvers?: number[] } = {}) {
  change({ approval: { boost: 'always' }, ...changes })
  const id = await world.posts(world.david, { text: 'a good idea' })
  world.model.uses('boost', { message_id: id, content: '👏' })
  await world.asks(world.david, 'boost it')
  expect(request(world)).toMatch(QUESTION)
}

function request(world: World) {
  return world.answers()[0]
}

function claps({ campfire, watercooler }: World) {
  return campfire
    .messagesIn(watercooler)
    .flatMap(({ boosts }) => boosts.map(({ content }) => content))
    .filter((content) => content === '👏')
}
