import { describe, expect, it, vi } from 'vitest'
import { SENTENCES } from '../../src/sentences.ts'
import { useBotChanges } from '../support/bots.ts'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'
import { callOf, lost } from './faults.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

// Stories that `npm run chaos` told first, by chance.

const world = useWorld()
const assistant = useBotChanges()

describe('a long answer whose beginning a person deletes', () => {
  it('is not gone on with: that was its end', async () => {
    const { campfire, model, david } = world
    const pieces = ['One', 'Two', 'Three', 'Four'].map((word) => `${`${word} `.repeat(600)}\n\n`)
    model.says(pieces.join(''), {
      pieces,
      before: async () => {
        for (let turns = 0; turns < 5; turns++) await new Promise((done) => setTimeout(done))
        vi.setSystemTime(Date.now() + 2 * SECOND)
      },
    })
    world.fault = async (request, when) => {
      const isFinal = request.method === 'PATCH' && !(await request.clone().text()).includes('…')
      const [post] = posts()
      if (isFinal && when === 'before' && post) campfire.deleteMessage(post)
      return undefined
    }
    await world.asks(david, 'tell me everything')

    expect(posts()).toEqual([])
    expect(await replies()).toEqual([{ part: 1, state: 'gone' }])
  })
})

describe('a room that dies again and again after the answer is out', () => {
  it('has answered: nothing was set aside, and the answer is remembered', async () => {
    const { model, david } = world
    const deaths = diesAtItsSigns(4)
    model.says('Forty-two.').says('Forty-three.')
    await world.says(david, 'the answer?')
    await lives(9)
    await world.asks(david, 'and the next?')

    expect(deaths()).toBe(4)
    expect(world.answers()).toEqual(['Forty-two.', 'Forty-three.'])
    expect(await world.rows('SELECT state, crashes FROM turns')).toEqual([
      { state: 'replied', crashes: 4 },
      { state: 'replied', crashes: 0 },
    ])
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).toContain('Forty-two.')
  })
})

describe('a word that has to wait for its turn', () => {
  it('keeps no sign of that when it is answered', async () => {
    const { model, david, jason } = world
    const gate = Promise.withResolvers<void>()
    model.says('For David.').waits(gate.promise)
    await world.says(david, 'take your time')
    const ringing = ring(1)
    await until(() => model.prompts.length === 1)
    const word = await world.says(jason, 'forget')
    await until(() => signsOn(word).length === 1)
    gate.resolve()
    await ringing
    await ring(1)

    expect(world.answers().at(-1)).toBe(SENTENCES.forgotten.room)
    expect(signsOn(word)).toEqual([])
  })

  it('keeps none that comes when its turn is under way, should it not go at once', async () => {
    const { model, david, jason } = world
    let [isOver, isRefused] = [false, false]
    const left = () => world.rows("SELECT value FROM facts WHERE name = 'signs left'")
    world.fault = async ({ method, url }, when) => {
      const isJasons = url.includes('/2/boosts')
      if (isJasons && method === 'DELETE') {
        isRefused = true
        return new Response('', { status: 502 })
      }
      if (isJasons && when === 'after') await until(() => isOver)
      return undefined
    }
    const gate = Promise.withResolvers<void>()
    model.says('For David.').waits(gate.promise)
    await world.says(david, 'take your time')
    const ringing = ring(1)
    await until(() => model.prompts.length === 1)
    const word = await world.says(jason, 'forget')
    await until(() => signsOn(word).length === 1)
    gate.resolve()
    await ringing
    await ring(1)
    isOver = true
    await until(() => isRefused)
    while ((await left()).length === 0) await new Promise((done) => setTimeout(done))
    world.fault = null
    expect(signsOn(word)).toHaveLength(1)
    await world.passes(MINUTE)

    expect(signsOn(word)).toEqual([])
  })

  it('keeps none when it is heard in a turn that has begun without it', async () => {
    assistant({ approval: { boost: 'always' } })
    const { model, david, jason } = world
    const idea = await world.posts(david, { text: 'a good idea' })
    model.uses('boost', { message_id: idea, content: '👏' })
    await world.asks(jason, 'boost it')
    const gate = Promise.withResolvers<void>()
    model.says('For David.').waits(gate.promise)
    await world.says(david, 'take your time')
    const ringing = ring(1)
    await until(() => model.prompts.length === 2)
    const yes = await world.says(jason, 'yes')
    const more = await world.says(jason, 'and tell me when you have')
    await until(() => signsOn(yes).length === 1)
    model.says('Done.')
    gate.resolve()
    await ringing
    await world.rings()

    expect(world.answers().at(-1)).toBe('Done.')
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).toContain('and tell me')
    expect([...signsOn(yes), ...signsOn(more)]).toEqual([])
  })

  function signsOn(id: number) {
    const messages = world.campfire.messagesIn(world.watercooler)
    return messages.find((one) => one.id === id)?.boosts ?? []
  }
})

describe('a laptop that was closed for hours', () => {
  it('finds what no delivery brought when it is opened, and sweeps away what came late', async () => {
    const { model, david, jason } = world
    loses(1)
    model.says('Only one of me.').says('Found.')
    await world.asks(david, 'hello?')
    await world.passes(5 * SECOND)
    await lose(() => world.says(jason, 'anybody?'))
    comesLate('Only one of me.')
    await world.passes(5 * HOUR)

    expect(world.answers()).toEqual(['Only one of me.', 'Found.'])
  })

  it('looks again when the session is over, should the last look have failed', async () => {
    const { model, david, jason } = world
    model.says('One.').says('They said one.').says('Two.')
    await world.asks(david, 'one')
    await lose(() => world.says(jason, 'two'))
    world.fault = async ({ method }) =>
      method === 'GET' ? new Response('', { status: 502 }) : undefined
    for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)
    world.fault = null
    expect(world.answers()).toEqual(['One.'])
    await world.passes(23 * HOUR)

    expect(world.answers()).toEqual(['One.', 'Two.'])
  })
})

describe('a look that brings the room down', () => {
  it('is left alone after that, until its next time', async () => {
    world.model.says('One.').says('Two.')
    await world.asks(world.david, 'one')
    await diesLooking(MINUTE)
    expect(world.answers()).toEqual(['One.'])
    await world.passes(9 * MINUTE)

    expect(world.answers()).toEqual(['One.', 'Two.'])
  })

  it('is not given up for good: the room is woken once more when its session is over', async () => {
    world.model.says('One.').says('They said one.').says('Two.')
    await world.asks(world.david, 'one')
    await world.passes(MINUTE)
    await world.passes(9 * MINUTE)
    await diesLooking(50 * MINUTE)
    expect(world.answers()).toEqual(['One.'])
    await world.passes(23 * HOUR)

    expect(world.answers()).toEqual(['One.', 'Two.'])
  })

  async function diesLooking(later: number) {
    await lose(() => world.says(world.jason, 'two'))
    const deaths = diesAt(({ method }) => method === 'GET', { most: 9 })
    vi.setSystemTime(Date.now() + later + 2 * SECOND)
    await ring(5)
    expect(deaths()).toBe(2)
    world.fault = null
  }
})

describe('an answer in parts that is stopped while nobody knows whether one of them is out', () => {
  it('says that it was stopped, and does not just end', async () => {
    const { model, david } = world
    let creates = 0
    world.fault = async ({ method, url }, when) => {
      const isCreate = method === 'POST' && /rooms.*messages$/.test(url) && when === 'after'
      return isCreate && ++creates === 2 ? new Response('', { status: 504 }) : undefined
    }
    model.says(['One', 'Two', 'Three'].map((word) => `${word} `.repeat(600)).join('\n\n'))
    await world.asks(david, 'tell me everything')
    await world.asks(david, 'stop')

    const beginnings = world.answers().map((answer) => answer.slice(0, 8))
    expect(beginnings).toEqual(['One One ', 'Two Two ', 'Stopped.'])
  })
})

describe('an answer that gives way to a stop while nobody knows whether it is out', () => {
  it('is swept away if it comes late', async () => {
    await stopsInDoubt()
    comesLate('Forty-two.')
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(['Stopped.'])
  })

  describe('on a Campfire that cannot say it', () => {
    const old = useWorld('v1.4.9')

    it('may stand beside it, and the receipt says so', async () => {
      await old.isKnownToBeOld()
      await stopsInDoubt(old)
      expect(await replies(old)).toEqual([
        { part: -1, state: 'lost' },
        { part: 1, state: 'posted' },
      ])
      await old.asks(old.david, 'why')
      expect(old.answers().at(-1)).toContain(SENTENCES.why.doubts['may stand twice'])
    })
  })

  async function stopsInDoubt(where = world) {
    const { model, david } = where
    loses(1, where)
    model.says('Forty-two.')
    await where.asks(david, 'the answer?')
    await where.asks(david, 'stop')
    expect(where.answers()).toEqual(['Stopped.'])
  }
})

describe('an answer that gives way to a sentence, since nobody would take it', () => {
  it.each([
    ['for minutes', 2 * MINUTE, SENTENCES.unpostable('3-1-1')],
    ['for a day', 24 * HOUR, SENTENCES.outOfReach('3-1-1')],
  ])(
    'is swept away if its last try comes late, and is nobody else’s: %s',
    async (_, ms, sentence) => {
      const { model, david, jason } = world
      let [first, isLost] = [0, false]
      world.fault = async (request, when) => {
        if (when === 'after' || callOf(request) !== 'create' || isLost) return undefined
        first ||= Date.now()
        if (Date.now() - first < ms) return new Response('', { status: 403 })
        isLost = (await request.clone().text()).includes('Forty-two')
        return isLost ? lost() : new Response('', { status: 403 })
      }
      model.says('Forty-two.')
      await world.asks(david, 'the answer?')
      for (let times = 0; times < 3; times++) await world.passes(ms / 3)
      expect(world.answers()).toEqual([sentence])

      await lose(() => world.says(jason, 'when is tea?'))
      comesLate('Forty-two.')
      model.says('At four.')
      for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

      expect(world.answers()).toEqual([sentence, 'At four.'])
    },
  )
})

describe('an answer in doubt whose question was deleted', () => {
  it('does not take an old message of the same words for itself, nor remove it', async () => {
    const { campfire, assistant, watercooler, model, david } = world
    const said = { room: watercooler.id, creator: assistant.id, file: null, via: 'api' as const }
    for (const hours of [30, 3]) {
      const old = campfire.post({ ...said, html: '<p>Done.</p>' })
      old.at -= hours * 60 * MINUTE
    }
    let asked = 0
    world.fault = async ({ method, url }, when) => {
      const isCreate = method === 'POST' && /rooms.*messages$/.test(url)
      if (!asked || when !== 'before' || !isCreate) return undefined
      campfire.deleteMessage(asked)
      asked = 0
      return new Response('', { status: 504 })
    }
    model.says('Done.')
    asked = await world.says(david, 'do it')
    await world.rings()
    await world.passesBy(5 * MINUTE)

    expect(world.answers()).toEqual(['Done.', 'Done.', 'Done.'])
  })
})

describe('a beginning that a person deletes as it becomes whole', () => {
  it('is not posted again', async () => {
    grows()
    world.fault = async (request, when) => {
      const isLast = request.method === 'PATCH' && (await request.clone().text()).includes('Four')
      const [post] = posts()
      if (isLast && when === 'after' && post) world.campfire.deleteMessage(post)
      return undefined
    }
    await world.asks(world.david, 'tell me everything')

    expect(posts()).toEqual([])
    expect(await replies()).toEqual([{ part: 1, state: 'gone' }])
  })
})

describe('a beginning whose create was given up, and takes effect later', () => {
  it('is swept away', async () => {
    loses(1)
    grows()
    await world.asks(world.david, 'tell me everything')
    await world.passes(5 * SECOND)
    const [began] = await world.rows('SELECT began FROM replies WHERE began IS NOT NULL')
    comesLate(String(began?.began))
    expect(posts()).toHaveLength(2)
    await world.passes(MINUTE)

    expect(posts()).toHaveLength(1)
  })
})

describe('a turn given up after ten deaths', () => {
  it('knows the sentence that it got out', async () => {
    const deaths = diesAt(
      ({ method, url }, when) =>
        /v1.messages/.test(url) || method === 'GET' || (method === 'POST' && when === 'after'),
      { most: 10 },
    )
    await world.says(world.david, 'the answer?')
    await lives(17)
    expect(deaths()).toBe(10)
    expect(await replies()).toEqual([{ part: 1, state: 'doubted' }])
    await world.passes(MINUTE)

    expect(await replies()).toEqual([{ part: 1, state: 'posted' }])
    expect(await world.rows('SELECT message FROM replies')).toEqual([{ message: posts()[0] }])
  })
})

describe('more turns in doubt than are swept at once', () => {
  it('are swept all the same, those first that never were', async () => {
    const { model, david } = world
    for (let turn = 1; turn <= 12; turn++) {
      loses(1)
      model.says(`Answer ${turn}.`)
      await world.asks(david, `question ${turn}`)
      await world.passes(5 * SECOND)
    }
    comesLate('Answer 1.')
    expect(world.answers()).toHaveLength(13)
    await world.passes(MINUTE)
    await world.passes(9 * MINUTE)

    expect(world.answers()).toEqual(Array.from({ length: 12 }, (_, turn) => `Answer ${turn + 1}.`))
  })
})

describe('two turns with the same words', () => {
  it('both keep them, though the first was in doubt', async () => {
    const { model, david } = world
    loses(1)
    model.says('Done.').says('Done.')
    await world.asks(david, 'do it')
    await world.passes(5 * SECOND)
    await world.asks(david, 'and again')
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(['Done.', 'Done.'])
  })
})

/** So slowly that it takes more than a minute. */
function grows() {
  const pieces = ['One', 'Two', 'Three', 'Four'].map((word) => `${`${word} `.repeat(60)}\n\n`)
  world.model.says(pieces.join(''), {
    pieces,
    before: async () => {
      for (let turns = 0; turns < 5; turns++) await new Promise((done) => setTimeout(done))
      vi.setSystemTime(Date.now() + 25 * SECOND)
    },
  })
}

/** It was on its way, and nobody answers. */
function loses(most: number, where = world) {
  let lost = 0
  where.fault = async ({ method, url }, when) => {
    const isCreate = method === 'POST' && /rooms.*messages$/.test(url)
    return when === 'before' && isCreate && lost++ < most
      ? new Response('', { status: 504 })
      : undefined
  }
}

function comesLate(text: string) {
  const { campfire, assistant, watercooler } = world
  const html = text.trim().replace(/^/, '<p>').replace(/$/, '</p>')
  campfire.post({ room: watercooler.id, creator: assistant.id, html, file: null, via: 'api' })
}

/** Campfire saves it, and calls nobody. */
async function lose(say: () => Promise<unknown>) {
  const { assistant } = world
  assistant.active = false
  const said = say()
  assistant.active = true
  await said
}

function posts() {
  return world.campfire.postsOf(world.assistant, world.watercooler).map(({ id }) => id)
}

/** When the sign that it is at it is to be taken down, the last thing of a turn. */
function diesAtItsSigns(most: number) {
  return diesAt(({ method }, when) => method === 'DELETE' && when === 'before', { most })
}

function diesAt(isIt: (request: Request, when: string) => boolean, { most }: { most: number }) {
  let deaths = 0
  world.fault = async (request, when) => {
    if (deaths >= most || !isIt(request, when)) return undefined
    deaths++
    return await world.dies()
  }
  return () => deaths
}

async function ring(times: number) {
  for (let rings = 0; rings < times; rings++) {
    await world.handles()
  }
}

/** The same, with the rests in between. */
async function lives(times: number) {
  for (let lived = 0; lived < times; lived++) {
    await world.lives()
  }
}

async function replies(where = world) {
  return await where.rows('SELECT part, state FROM replies ORDER BY part')
}
