import { beforeEach, describe, expect, it, vi } from 'vitest'
import { chipOf } from '../campground/composer.ts'
import { useWorld, type World } from '../support/world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOOK = 'https://robo.example.com/hook'

for (const dialect of ['rails', 'port'] as const) {
  describe(`a bot of others, on a Campfire of dialect ${dialect}`, () => {
    const world = useWorld(dialect)

    it('is answered three times in a direct; then a human speaks, and is answered', async () => {
      const { campfire, model, david, assistant } = world
      const robo = addRobo(world)
      const room = campfire.addDirect([david, assistant, robo])
      for (const answer of ['To David.', 'One.', 'Two.', 'Three.']) model.says(answer)
      await world.posts(david, { text: 'talk to one another' }, room)
      await letTalk(world, room)

      expect(world.answers(room)).toEqual(['To David.', 'One.', 'Two.', 'Three.'])
      expect(lastIn(world, room)).toBe(robo.id)
      expect((await receipts(world, room)).at(-1)).toBe('silent: bots in a row')

      robo.isQuiet = true
      model.says('To David again.')
      await world.posts(david, { text: 'enough?' }, room)
      await letTalk(world, room)
      expect(world.answers(room).at(-1)).toBe('To David again.')
    })

    it('that mentions ours in a room, and is mentioned back, is answered three times', async () => {
      const { campfire, model, david, assistant, watercooler } = world
      const robo = addRobo(world, { mentions: assistant })
      campfire.join(watercooler, robo)
      for (const answer of ['One', 'Two', 'Three', 'Four']) model.says(`@Robo ${answer}?`)
      await world.posts(david, { text: 'Go!', mentions: [assistant, robo] })
      await letTalk(world, watercooler)

      expect(world.answers().map((text) => text.replace(/\s+/g, ' '))).toEqual([
        '@Robo One?',
        '@Robo Two?',
        '@Robo Three?',
        '@Robo Four?',
      ])
      expect(robo.heard).toBeGreaterThanOrEqual(4)
      expect(lastIn(world, watercooler)).toBe(robo.id)
      expect((await receipts(world, watercooler)).at(-1)).toBe('silent: bots in a row')

      robo.isQuiet = true
      model.says('Yes.')
      await world.asks(david, 'are you done?')
      expect(world.answers().at(-1)).toBe('Yes.')
    })

    it('is kept silent to for as long as it goes on alone', async () => {
      const { campfire, model, assistant, watercooler } = world
      const robo = addRobo(world, { mentions: assistant })
      campfire.join(watercooler, robo)
      robo.isQuiet = true
      for (const answer of ['One.', 'Two.', 'Three.']) model.says(answer)
      for (let hour = 0; hour < 30; hour++) {
        await robo.says(watercooler)
        await letTalk(world, watercooler)
        vi.setSystemTime(Date.now() + 60 * MINUTE)
      }

      expect(world.answers()).toEqual(['One.', 'Two.', 'Three.'])
      expect((await receipts(world, watercooler)).slice(3)).toEqual(
        Array(27).fill('silent: bots in a row'),
      )
    })
  })
}

describe('a bot of others, where nobody can tell that it is one', () => {
  const world = useWorld('v1.4.9')
  beforeEach(() => world.isKnownToBeOld())
  const RESTS = /^I'll rest for ten minutes/

  it('is answered fifteen times in a room, at once; then we say that we rest, and do', async () => {
    const { campfire, model, david, assistant, watercooler } = world
    const robo = addRobo(world, { mentions: assistant })
    campfire.join(watercooler, robo)
    for (let turn = 0; turn <= 15; turn++) model.says(`@Robo ${turn}?`)
    const began = Date.now()
    const logged = vi.spyOn(console, 'warn')
    await world.posts(david, { text: 'Go!', mentions: [assistant, robo] })
    await letTalk(world, watercooler)

    expect(Date.now()).toBe(began)
    expect(world.answers()).toHaveLength(17)
    expect(world.answers().at(-1)).toMatch(RESTS)
    expect((await receipts(world, watercooler)).at(-1)).toBe('replied: too many in a row')

    robo.isQuiet = true
    for (let minute = 0; minute < 9; minute++) {
      await robo.says(watercooler, 'hello?')
      await letTalk(world, watercooler)
      vi.setSystemTime(Date.now() + MINUTE)
    }
    expect(world.answers()).toHaveLength(17)
    expect((await receipts(world, watercooler)).slice(17)).toEqual(
      Array(9).fill('silent: too many in a row'),
    )
    expect(logged.mock.calls.flat().filter((line) => /turn.rests/.test(line))).toHaveLength(1)

    vi.setSystemTime(Date.now() + MINUTE)
    model.says('Hello again.')
    await robo.says(watercooler)
    await letTalk(world, watercooler)
    expect(world.answers().slice(17)).toEqual(['Hello again.'])
  })

  it('is answered forty times in a direct', async () => {
    const { campfire, model, david, assistant } = world
    const robo = addRobo(world)
    const room = campfire.addDirect([david, assistant, robo])
    robo.isQuiet = true
    for (let turn = 1; turn <= 40; turn++) {
      model.says(`${turn}.`)
      await robo.says(room)
      await letTalk(world, room)
      vi.setSystemTime(Date.now() + 30 * SECOND)
    }
    await robo.says(room)
    await letTalk(world, room)

    expect(world.answers(room)).toHaveLength(41)
    expect(world.answers(room).at(-1)).toMatch(RESTS)
  })

  it('holds nobody else up while we rest, and is answered again when somebody else has spoken', async () => {
    const { campfire, model, jason, assistant, watercooler } = world
    const robo = addRobo(world, { mentions: assistant })
    campfire.join(watercooler, robo)
    robo.isQuiet = true
    for (let turn = 1; turn <= 15; turn++) {
      model.says(`${turn}.`)
      await robo.says(watercooler)
      await world.rings()
    }
    for (const words of ['and this', 'and that', 'and those']) {
      await robo.says(watercooler, words)
      await world.rings()
    }
    model.says('Hello, Jason.').says('To Robo.')
    await world.asks(jason, 'hello?')
    await world.passes(MINUTE)
    expect(world.answers().slice(16)).toEqual(['Hello, Jason.', 'To Robo.'])
  })
})

describe('two bots of others that mention ours in turn, where nobody can tell that they are', () => {
  const world = useWorld('v1.4.9')
  beforeEach(() => world.isKnownToBeOld())

  it.each([2, 3])(
    'or %i, are answered as often as if each were alone, and then all of them are rested from',
    async (many) => {
      const { campfire, model, david, assistant, watercooler } = world
      const robos = Array.from({ length: many }, (_, n) =>
        addRobo(world, { mentions: assistant, hook: `${HOOK}${n}` }),
      )
      for (const robo of robos) {
        campfire.join(watercooler, robo)
        robo.isQuiet = true
      }
      const speak = async (turn: number) => {
        await robos[turn % many]?.says(watercooler)
        await world.rings()
        vi.setSystemTime(Date.now() + 20 * SECOND)
      }
      for (let turn = 0; turn < 15 * many; turn++) {
        model.says(`${turn}.`)
        await speak(turn)
      }
      expect(world.answers()).toHaveLength(15 * many)
      for (let turn = 0; turn < 20; turn++) await speak(turn)
      expect(world.answers().slice(15 * many)).toEqual([expect.stringMatching(/^I'll rest/)])

      model.says('Hello, David.')
      for (const _ of robos) model.says('To a robo.')
      await world.asks(david, 'hello?')
      expect(world.answers().slice(15 * many + 1)).toContain('Hello, David.')
      model.forget()
    },
  )
})

describe('two people who talk with us in the same minutes, where nobody can tell that they are', () => {
  const world = useWorld('v1.4.9')
  beforeEach(() => world.isKnownToBeOld())

  it('are answered every time: now and then one of them speaks twice', async () => {
    const { model, david, jason } = world
    for (let turn = 1; turn <= 60; turn++) {
      model.says(`${turn}.`)
      await world.asks(turn % 14 < 7 ? (turn % 2 ? david : jason) : turn % 2 ? jason : david, 'hm?')
      vi.setSystemTime(Date.now() + 20 * SECOND)
    }
    expect(world.answers()).toHaveLength(60)
  })
})

describe('a person who asks eight times a minute, where nobody can tell that it is one', () => {
  const world = useWorld('v1.4.9')

  it('is answered at once, every time', async () => {
    const { model, david, direct } = world
    for (let turn = 1; turn <= 24; turn++) {
      model.says(`${turn}.`)
      await world.posts(david, { text: `question ${turn}` }, direct)
      await world.rings(direct)
      expect(world.answers(direct)).toHaveLength(turn)
      vi.setSystemTime(Date.now() + 7.5 * SECOND)
    }
  })
})

describe('a human who says much in a minute', () => {
  const known = useWorld('rails')

  it('is answered every time where it is known that it is one', async () => {
    for (let turn = 1; turn <= 25; turn++) {
      known.model.says(`${turn}.`)
      await known.asks(known.david, `question ${turn}`)
    }

    expect(known.answers()).toHaveLength(25)
  })
})

for (const dialect of ['rails', 'port', 'v1.4.9'] as const) {
  describe(`two bots of ours, on a Campfire of dialect ${dialect}`, () => {
    const world = useWorld(dialect)

    it('answer people, and never one another', async () => {
      const { campfire, model, david, assistant, analyst } = world
      const room = campfire.addDirect([david, assistant, analyst])
      model.says('I assist.').says('I analyse.')
      await world.posts(david, { text: 'who are you?' }, room)
      await letTalk(world, room, assistant)
      await letTalk(world, room, analyst)
      await letTalk(world, room, assistant)

      expect(world.answers(room, assistant)).toEqual(['I assist.'])
      expect(world.answers(room, analyst)).toEqual(['I analyse.'])
      expect(await receipts(world, room)).toEqual(['replied: direct'])
    })

    it('that are mentioned together answer once each', async () => {
      const { model, david, assistant, analyst, watercooler } = world
      model.says('I assist, @Analyst.').says('I analyse, @Assistant.')
      await world.posts(david, { text: 'who are you?', mentions: [assistant, analyst] })
      for (const bot of [assistant, analyst, assistant, analyst]) {
        await letTalk(world, watercooler, bot)
      }

      expect(world.answers(watercooler, assistant)).toHaveLength(1)
      expect(world.answers(watercooler, analyst)).toHaveLength(1)
    })
  })
}

/** A bot that is none of ours: it answers everything that it is sent, by the API. */
function addRobo(
  { campfire, strangers }: World,
  { mentions, hook = HOOK }: { mentions?: { id: number }; hook?: string } = {},
) {
  const bot = campfire.addBot('Robo', { webhook: hook })
  const robo = Object.assign(bot, {
    isQuiet: false,
    heard: 0,
    async says(room: { id: number }, text = 'And then?') {
      const chip = mentions ? `${chipOf(campfire.people.get(mentions.id))} ` : ''
      const url = `${campfire.origin}/rooms/${room.id}/${bot.key}/messages`
      const headers = { 'content-type': 'text/plain; charset=utf-8' }
      const request = new Request(url, { method: 'POST', headers, body: `${chip}${text}` })
      expect((await campfire.handle(request)).status).toBe(201)
      await campfire.settled()
    },
  })
  strangers.set(hook, async (request) => {
    const { room } = (await request.json()) as { room: { id: number } }
    robo.heard++
    if (!robo.isQuiet) void robo.says(room)
    return new Response(null, { status: 204 })
  })
  return robo
}

/** Until neither has anything more to say, and nothing is put off. */
async function letTalk(world: World, room: { id: number }, bot: { id: number } = world.assistant) {
  for (let rounds = 0; rounds < 200; rounds++) {
    await world.campfire.settled()
    if (await world.ringsOnce(room, bot)) continue
    const wait = await world.wakesIn(room, bot)
    if (wait === null || wait > 2 * MINUTE) return
    vi.setSystemTime(Date.now() + wait)
  }
  throw new Error('They talk and talk')
}

function lastIn({ campfire }: World, room: { id: number }) {
  return campfire.messagesIn(room).at(-1)?.creator.id
}

async function receipts(world: World, room: { id: number }) {
  const rows = await world.rows('SELECT state, reason FROM turns ORDER BY id', room)
  return rows.map(({ state, reason }) => `${state}: ${reason}`)
}
